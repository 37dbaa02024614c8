#include "server/service/quotas.h"

#include "server/service/partitions.h"
#include "tests/unit/server/service/board.h"

using namespace encuentro;
using namespace encuentro::tests;

namespace {

Rates small(std::uint64_t country, std::uint64_t member) {
  Rates rates;
  rates.country_bytes_max = country;
  rates.member_bytes_max = member;
  return rates;
}

}  // namespace

TEST_CASE("R77 a member's share, then the country's quota: the refusal says what is allowed and what it would be") {
  Board space(small(10000, 6000));
  CHECK(space.begin(space.net.random.id<UploadId>(), 4000) == "");
  auto refused = space.server.ask<api::TokenReply>(
      space.founder.caller, api::UploadBegin{space.channel, space.net.random.id<UploadId>(), 2001});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Code::quota_exceeded);
  CHECK(space.server.last_rule == "R-SRV-44");
  CHECK(refused.error().expected == 6000);
  CHECK(refused.error().got == 6001);

  Board narrow(small(5000, 6000));
  CHECK(narrow.begin(narrow.net.random.id<UploadId>(), 4000) == "");
  CHECK(narrow.begin(narrow.net.random.id<UploadId>(), 1001) == "R77");
  CHECK(narrow.begin(narrow.net.random.id<UploadId>(), 1000) == "");
}

TEST_CASE("R77 asking twice gets nobody around the quota") {
  Board space(small(10000, 6000));
  const UploadId upload = space.net.random.id<UploadId>();
  CHECK(space.begin(upload, 7000) == "R-SRV-44");
  CHECK(space.begin(upload, 7000) == "R-SRV-44");
  CHECK(space.begin(upload, 1000) == "");
  // A second beginning of the same upload doesn't make it larger.
  CHECK(space.begin(upload, 1000000) == "");
  CHECK(space.put_chunk(Bytes(200000, 1)) == "R-SRV-45");
}

TEST_CASE("R77 an upload holds what was booked and what sealing adds, no more; a chunk put again counts once") {
  Board space;
  const UploadId upload = space.net.random.id<UploadId>();
  CHECK(space.begin(upload, 20000) == "");
  CHECK(space.put_chunk(Bytes(20000, 1)) == "");
  CHECK(space.put_chunk(Bytes(20000, 1)) == "");
  CHECK(space.put_chunk(Bytes(16, 2)) == "");
  CHECK(space.put_chunk(Bytes(20000, 3)) == "R-SRV-45");
  CHECK(space.pin(upload) == "");
  // What is pinned is complete.
  CHECK(space.put_chunk(Bytes(16, 4)) == "R-SRV-31");
}

TEST_CASE("what is booked is still booked after a restart, however many uploads there are") {
  Board space(small(2000, 2000));
  for (int i = 0; i < 1500; ++i) {
    const Booking booking{{}, 1, space.net.founder.member, space.channel};
    storage::ChangeSet change{quota_partition({}), {}, {}};
    change.writes.push_back(storage::Put{key_text(space.net.random.id<UploadId>().view()), booking.encode()});
    space.server.store.commit(std::move(change), [](Result<storage::CommitResult> result) { REQUIRE(result); });
  }
  space.restart();
  CHECK(space.begin(space.net.random.id<UploadId>(), 501) == "R-SRV-44");
  CHECK(space.begin(space.net.random.id<UploadId>(), 500) == "");
}

TEST_CASE("a booking that can't be read stops the start") {
  Board space;
  storage::ChangeSet change{quota_partition({}), {}, {}};
  change.writes.push_back(storage::Put{key_text(space.net.random.id<UploadId>().view()), Bytes(8, 1)});
  space.server.store.commit(std::move(change), [](Result<storage::CommitResult> result) { REQUIRE(result); });
  space.server.restart();
  CHECK(std::string(space.server.load_error.rule) == "quota");
}
