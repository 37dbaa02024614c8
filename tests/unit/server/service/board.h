// The general board with its founder in it, and bytes that go to and from it.
#pragma once

#include "protocol/crypto/hash.h"
#include "tests/unit/server/service/test_server.h"

namespace encuentro::tests {

inline BlobId id_of(const Bytes& bytes) { return BlobId(crypto::sha256({bytes}).view()); }

struct Board : TestSpace {
  ChannelId channel = net.random.id<ChannelId>();
  TestMember founder;
  explicit Board(Rates rates = {}) : TestSpace(rates), founder(*this, net.founder, channel) {
    REQUIRE(founder.create(policy::general_board(channel, net.founder.member)));
  }
  std::string put(const Service::Transfer& transfer, Bytes body) {
    std::optional<Result<void>> answer;
    server.service->put(transfer, std::move(body), [&](Result<void> result) { answer = std::move(result); });
    server.run();
    REQUIRE(answer.has_value());
    return *answer ? "" : answer->error().rule;
  }
  // The rule that refuses the beginning, or nothing; `token` then puts its chunks.
  std::string begin(const UploadId& upload, std::uint64_t bytes) {
    auto reply = server.ask<api::TokenReply>(founder.caller, api::UploadBegin{channel, upload, bytes});
    if (reply) token = reply->token;
    return reply ? "" : server.last_rule;
  }
  std::string put_chunk(const Bytes& chunk) { return put({channel, id_of(chunk), token, chunk.size()}, chunk); }
  // The rule that refuses it, or nothing.
  std::string pin(const UploadId& upload) {
    record::RecordBody body{record::SharedSealed{Salt{}, Commitment{}, Bytes(256, 1)}, {upload}};
    return founder.append(founder.sign(founder.header(), body)) ? "" : server.last_rule;
  }
  std::string remove(const UploadId& upload) {
    record::DeleteBody erase{{upload}, net.random.id<RecordId>()};
    return founder.append(founder.sign(founder.header(), erase)) ? "" : server.last_rule;
  }
  Sweeper::Report sweep() {
    std::optional<Result<Sweeper::Report>> answer;
    server.service->sweep([&](Result<Sweeper::Report> result) { answer = std::move(result); });
    server.run();
    REQUIRE(answer.has_value());
    REQUIRE(*answer);
    return **answer;
  }
  bool held(const Bytes& bytes) {
    std::optional<bool> there;
    server.store.size(id_of(bytes), [&](Result<std::uint64_t> size) { there = size.has_value(); });
    server.run();
    REQUIRE(there.has_value());
    return *there;
  }
  void restart() {
    server.restart();
    founder.caller = must_log_in(net.founder);
  }
  std::string token;

  Result<Bytes> get(const Service::Transfer& transfer) {
    std::optional<Result<Bytes>> answer;
    server.service->get(transfer, [&](Result<Bytes> result) { answer = std::move(result); });
    server.run();
    REQUIRE(answer.has_value());
    return *answer;
  }
};

}  // namespace encuentro::tests
