#include "server/service/sweeper.h"

#include "server/service/blob_holder.h"
#include "tests/unit/server/service/board.h"

using namespace encuentro;
using namespace encuentro::tests;

TEST_CASE("an upload nobody pins goes after a week, with its chunks and its quota; a pinned one stays") {
  Rates rates;
  rates.member_bytes_max = 10000;
  Board space(rates);
  const UploadId left = space.net.random.id<UploadId>(), kept = space.net.random.id<UploadId>();
  const Bytes left_chunk(4000, 1), kept_chunk(4000, 2);
  REQUIRE(space.begin(left, 5000) == "");
  REQUIRE(space.put_chunk(left_chunk) == "");
  REQUIRE(space.begin(kept, 5000) == "");
  REQUIRE(space.put_chunk(kept_chunk) == "");
  REQUIRE(space.pin(kept) == "");
  CHECK(space.begin(space.net.random.id<UploadId>(), 1) == "R-SRV-44");

  space.server.now = space.server.now + upload_life - seconds(1);
  CHECK(space.sweep().uploads == 0);
  CHECK(space.held(left_chunk));
  space.server.now = space.server.now + seconds(1);
  space.restart();  // the time is on disk
  const auto report = space.sweep();
  CHECK(report.uploads == 1);
  CHECK(report.rows == 1);
  CHECK(report.blobs == 1);
  CHECK_FALSE(space.held(left_chunk));
  CHECK(space.held(kept_chunk));
  CHECK(space.begin(space.net.random.id<UploadId>(), 5001) == "R-SRV-44");
  CHECK(space.begin(space.net.random.id<UploadId>(), 5000) == "");
  space.restart();
  CHECK(space.begin(space.net.random.id<UploadId>(), 1) == "R-SRV-44");
}

TEST_CASE("what a delete entry names goes with the next sweep, and its quota") {
  Rates rates;
  rates.member_bytes_max = 5000;
  Board space(rates);
  const UploadId upload = space.net.random.id<UploadId>();
  const Bytes chunk(4000, 1);
  REQUIRE(space.begin(upload, 5000) == "");
  REQUIRE(space.put_chunk(chunk) == "");
  REQUIRE(space.pin(upload) == "");
  REQUIRE(space.remove(upload) == "");
  CHECK(space.sweep().blobs == 1);
  CHECK_FALSE(space.held(chunk));
  CHECK(space.begin(space.net.random.id<UploadId>(), 5000) == "");
}

TEST_CASE("whoever puts another's sealed chunk again and lets it expire takes nothing away") {
  Board space;
  const UploadId pinned = space.net.random.id<UploadId>(), bait = space.net.random.id<UploadId>();
  const Bytes chunk(4000, 1);
  REQUIRE(space.begin(pinned, 5000) == "");
  REQUIRE(space.put_chunk(chunk) == "");
  REQUIRE(space.pin(pinned) == "");
  REQUIRE(space.begin(bait, 5000) == "");
  REQUIRE(space.put_chunk(chunk) == "");
  // The same from another channel.
  const ChannelId other = space.net.random.id<ChannelId>();
  TestMember there(space, space.net.founder, other);
  REQUIRE(there.create(policy::focal_points_board(other, space.net.founder.member)));
  auto begun =
      space.server.ask<api::TokenReply>(there.caller, api::UploadBegin{other, space.net.random.id<UploadId>(), 5000});
  REQUIRE(begun);
  REQUIRE(space.put({other, id_of(chunk), begun->token, chunk.size()}, chunk) == "");

  space.server.now = space.server.now + upload_life;
  const auto report = space.sweep();
  CHECK(report.uploads == 2);
  CHECK(report.rows == 2);
  CHECK(report.blobs == 0);
  CHECK(space.held(chunk));
  auto reading = space.server.ask<api::TokenReply>(space.founder.caller, api::DownloadBegin{space.channel});
  REQUIRE(reading);
  CHECK(*space.get({space.channel, id_of(chunk), reading->token, 0}) == chunk);
}

TEST_CASE("a blob no entry names goes after a day; putting it again gives it another") {
  Board space;
  const Bytes blob(40000, 3);
  const auto put = [&] {
    auto reply = space.server.ask<api::TokenReply>(
        space.founder.caller, api::BlobBegin{space.channel, id_of(blob), 40000, api::Direction::put});
    REQUIRE(reply);
    REQUIRE(space.put({{}, id_of(blob), reply->token, blob.size()}, blob) == "");
  };
  put();
  space.server.now = space.server.now + blob_life - seconds(1);
  put();
  space.server.now = space.server.now + seconds(1);
  CHECK(space.sweep().blobs == 0);
  CHECK(space.held(blob));
  space.server.now = space.server.now + blob_life;
  CHECK(space.sweep().blobs == 1);
  CHECK_FALSE(space.held(blob));
}

TEST_CASE("the sweep comes by itself, hourly, while anybody is there") {
  Board space;
  const Bytes chunk(4000, 1);
  REQUIRE(space.begin(space.net.random.id<UploadId>(), 5000) == "");
  REQUIRE(space.put_chunk(chunk) == "");
  space.server.now = space.server.now + upload_life;
  REQUIRE(space.server.ask<api::PingReply>(space.founder.caller, api::Ping{}));
  CHECK_FALSE(space.held(chunk));
}

TEST_CASE("holders' rows") {
  const BlobHolder holder{BlobHolder::Sort::device, Timestamp{5}};
  const Bytes row = holder.encode();
  CHECK(BlobHolder::decode(row)->since == Timestamp{5});
  for (std::size_t n = 0; n < row.size(); ++n) CHECK_FALSE(BlobHolder::decode(BytesView(row).first(n)));
  Bytes other = row;
  other[0] = 4;
  CHECK_FALSE(BlobHolder::decode(other));
  other[0] = 0;
  CHECK_FALSE(BlobHolder::decode(other));
}
