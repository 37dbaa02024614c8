#include "protocol/api/notice_calls.h"

#include "tests/unit/protocol/api/messages.h"

using namespace encuentro;
using namespace encuentro::tests;
using api::NoticeInterval;

namespace {

api::NoticeEnrolment enrolment(SeededRandom& random, NoticeInterval interval) {
  api::NoticeEnrolment made{random.id<DeviceId>(), {1'790'000'000'000}, interval, {}, {}};
  if (interval != NoticeInterval::off) made.handle = Bytes(api::notice_handle_bytes, 3);
  made.sign(NetworkId{}, crypto::ed25519_generate(random));
  return made;
}

}  // namespace

TEST_CASE("notice calls read back whole only") {
  SeededRandom random(91);
  check_message(api::NoticeSet{enrolment(random, NoticeInterval::off)});
  check_message(api::NoticeSet{enrolment(random, NoticeInterval::daily)});
  check_message(api::NoticeShowReply{{}, NoticeInterval::off, {}});
  check_message(api::NoticeShowReply{Bytes(api::notice_key_bytes, 1), NoticeInterval::immediate, {7}});
}

TEST_CASE("an enrolment has a handle of one length, or is off and has none") {
  SeededRandom random(92);
  auto off = enrolment(random, NoticeInterval::off);
  off.handle = Bytes(api::notice_handle_bytes, 3);
  CHECK(refused(api::NoticeSet{off}) == Code::malformed);
  auto daily = enrolment(random, NoticeInterval::daily);
  daily.handle.pop_back();
  CHECK(refused(api::NoticeSet{daily}) == Code::malformed);
  daily.handle.resize(api::notice_handle_bytes + 1);
  CHECK(refused(api::NoticeSet{daily}) == Code::too_large);
  auto unknown = enrolment(random, NoticeInterval::daily);
  unknown.interval = static_cast<NoticeInterval>(3);
  CHECK(refused(api::NoticeSet{unknown}) == Code::malformed);
  CHECK(refused(api::NoticeShowReply{Bytes(31, 1), NoticeInterval::off, {}}) == Code::malformed);
}

TEST_CASE("each field of an enrolment is signed, for one network") {
  SeededRandom random(93);
  auto key = crypto::ed25519_generate(random);
  auto made = enrolment(random, NoticeInterval::daily);
  auto network = random.id<NetworkId>();
  made.sign(network, key);
  CHECK(made.verify(network, key.public_key));
  CHECK_FALSE(made.verify(random.id<NetworkId>(), key.public_key));
  CHECK_FALSE(made.verify(network, crypto::ed25519_generate(random).public_key));
  auto changed = made;
  changed.device = random.id<DeviceId>();
  CHECK_FALSE(changed.verify(network, key.public_key));
  changed = made;
  changed.time.ms += 1;
  CHECK_FALSE(changed.verify(network, key.public_key));
  changed = made;
  changed.interval = NoticeInterval::immediate;
  CHECK_FALSE(changed.verify(network, key.public_key));
  changed = made;
  changed.handle[0] ^= 1;
  CHECK_FALSE(changed.verify(network, key.public_key));
}

TEST_CASE("a spooled notice is of one length and says nothing but handle and interval") {
  api::SpooledNotice notice{api::SpooledNotice::ordinary, NoticeInterval::daily, Bytes(api::notice_handle_bytes, 5)};
  auto again = [](BytesView bytes) -> Result<Bytes> {
    TRY(auto read, api::SpooledNotice::decode(bytes));
    return read.encode();
  };
  check_decoder(notice.encode(), again);
  check_canonical(notice.encode(), again);
  auto other = notice;
  other.interval = NoticeInterval::immediate;
  CHECK(other.encode().size() == notice.encode().size());
  CHECK(other.name() == notice.name());
  other.handle[9] ^= 1;
  CHECK(other.name() != notice.name());
  Bytes bytes = notice.encode();
  bytes[0] = 2;
  CHECK(code_of(api::SpooledNotice::decode(bytes)) == Code::unknown_version);
  bytes = notice.encode();
  bytes[1] = 2;
  CHECK(code_of(api::SpooledNotice::decode(bytes)) == Code::unknown_kind);
  bytes = notice.encode();
  bytes[2] = 0;
  CHECK(code_of(api::SpooledNotice::decode(bytes)) == Code::malformed);
}
