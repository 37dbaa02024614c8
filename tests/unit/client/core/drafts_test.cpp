// Tests: client/core/drafts.cpp
#include "client/core/drafts.h"

#include "tests/sim/world.h"

using namespace encuentro;
using namespace encuentro::sim;
using Drafts = std::map<std::string, std::string>;

TEST_CASE("drafts: what is typed is there after a restart; an empty text forgets it") {
  Network net(301);
  Client& who = net.secretariat;
  who.must(core::KeepDraft{"talk/1", "Estimadas delegaciones:"});
  who.must(core::KeepDraft{"talk/1", "Estimadas delegaciones: ñandú 🌱"});
  who.must(core::KeepDraft{"announce", "{}"});
  who.must(core::KeepDraft{"nothing", ""});
  who.restart();
  CHECK(who.look().drafts() == Drafts{{"announce", "{}"}, {"talk/1", "Estimadas delegaciones: ñandú 🌱"}});
  who.must(core::KeepDraft{"announce", ""});
  who.restart();
  CHECK(who.look().drafts() == Drafts{{"talk/1", "Estimadas delegaciones: ñandú 🌱"}});
}

TEST_CASE("drafts: too long, too many or without a place are refused, and nothing of what was kept is lost") {
  Network net(302);
  Client& who = net.secretariat;
  CHECK(who.refused(core::KeepDraft{"", "a"}) == Code::malformed);
  CHECK(who.refused(core::KeepDraft{std::string(core::draft_place_bytes_max + 1, 'p'), "a"}) == Code::too_large);
  who.must(core::KeepDraft{"a", std::string(core::draft_text_bytes_max, 'x')});
  CHECK(who.refused(core::KeepDraft{"a", std::string(core::draft_text_bytes_max + 1, 'x')}) == Code::too_large);
  CHECK(who.look().drafts().at("a").size() == core::draft_text_bytes_max);
  for (std::size_t i = 1; i < core::drafts_max; ++i) who.must(core::KeepDraft{"b" + std::to_string(i), "x"});
  CHECK(who.refused(core::KeepDraft{"one more", "x"}) == Code::too_many);
  who.must(core::KeepDraft{"a", "shorter"});
  who.must(core::KeepDraft{"one more", ""});
  who.must(core::KeepDraft{"b1", ""});
  who.must(core::KeepDraft{"one more", "x"});
}
