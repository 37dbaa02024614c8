// Tests: server/service/service_notices.cpp server/service/notices.cpp
#include "protocol/base/bytes.h"
#include "protocol/base/error.h"
#include "tests/support/decoder_checks.h"
#include "tests/unit/server/service/board.h"

using namespace encuentro;
using namespace encuentro::tests;
using api::NoticeInterval;
using roster::Role;

namespace {

// A board with the founder and another person in it, and a spool that only remembers.
struct Told : Board {
  struct Remembered final : Spool {
    std::vector<api::SpooledNotice> noted;
    std::vector<Bytes> withdrawn;
    void note(const api::SpooledNotice& notice) override { noted.push_back(notice); }
    void withdraw(const Bytes& handle) override { withdrawn.push_back(handle); }
  };
  Remembered spool;
  TestDevice other;

  Told() : other(net.enter(net.founder, net.grant(Role::partner))) {
    share_roster();
    server.offer_notices(Bytes(api::notice_key_bytes, 1), &spool);
    restart();
    REQUIRE(founder.add(other));
  }
  void restart() {
    server.restart();
    founder.caller = must_log_in(net.founder);
  }
  api::NoticeEnrolment enrolment(const TestDevice& device, NoticeInterval interval, std::uint8_t fill = 7) {
    api::NoticeEnrolment made{device.id(), server.now, interval, {}, {}};
    if (interval != NoticeInterval::off) made.handle = Bytes(api::notice_handle_bytes, fill);
    made.sign(net.id, device.key);
    return made;
  }
  Result<api::Empty> ask(Caller caller, const api::NoticeEnrolment& enrolment) {
    server.now = server.now + seconds(1);
    return server.ask<api::Empty>(caller, api::NoticeSet{enrolment});
  }
  // Asks, and goes away.
  void enrol(const TestDevice& device, NoticeInterval interval) {
    Caller caller = must_log_in(device);
    REQUIRE(ask(caller, enrolment(device, interval)));
    server.service->on_closed(caller);
  }
  api::NoticeShowReply shown(Caller caller) { return *server.ask<api::NoticeShowReply>(caller, api::NoticeShow{}); }
};

}  // namespace

TEST_CASE("nobody is told who hasn't asked") {
  Told space;
  REQUIRE(space.founder.post());
  CHECK(space.spool.noted.empty());
}

TEST_CASE("who has asked and isn't here is told, once for whatever it is") {
  Told space;
  space.enrol(space.other, NoticeInterval::daily);
  REQUIRE(space.founder.post());
  REQUIRE(space.spool.noted.size() == 1);
  CHECK(space.spool.noted[0] == api::SpooledNotice{1, NoticeInterval::daily, Bytes(api::notice_handle_bytes, 7)});
  // Another record, another kind of entry of the group: the same notice, or none.
  auto long_record = TestMember::record_body(9);
  REQUIRE(space.founder.append(space.founder.sign(space.founder.header(), long_record)));
  REQUIRE(space.spool.noted.size() == 2);
  CHECK(space.spool.noted[0] == space.spool.noted[1]);
  TestMember::Proposed path_only;
  REQUIRE(space.founder.commit(path_only));
  CHECK(space.spool.noted.size() == 2);
}

TEST_CASE("who is here, who wrote, who was removed and who said no more isn't told") {
  Told space;
  space.enrol(space.other, NoticeInterval::immediate);
  space.enrol(space.net.founder, NoticeInterval::immediate);
  Caller here = space.must_log_in(space.other);
  CHECK(space.spool.withdrawn.size() >= 1);  // what waited is taken back: they see for themselves
  REQUIRE(space.founder.post());
  CHECK(space.spool.noted.empty());
  space.server.service->on_closed(here);
  REQUIRE(space.founder.post());
  CHECK(space.spool.noted.size() == 1);
  space.enrol(space.other, NoticeInterval::off);
  REQUIRE(space.founder.post());
  CHECK(space.spool.noted.size() == 1);
  space.enrol(space.other, NoticeInterval::immediate);
  REQUIRE(space.founder.remove(space.other));
  REQUIRE(space.founder.post());
  CHECK(space.spool.noted.size() == 1);
}

TEST_CASE("what was asked outlives a restart; another word takes its place and takes back what waits") {
  Told space;
  space.enrol(space.other, NoticeInterval::daily);
  space.restart();
  Caller caller = space.must_log_in(space.other);
  CHECK(space.shown(caller).interval == NoticeInterval::daily);
  CHECK(space.shown(caller).key == Bytes(api::notice_key_bytes, 1));
  CHECK(space.shown(space.founder.caller).interval == NoticeInterval::off);
  space.spool.withdrawn.clear();
  REQUIRE(space.ask(caller, space.enrolment(space.other, NoticeInterval::off)));
  CHECK(space.spool.withdrawn == std::vector<Bytes>{Bytes(api::notice_handle_bytes, 7)});
  space.restart();
  REQUIRE(space.founder.post());
  CHECK(space.spool.noted.empty());
}

TEST_CASE("R-SRV-70 only by one's own device, signed, newer than what stands") {
  Told space;
  Caller caller = space.must_log_in(space.other);
  auto refused = [&](const api::NoticeEnrolment& made) {
    auto answer = space.ask(caller, made);
    CHECK(space.server.last_rule == "R-SRV-70");
    return code_of(answer);
  };
  CHECK(refused(space.enrolment(space.net.founder, NoticeInterval::daily)) == Code::not_allowed);
  auto unsigned_one = space.enrolment(space.other, NoticeInterval::daily);
  unsigned_one.handle[0] ^= 1;
  CHECK(refused(unsigned_one) == Code::bad_signature);
  auto ahead = space.enrolment(space.other, NoticeInterval::daily);
  ahead.time = space.server.now + minutes(6);
  ahead.sign(space.net.id, space.other.key);
  CHECK(refused(ahead) == Code::time_ahead);
  auto first = space.enrolment(space.other, NoticeInterval::daily);
  REQUIRE(space.ask(caller, first));
  REQUIRE(space.ask(caller, space.enrolment(space.other, NoticeInterval::off)));
  // What was said before isn't put back by whoever kept it.
  CHECK(refused(first) == Code::time_backwards);
  CHECK(space.shown(caller).interval == NoticeInterval::off);
}

TEST_CASE("R-SRV-71 where nobody sends nothing is asked; nothing without a login") {
  Told space;
  space.server.offer_notices({}, nullptr);
  space.restart();
  Caller caller = space.must_log_in(space.other);
  CHECK(code_of(space.ask(caller, space.enrolment(space.other, NoticeInterval::daily))) == Code::not_found);
  CHECK(space.server.last_rule == "R-SRV-71");
  CHECK(space.shown(caller).key.empty());
  CHECK(code_of(space.server.ask<api::NoticeShowReply>(space.server.open(), api::NoticeShow{})) == Code::not_logged_in);
}
