#include "client/cli/net/transfers.h"

#include <catch2/catch.hpp>
#include <map>

#include "protocol/base/limits.h"
#include "protocol/crypto/hash.h"
#include "tests/unit/server/net/live_server.h"

using namespace encuentro;
using client::cli::net::Endpoint;
using client::cli::net::parse_transfer_path;
using client::cli::net::TransferAddress;
using client::cli::net::Transfers;
using server::net::Event;
using server::net::LiveServer;
using server::net::test_options;
using server::net::TransferDone;
using server::net::TransferRequest;

namespace {

class MemoryTransfers final : public server::net::TransferHandler {
 public:
  void admit_put(const TransferRequest& request, TransferDone<void> done) override {
    if (request.token == "quota") return done(fail(Code::quota_exceeded));
    if (request.token == "large") return done(fail(Code::too_large));
    if (request.token == "full") return done(fail(Code::storage_full));
    if (request.token == "over") return done(fail(Code::quota_exceeded));
    done(request.token == "good" ? Status{} : fail(Code::not_logged_in));
  }
  void put(const TransferRequest& request, Bytes body, TransferDone<void> done) override {
    held[request.id] = std::move(body);
    done({});
  }
  void get(const TransferRequest& request, TransferDone<std::shared_ptr<const Bytes>> done) override {
    if (request.token != "good") return done(fail(Code::not_allowed));
    if (!held.contains(request.id)) return done(fail(Code::not_found));
    done(std::make_shared<const Bytes>(held[request.id]));
  }
  std::map<BlobId, Bytes> held;
};

struct Place {
  explicit Place(server::net::Options options = test_options())
      : live(std::move(options), &store),
        client(Transfers::open({"127.0.0.1", live.port(), live.certificate().spki}, seconds(5))) {}
  MemoryTransfers store;
  LiveServer live;
  std::unique_ptr<Transfers> client;
};

TransferAddress address_of(BytesView bytes, std::optional<ChannelId> channel = std::nullopt) {
  return {channel, BlobId(crypto::sha256({bytes}).view())};
}

}  // namespace

TEST_CASE("what is put can be got, over one connection") {
  Place place;
  for (const std::size_t size : {std::size_t{1}, limits::chunk_sealed_bytes, limits::blob_bytes_max}) {
    const Bytes blob(size, 5);
    REQUIRE(place.client->put(address_of(blob), "good", blob));
    CHECK(place.client->get(address_of(blob), "good") == blob);
  }
  const Bytes chunk(1000, 6);
  const ChannelId channel{Bytes(16, 3)};
  REQUIRE(place.client->put(address_of(chunk, channel), "good", chunk));
  CHECK(place.client->get(address_of(chunk, channel), "good") == chunk);
  CHECK(place.live.count(Event::accepted) == 1);
}

TEST_CASE("each refusal has its code, and the next request goes on") {
  Place place;
  const Bytes blob(500000, 5);
  const auto code = [](const auto& result) { return result ? Code::none : result.error().code; };
  CHECK(code(place.client->put(address_of(blob), "bad", blob)) == Code::not_logged_in);
  CHECK(code(place.client->put(address_of(blob), "full", blob)) == Code::storage_full);
  CHECK(code(place.client->put(address_of(blob), "over", blob)) == Code::quota_exceeded);
  CHECK(code(place.client->get(address_of(blob), "good")) == Code::not_found);
  CHECK(code(place.client->get(address_of(blob), "bad")) == Code::not_allowed);
  CHECK(code(place.client->put({std::nullopt, BlobId{}}, "good", blob)) == Code::malformed);
  const Bytes large_chunk(limits::chunk_sealed_bytes + 1, 1);
  CHECK(code(place.client->put(address_of(large_chunk, ChannelId{}), "good", large_chunk)) == Code::too_large);
  CHECK(code(place.client->put(address_of(blob), "good", Bytes(limits::blob_bytes_max + 1))) == Code::too_large);
  CHECK(code(place.client->put(address_of(blob), "good", blob)) == Code::none);
}

TEST_CASE("a server that answers with other bytes isn't believed") {
  Place place;
  const Bytes blob(100, 5);
  REQUIRE(place.client->put(address_of(blob), "good", blob));
  place.live.on_network([&] { place.store.held.begin()->second[50] ^= 1; });
  CHECK(place.client->get(address_of(blob), "good").error().code == Code::bad_tag);
}

TEST_CASE("a connection that the server closed meanwhile is made again") {
  auto options = test_options();
  options.deadlines.keep_alive = milliseconds(50);
  Place place(options);
  const Bytes blob(100, 5);
  REQUIRE(place.client->put(address_of(blob), "good", blob));
  REQUIRE(place.live.wait_for(Event::closed));
  CHECK(place.client->get(address_of(blob), "good") == blob);
  CHECK(place.live.count(Event::accepted) == 2);
}

TEST_CASE("another key than the pinned one sees no token") {
  Place place;
  auto client = Transfers::open({"127.0.0.1", place.live.port(), Hash32{}}, seconds(5));
  CHECK(client->get({std::nullopt, BlobId{}}, "good").error().code == Code::wrong_server_key);
  CHECK(place.live.count(Event::transfer_get) == 0);
}

TEST_CASE("the path of a transfer names a blob or a channel's chunk, nothing else") {
  const std::string channel(2 * ChannelId::bytes, 'a');
  const std::string hash(2 * BlobId::bytes, 'b');
  auto blob = parse_transfer_path("/v1/blob/" + hash);
  REQUIRE(blob);
  CHECK(to_hex(blob->id.view()) == hash);
  CHECK(!blob->channel);
  auto chunk = parse_transfer_path("/v1/chunk/" + channel + "/" + hash);
  REQUIRE(chunk);
  CHECK(to_hex(chunk->channel->view()) == channel);
  CHECK(to_hex(chunk->id.view()) == hash);
  for (const std::string& path :
       {std::string{}, std::string("/v1/blob/"), "/v1/blob/" + hash + "b", "/v1/blob/" + hash.substr(1),
        "/v1/blob/z" + hash.substr(1), "/v1/chunk/" + hash, "/v1/chunk/" + channel + hash, "/v1/chunk/" + channel + "/",
        "/v1/chunk/z" + channel.substr(1) + "/" + hash, "/v2/blob/" + hash}) {
    INFO(path);
    auto parsed = parse_transfer_path(path);
    REQUIRE(!parsed);
    CHECK(parsed.error().code == Code::malformed);
  }
}
