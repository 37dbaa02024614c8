#include "client/cli/drafts.h"

#include <algorithm>

#include "client/cli/attaching.h"
#include "client/views/people.h"
#include "protocol/policy/policy.h"

namespace encuentro::client::cli {
namespace {

using content::Initiative;
using content::InitiativeAct;

bool in(const std::optional<core::ChannelLook>& look) { return look && look->state == core::ChannelState::in; }

// One that holds drafts already: a folder for one country is a channel of the same form.
std::optional<ChannelId> known_drafts(const core::Core& core, roster::Country country) {
  for (const ChannelId& channel : core.channels()) {
    auto look = core.channel(channel);
    if (!in(look) || views::drafts_of(look->policy) != country) continue;
    auto entries = views::initiatives(core, channel);
    bool drafts = std::any_of(entries.begin(), entries.end(), [](const views::InitiativeEntry& entry) {
      return entry.versions.front().words.destination.has_value();
    });
    if (drafts) return channel;
  }
  return std::nullopt;
}

// Whoever can't be added now (not yet confirmed, or not admitted as a training-only country's people are) comes with a
// later draft.
void bring_in(Session& session, const ChannelId& channel, roster::Country country) {
  for (const views::Person& person : views::people(session.core())) {
    auto look = session.core().channel(channel);
    bool theirs = person.grant.role == roster::Role::secretariat ||
                  (person.grant.role == roster::Role::focal_point && person.grant.country == country);
    bool there = look && std::binary_search(look->members.begin(), look->members.end(), person.member);
    if (!theirs || there || person.standing != roster::Standing::full) continue;
    [[maybe_unused]] auto added = session.run(core::AddToChannel{channel, person.member});
  }
}

bool is_version_of(const RecordId& id, const views::InitiativeEntry& entry) {
  return std::any_of(entry.versions.begin(), entry.versions.end(),
                     [&](const auto& version) { return version.id == id; });
}

Initiative act_on(InitiativeAct act, const views::InitiativeEntry& entry) {
  Initiative said;
  said.act = act;
  said.initiative = entry.id;
  said.version = entry.current().id;
  return said;
}

}  // namespace

Result<ChannelId> drafts_channel(Session& session, Output& output, roster::Country country) {
  const core::Core& core = session.core();
  auto channel = known_drafts(core, country);
  auto me = core.roster().newest().member(core.self().member);
  if (!channel && me && me->grant.role == roster::Role::delegate) return fail(Code::not_allowed, "drafts");
  if (!channel) {
    std::string name = country_name(core, country.text(), output.words());
    core::CreateChannel create;
    create.title = output.words().text("initiative.drafts", {{"country", name}});
    create.kind = policy::ChannelKind::committee;
    create.countries = {std::string(country.text())};
    create.roles = {roster::Role::secretariat, roster::Role::focal_point, roster::Role::delegate};
    TRY(auto outcome, session.run(std::move(create)));
    channel = std::get<core::ChannelCreated>(outcome).channel;
  }
  auto may_add = [&] {
    auto look = session.core().channel(*channel);
    return look && policy::may_add(look->policy, session.core().roster().newest(), session.core().self().device);
  };
  if (may_add()) bring_in(session, *channel, country);
  return *channel;
}

Result<core::Sent> post_initiative(Session& session, const Globals& globals, const ChannelId& channel,
                                   const Initiative& initiative) {
  // What every client would pass over isn't sent: the form first, then whose act it may be.
  content::Content content = content::content_of(initiative);
  TRY([[maybe_unused]] auto readable, content::initiative_of(content));
  core::Post post{channel, static_cast<std::uint16_t>(content::Kind::initiative), content::encode(content), {}};
  TRY(auto outcome, session.run(std::move(post), globals.wait));
  return std::get<core::Sent>(outcome);
}

std::optional<FoundInitiative> published_copy(const core::Core& core, const FoundInitiative& draft) {
  const auto& destination = draft.entry.words().destination;
  if (!draft.drafts || !destination) return std::nullopt;
  for (auto& entry : views::initiatives(core, *destination)) {
    bool copy = std::any_of(entry.versions.begin(), entry.versions.end(), [&](const views::InitiativeVersion& version) {
      return version.words.original && is_version_of(*version.words.original, draft.entry);
    });
    if (copy) return FoundInitiative{*destination, std::move(entry)};
  }
  return std::nullopt;
}

Status publish(Session& session, Output& output, const Globals& globals, const FoundInitiative& draft) {
  const Initiative& words = draft.entry.words();
  bool due = draft.drafts && words.destination && draft.entry.state == views::InitiativeState::confirmed;
  if (!due) return {};
  if (!in(session.core().channel(*words.destination))) return fail(Code::not_admitted, "destination");
  Initiative copy = words;
  copy.act = InitiativeAct::file;
  copy.initiative.reset();
  copy.confirm_by.clear();
  copy.destination.reset();
  copy.original = draft.entry.current().id;
  if (auto there = published_copy(session.core(), draft)) {
    const views::InitiativeEntry& entry = there->entry;
    bool same = entry.words().original == copy.original;
    bool mine = std::any_of(entry.confirmed_by.begin(), entry.confirmed_by.end(),
                            [&](const views::Author& author) { return author.member == session.core().self().member; });
    if (same && (mine || entry.state == views::InitiativeState::confirmed)) return {};
    if (same) {
      copy = act_on(InitiativeAct::confirm, entry);
    } else {
      copy.act = InitiativeAct::correct;
      copy.initiative = entry.id;
    }
  }
  for (content::Attachment& attachment : copy.attachments) {
    TRY(attachment, attached_elsewhere(session, output, globals, draft.channel, *words.destination, attachment));
  }
  TRY([[maybe_unused]] auto sent, post_initiative(session, globals, *words.destination, copy));
  return {};
}

Status withhold_copy(Session& session, const Globals& globals, const FoundInitiative& draft) {
  auto there = published_copy(session.core(), draft);
  if (!there || there->entry.state == views::InitiativeState::withheld) return {};
  auto said = act_on(InitiativeAct::withhold, there->entry);
  TRY([[maybe_unused]] auto sent, post_initiative(session, globals, there->channel, said));
  return {};
}

}  // namespace encuentro::client::cli
