#include "tests/unit/server/service/board.h"

using namespace encuentro;
using namespace encuentro::tests;
using roster::Role;

TEST_CASE("a blob goes in and out by tokens bound to it") {
  Board space;
  Bytes blob(40000, 3);
  BlobId id = id_of(blob);
  auto token = [&](api::Direction direction, const BlobId& which) {
    auto reply = space.server.ask<api::TokenReply>(
        space.founder.caller, api::BlobBegin{space.channel, which, static_cast<std::uint32_t>(blob.size()), direction});
    REQUIRE(reply);
    return reply->token;
  };
  std::string put = token(api::Direction::put, id), get = token(api::Direction::get, id);
  CHECK(space.put({{}, id, get, blob.size()}, blob) == "R-SRV-43");
  CHECK(space.put({{}, id, "AAAA", blob.size()}, blob) == "R-SRV-40");
  CHECK(space.put({{}, space.net.random.id<BlobId>(), put, blob.size()}, blob) == "R-SRV-43");
  CHECK(space.put({space.channel, id, put, blob.size()}, blob) == "R-SRV-43");
  CHECK_FALSE(space.server.service->admit_put({{}, id, put, blob.size() + 1}));
  CHECK_FALSE(space.get({{}, id, get, 0}));
  CHECK(space.put({{}, id, put, blob.size()}, blob) == "");
  CHECK(*space.get({{}, id, get, 0}) == blob);
  space.server.now = space.server.now + minutes(10);
  CHECK(std::string(space.get({{}, id, get, 0}).error().rule) == "R-SRV-40");
}

TEST_CASE("chunks belong to an upload that an entry then pins") {
  Board space;
  UploadId upload = space.net.random.id<UploadId>();
  auto begun = space.server.ask<api::TokenReply>(space.founder.caller, api::UploadBegin{space.channel, upload, 5000});
  REQUIRE(begun);
  Bytes chunk(3000, 4);
  BlobId id = id_of(chunk);
  CHECK(space.put({space.channel, id, begun->token, chunk.size()}, chunk) == "");
  auto reading = space.server.ask<api::TokenReply>(space.founder.caller, api::DownloadBegin{space.channel});
  REQUIRE(reading);
  CHECK(*space.get({space.channel, id, reading->token, 0}) == chunk);
  CHECK_FALSE(space.get({space.net.random.id<ChannelId>(), id, reading->token, 0}));

  record::RecordBody body{record::SharedSealed{Salt{}, Commitment{}, Bytes(256, 1)}, {space.net.random.id<UploadId>()}};
  CHECK_FALSE(space.founder.append(space.founder.sign(space.founder.header(), body)));
  CHECK(space.server.last_rule == "R-SRV-31");
  body.pins = {upload};
  CHECK(space.founder.append(space.founder.sign(space.founder.header(), body)));
  space.server.restart();
  space.founder.caller = space.must_log_in(space.net.founder);
  CHECK_FALSE(space.server.ask<api::TokenReply>(space.founder.caller, api::UploadBegin{space.channel, upload, 5000}));
  CHECK(space.server.last_rule == "R-SRV-31");
  record::DeleteBody erase{{upload}, space.net.random.id<RecordId>()};
  CHECK(space.founder.append(space.founder.sign(space.founder.header(), erase)));
}

TEST_CASE("what is used of the quota is told to its own member and country") {
  Board space;
  auto told = [&] { return *space.server.ask<api::QuotaReply>(space.founder.caller, api::Quota{}); };
  CHECK(told().member_bytes == 0);
  UploadId upload = space.net.random.id<UploadId>();
  REQUIRE(space.server.ask<api::TokenReply>(space.founder.caller, api::UploadBegin{space.channel, upload, 5000}));
  CHECK(told().member_bytes == 5000);
  CHECK(told().country_bytes == 5000);
  CHECK(told().member_bytes_max == std::uint64_t{5} << 30);
  CHECK(told().country_bytes_max == std::uint64_t{20} << 30);
}

TEST_CASE("R77 a member has at most 100 uploads that no entry has pinned") {
  Board space;
  std::vector<UploadId> begun;
  auto begin = [&](const UploadId& id) {
    return space.server.ask<api::TokenReply>(space.founder.caller, api::UploadBegin{space.channel, id, 1}).has_value();
  };
  for (int i = 0; i < 100; ++i) {
    begun.push_back(space.net.random.id<UploadId>());
    REQUIRE(begin(begun.back()));
  }
  const UploadId one_more = space.net.random.id<UploadId>();
  CHECK_FALSE(begin(one_more));
  CHECK(space.server.last_rule == "R77");
  CHECK(begin(begun.front()));  // continued, not begun
  const record::RecordBody record{record::SharedSealed{Salt{}, Commitment{}, Bytes(256, 1)}, {begun.front()}};
  REQUIRE(space.founder.append(space.founder.sign(space.founder.header(), record)));
  CHECK(begin(one_more));
}

TEST_CASE("R77 uploads are bounded, and tokens are for those in the channel") {
  Board space;
  auto rule = [&](Caller caller, std::uint64_t bytes) {
    auto reply = space.server.ask<api::TokenReply>(
        caller, api::UploadBegin{space.channel, space.net.random.id<UploadId>(), bytes});
    return reply ? "" : space.server.last_rule;
  };
  CHECK(rule(space.founder.caller, 0) == "R77");
  CHECK(rule(space.founder.caller, (std::uint64_t{1} << 30) + 1) == "R77");
  // A member's share of it.
  for (int i = 0; i < 5; ++i) CHECK(rule(space.founder.caller, std::uint64_t{1} << 30) == "");
  CHECK(rule(space.founder.caller, 1) == "R-SRV-44");
}
