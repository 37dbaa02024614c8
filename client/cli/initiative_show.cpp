#include "client/cli/initiative_show.h"

#include <algorithm>
#include <set>

#include "client/cli/clock.h"
#include "client/cli/show.h"

namespace encuentro::client::cli {

using nlohmann::json;

namespace {

// What this person is told of, drafts beside their copies.
std::vector<FoundInitiative> every_initiative(const core::Core& core) {
  std::vector<FoundInitiative> all;
  auto me = core.roster().newest().member(core.self().member);
  for (const ChannelId& channel : core.channels()) {
    auto look = core.channel(channel);
    bool drafts = look && views::drafts_of(look->policy);
    for (auto& entry : views::initiatives(core, channel)) {
      bool told = drafts || entry.state == views::InitiativeState::confirmed ||
                  (me && me->grant.role == roster::Role::secretariat) ||
                  (me && me->grant.country.text() == entry.words().country);
      if (told) all.push_back({channel, std::move(entry), drafts});
    }
  }
  return all;
}

}  // namespace

std::vector<FoundInitiative> all_initiatives(const core::Core& core) {
  auto all = every_initiative(core);
  std::set<RecordId> published;
  for (const FoundInitiative& found : all) {
    if (found.entry.words().original) published.insert(*found.entry.words().original);
  }
  std::erase_if(all, [&](const FoundInitiative& found) {
    return found.drafts && found.entry.state == views::InitiativeState::confirmed &&
           published.contains(found.entry.current().id);
  });
  std::stable_sort(all.begin(), all.end(), [](const FoundInitiative& a, const FoundInitiative& b) {
    return std::tie(a.entry.words().date, a.entry.id) < std::tie(b.entry.words().date, b.entry.id);
  });
  return all;
}

Result<FoundInitiative> initiative_named(const core::Core& core, std::string_view words) {
  constexpr std::size_t digits_min = 4;
  std::optional<FoundInitiative> found;
  auto named = [&](const FoundInitiative& candidate) {
    return words.size() >= digits_min && hex(candidate.entry.id.view()).starts_with(words);
  };
  auto all = every_initiative(core);
  if (std::none_of(all.begin(), all.end(), named)) all = all_initiatives(core);
  for (auto& candidate : all) {
    if (!named(candidate) && candidate.entry.words().title != words) continue;
    if (found) return fail(Code::ambiguous);
    found = std::move(candidate);
  }
  if (!found) return fail(Code::not_found, "initiative");
  return std::move(*found);
}

std::string_view state_word(views::InitiativeState state) {
  switch (state) {
    case views::InitiativeState::draft:
      return "draft";
    case views::InitiativeState::confirmed:
      return "confirmed";
    case views::InitiativeState::withheld:
      return "withheld";
  }
  return "";
}

std::string country_name(const Telling& telling, std::string_view code, const Catalogue& words) {
  auto country = roster::Country::parse(code);
  if (!country) return words.text("initiative.network");
  const auto* seat = telling.roster->newest().country(*country);
  return seat == nullptr || seat->name.empty() ? std::string(code) : seat->name;
}

json json_of(const Telling& telling, const FoundInitiative& found) {
  const content::Initiative& words = found.entry.words();
  json confirmed_by = json::array();
  for (const views::Author& author : found.entry.confirmed_by) confirmed_by.push_back(author_name(telling, author));
  const views::InitiativeVersion& first = found.entry.versions.front();
  return {{"id", hex(found.entry.id.view())},
          {"channel", hex(found.channel.view())},
          {"country", words.country},
          {"date", words.date},
          {"theme", words.theme},
          {"title", words.title},
          {"text", words.text},
          {"attachments", attachments_json(words.attachments)},
          {"state", std::string(state_word(found.entry.state))},
          {"confirmed_by", confirmed_by},
          {"confirm_by", words.confirm_by},
          {"drafts", found.drafts},
          {"original", words.original ? hex(words.original->view()) : std::string()},
          {"versions", found.entry.versions.size()},
          {"author", hex(first.author.member.view())},
          {"name", author_name(telling, first.author)},
          {"time", rfc3339(first.time)}};
}

std::string text_of(const Telling& telling, const FoundInitiative& found, const Catalogue& words) {
  const content::Initiative& initiative = found.entry.words();
  std::string text = hex(found.entry.id.view()).substr(0, 8) + "  " + initiative.date + "  " +
                     country_name(telling, initiative.country, words) + "  " + initiative.title;
  if (!initiative.theme.empty()) text += " · " + initiative.theme;
  text += " · " + words.text("initiative.state." + std::string(state_word(found.entry.state)));
  bool waits = found.entry.state == views::InitiativeState::draft && !initiative.confirm_by.empty();
  if (waits) text += " · " + words.text("initiative.until", {{"day", initiative.confirm_by}});
  return text;
}

}  // namespace encuentro::client::cli
