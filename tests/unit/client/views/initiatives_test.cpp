#include "client/views/initiatives.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <random>

#include "tests/support/written_log.h"

using namespace encuentro;
using namespace encuentro::client;
using content::Initiative;
using content::InitiativeAct;
using roster::CountryStatus;
using roster::Role;
using views::InitiativeState;

namespace {

struct Archive : tests::WrittenLog {
  Archive() : WrittenLog(7) {}
  std::map<MemberId, std::pair<std::string, Role>> people;
  std::map<std::string, views::SeatThen> seats{{"XA", {CountryStatus::member, roster::Voice::any}},
                                               {"XB", {CountryStatus::member, roster::Voice::joint}},
                                               {"XO", {CountryStatus::observer, roster::Voice::any}},
                                               {"XT", {CountryStatus::training_only, roster::Voice::any}},
                                               {"XS", {CountryStatus::suspended, roster::Voice::any}}};

  MemberId person(const std::string& country, Role role = Role::focal_point) {
    auto id = random.id<MemberId>();
    people[id] = {country, role};
    return id;
  }
  MemberId secretariat = person("", Role::secretariat);

  RecordId act(const MemberId& by, const Initiative& initiative, Timestamp time = {}) {
    content::Content content = content::content_of(initiative);
    content.time = time;
    return write(by, content::Kind::initiative, std::move(content));
  }
  RecordId file(const MemberId& by, const std::string& country, const std::string& title = "Taller") {
    Initiative initiative;
    initiative.country = country;
    initiative.date = "2017-06";
    initiative.title = title;
    return act(by, initiative);
  }
  RecordId correct(const MemberId& by, const RecordId& filed, const std::string& country, const std::string& title) {
    Initiative initiative;
    initiative.act = InitiativeAct::correct;
    initiative.initiative = filed;
    initiative.country = country;
    initiative.date = "2017-07";
    initiative.title = title;
    return act(by, initiative);
  }
  void say(const MemberId& by, InitiativeAct said, const RecordId& filed, const RecordId& version,
           Timestamp time = {}) {
    Initiative initiative;
    initiative.act = said;
    initiative.initiative = filed;
    initiative.version = version;
    act(by, initiative, time);
  }

  std::vector<views::InitiativeEntry> fold(std::optional<std::uint32_t> shuffled = {}, bool common = false) const {
    std::vector<const core::Record*> all;
    for (const auto& record : records) all.push_back(&record);
    if (shuffled) std::shuffle(all.begin(), all.end(), std::mt19937(*shuffled));
    return views::fold_initiatives(
        all,
        [this](const core::Record& record) {
          const auto& [country, role] = people.at(record.member);
          views::Author author{record.device, record.member, {}, role};
          if (!country.empty()) author.country = *roster::Country::parse(country);
          return author;
        },
        [this](const core::Record&, roster::Country country) {
          auto seat = seats.find(std::string(country.text()));
          return seat == seats.end() ? std::nullopt : std::optional(seat->second);
        },
        common);
  }
};

template <class IdType>
IdType random_id() {
  static tests::SeededRandom random(9);
  return random.id<IdType>();
}

}  // namespace

TEST_CASE("members, observers and the Secretariat file; others can't") {
  Archive archive;
  archive.file(archive.person("XA"), "XA");
  archive.file(archive.person("XA", Role::delegate), "XA");
  archive.file(archive.person("XO"), "XO");
  archive.file(archive.secretariat, "XT");
  archive.file(archive.secretariat, "");
  CHECK(archive.fold().size() == 5);
  archive.file(archive.person("XT"), "XT");
  archive.file(archive.person("XS"), "XS");
  archive.file(archive.person("XA"), "XO");
  archive.file(archive.person("XA"), "");
  archive.file(archive.person("XA", Role::alumni), "XA");
  archive.file(archive.secretariat, "ZZ");
  CHECK(archive.fold().size() == 5);
}

TEST_CASE("a focal point's own words are confirmed, others' are a draft until the country says so") {
  Archive archive;
  MemberId ana = archive.person("XA");
  RecordId own = archive.file(ana, "XA");
  RecordId draft = archive.file(archive.secretariat, "XA");
  auto state = [&](const RecordId& id) {
    auto entries = archive.fold();
    return std::find_if(entries.begin(), entries.end(), [&](const auto& e) { return e.id == id; })->state;
  };
  CHECK(state(own) == InitiativeState::confirmed);
  CHECK(state(draft) == InitiativeState::draft);
  archive.say(archive.person("XO"), InitiativeAct::confirm, draft, draft);
  archive.say(archive.person("XA", Role::delegate), InitiativeAct::confirm, draft, draft);
  archive.say(archive.secretariat, InitiativeAct::confirm, draft, draft);
  CHECK(state(draft) == InitiativeState::draft);
  archive.say(ana, InitiativeAct::confirm, draft, draft);
  CHECK(state(draft) == InitiativeState::confirmed);
  RecordId words = archive.correct(archive.secretariat, draft, "XA", "Otro título");
  CHECK(state(draft) == InitiativeState::draft);
  archive.say(ana, InitiativeAct::confirm, draft, draft);  // of words that don't stand any more
  CHECK(state(draft) == InitiativeState::draft);
  archive.say(ana, InitiativeAct::withhold, draft, words);
  CHECK(state(draft) == InitiativeState::withheld);
  archive.correct(ana, draft, "XA", "El nuestro");
  CHECK(state(draft) == InitiativeState::confirmed);
  archive.correct(archive.person("XO"), draft, "XO", "Ajeno");
  CHECK(archive.fold().back().words().title == "El nuestro");
}

TEST_CASE("a joint voice confirms by two people and withholds by one") {
  Archive archive;
  MemberId one = archive.person("XB"), two = archive.person("XB");
  RecordId filed = archive.file(archive.secretariat, "XB");
  archive.say(one, InitiativeAct::confirm, filed, filed);
  archive.say(one, InitiativeAct::confirm, filed, filed);
  CHECK(archive.fold()[0].state == InitiativeState::draft);
  archive.say(two, InitiativeAct::confirm, filed, filed);
  CHECK(archive.fold()[0].state == InitiativeState::confirmed);
  archive.say(one, InitiativeAct::withhold, filed, filed);
  CHECK(archive.fold()[0].state == InitiativeState::withheld);
}

TEST_CASE("the network's own are the Secretariat's to confirm") {
  Archive archive;
  archive.file(archive.secretariat, "");
  CHECK(archive.fold()[0].state == InitiativeState::confirmed);
}

TEST_CASE("a country's word counts until the end of the last day, wherever it is") {
  Archive archive;
  MemberId ana = archive.person("XA");
  Initiative initiative;
  initiative.country = "XA";
  initiative.date = "2017";
  initiative.title = "Taller";
  initiative.confirm_by = "2018-03-31";
  RecordId filed = archive.act(archive.secretariat, initiative);
  constexpr std::int64_t noon_utc_of_april_1_ms = 1'522'584'000'000;
  archive.say(ana, InitiativeAct::confirm, filed, filed, Timestamp{noon_utc_of_april_1_ms});
  CHECK(archive.fold()[0].state == InitiativeState::draft);
  archive.say(ana, InitiativeAct::confirm, filed, filed, Timestamp{noon_utc_of_april_1_ms - 1});
  CHECK(archive.fold()[0].state == InitiativeState::confirmed);
}

TEST_CASE("the records' order doesn't matter, and what can't be read changes nothing") {
  Archive archive;
  MemberId ana = archive.person("XA");
  RecordId filed = archive.file(archive.secretariat, "XA");
  RecordId words = archive.correct(archive.secretariat, filed, "XA", "Dos");
  archive.say(ana, InitiativeAct::confirm, filed, words);
  archive.write(ana, content::Kind::initiative, {});
  archive.correct(ana, words, "XA", "de nada");
  for (std::uint32_t seed = 0; seed < 20; ++seed) {
    auto entries = archive.fold(seed);
    REQUIRE(entries.size() == 1);
    CHECK(entries[0].state == InitiativeState::confirmed);
    CHECK(entries[0].words().title == "Dos");
  }
}

TEST_CASE("where others read too, only who speaks for a country files or corrects for it") {
  Archive archive;
  MemberId ana = archive.person("XA");
  RecordId own = archive.file(ana, "XA", "Nuestra");
  archive.file(archive.secretariat, "", "De la Red");
  archive.file(archive.secretariat, "XA", "Borrador");
  archive.file(archive.person("XA", Role::delegate), "XA", "Del equipo");
  archive.correct(archive.secretariat, own, "XA", "Otra");
  CHECK(archive.fold().size() == 4);
  auto common = archive.fold({}, true);
  REQUIRE(common.size() == 2);
  for (const auto& entry : common) {
    CHECK(entry.state == InitiativeState::confirmed);
    CHECK((entry.words().title == "Nuestra" || entry.words().title == "De la Red"));
  }
}

TEST_CASE("a drafts channel is a committee of one country and the Secretariat alone") {
  policy::PolicyWish wish;
  wish.channel = random_id<ChannelId>();
  wish.creator = random_id<MemberId>();
  wish.kind = policy::ChannelKind::committee;
  auto drafts = [&] {
    auto made = policy::make_policy(wish);
    REQUIRE(made);
    return views::drafts_of(*made);
  };
  auto xa = *roster::Country::parse("XA");
  wish.roles = {Role::secretariat, Role::focal_point, Role::delegate};
  CHECK_FALSE(drafts());
  wish.countries = {xa};
  CHECK(drafts() == xa);
  wish.roles = {Role::secretariat, Role::focal_point, Role::partner};
  CHECK_FALSE(drafts());
  wish.roles = {Role::secretariat, Role::focal_point};
  wish.members = {random_id<MemberId>()};
  CHECK_FALSE(drafts());
  wish.members = {};
  wish.countries = {xa, *roster::Country::parse("XB")};
  CHECK_FALSE(drafts());
}
