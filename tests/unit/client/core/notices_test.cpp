#include "client/core/notices.h"

#include "protocol/api/notice_address.h"
#include "tests/sim/world.h"

using namespace encuentro;
using namespace encuentro::sim;
using api::NoticeInterval;

namespace {

struct Remembered final : service::Spool {
  std::vector<api::SpooledNotice> noted;
  void note(const api::SpooledNotice& notice) override { noted.push_back(notice); }
  void withdraw(const Bytes&) override {}
};

struct Told {
  tests::SeededRandom random{8};
  crypto::HpkeKeyPair key = crypto::hpke_generate(crypto::encuentro_suite, random);
  Remembered spool;
  Network net{41};
  Client& focal;

  Told() : focal((net.country("XA"), net.quick_focal_point("XA"))) { offer(to_bytes(key.public_key.view())); }
  void offer(Bytes notice_key) {
    net.world.notice_key = std::move(notice_key);
    net.world.spool = &spool;
    net.world.restart_server();
    net.world.settle();
  }
  core::NoticesShown shown(Client& client) { return client.get<core::NoticesShown>(core::ShowNotices{}); }
  void announce() {
    core::Announce announce;
    announce.channel = net.founded.general_board;
    announce.title = "Circular";
    announce.body = "…";
    net.secretariat.must(announce);
  }
};

}  // namespace

TEST_CASE("an address leaves sealed to who sends; off leaves none") {
  Told space;
  CHECK(space.shown(space.focal).interval == NoticeInterval::off);
  CHECK(space.shown(space.focal).offered);
  space.focal.must(core::SetNotices{"ana@ejemplo.org", NoticeInterval::daily});
  CHECK(space.shown(space.focal).interval == NoticeInterval::daily);
  CHECK(space.shown(space.net.secretariat).interval == NoticeInterval::off);
  space.focal.stop();
  space.focal.cut();
  space.announce();
  REQUIRE(space.spool.noted.size() == 1);
  CHECK(*api::open_notice_address(space.key, space.spool.noted[0].handle) == "ana@ejemplo.org");
  CHECK(space.spool.noted[0].interval == NoticeInterval::daily);
  space.focal.restart();
  space.focal.must(core::SetNotices{"", NoticeInterval::off});
  CHECK(space.shown(space.focal).interval == NoticeInterval::off);
  space.focal.stop();
  space.focal.cut();
  space.announce();
  CHECK(space.spool.noted.size() == 1);
}

TEST_CASE("another device of the member says the last word, whatever its clock") {
  Told space;
  Client& second = space.net.second_device(space.focal, "second");
  space.focal.must(core::SetNotices{"ana@ejemplo.org", NoticeInterval::daily});
  second.must(core::SetNotices{"eva@ejemplo.org", NoticeInterval::immediate});
  space.focal.must(core::SetNotices{"", NoticeInterval::off});
  CHECK(space.shown(second).interval == NoticeInterval::off);
}

TEST_CASE("what is no address, and a server where nobody sends") {
  Told space;
  CHECK(space.focal.refused(core::SetNotices{"nobody", NoticeInterval::daily}) == Code::malformed);
  space.offer({});
  CHECK_FALSE(space.shown(space.focal).offered);
  CHECK(space.focal.refused(core::SetNotices{"ana@ejemplo.org", NoticeInterval::daily}) == Code::not_found);
}

TEST_CASE("a server that gives out a key that is none gets no address") {
  Told space;
  space.offer(Bytes(api::notice_key_bytes, 0));
  CHECK(space.focal.refused(core::SetNotices{"ana@ejemplo.org", NoticeInterval::daily}) == Code::bad_key);
}
