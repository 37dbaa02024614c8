#include "client/views/page.h"

#include <algorithm>

#include "client/core/wordlist.h"
#include "client/views/board.h"
#include "client/views/conversation.h"
#include "client/views/people.h"
#include "protocol/policy/policy.h"

namespace encuentro::client::views {
namespace {

using roster::Role;

constexpr std::uint8_t number_of(auto value) { return static_cast<std::uint8_t>(value); }

// One question's look at the core; names are opened once.
class Look {
 public:
  explicit Look(const core::Core& core) : core_(core), names_(core) {}

  PageItem item(const Item& item) {
    const MemberId& me = core_.self().member;
    PageItem page{item.id,
                  item.seq,
                  names_.author(item.author),
                  item.time,
                  item.stored,
                  item.reading,
                  item.problem,
                  item.kind,
                  item.title,
                  item.body,
                  item.reply,
                  item.edited,
                  item.withdrawn,
                  item.sending,
                  {},
                  {},
                  {}};
    for (const Reaction& reaction : item.reactions) {
      page.reactions.push_back({reaction.emoji, names_.of(reaction.members), holds(reaction.members, me)});
    }
    page.mentions_me = holds(item.mentions, me);
    page.files = page_files(item.attachments);
    return page;
  }

  PageAnnouncement announcement(const Announcement& announcement) {
    const Item& item = announcement.item;
    PageAnnouncement page{announcement.channel,
                          announcement.general,
                          item.number,
                          this->item(item),
                          item.acknowledge_by,
                          {},
                          {},
                          false,
                          false,
                          {}};
    for (roster::Country code : item.acknowledged_countries) page.acknowledged.emplace_back(code.text());
    page.acknowledged_people = names_.of(item.acknowledged_members);
    auto mine = core_.roster().newest().member(core_.self().member);
    if (!mine || !item.acknowledge_by) return page;
    const roster::RoleGrant& grant = mine->grant;
    page.done_by_mine = grant.country.none() ? holds(item.acknowledged_members, mine->id)
                                             : holds(item.acknowledged_countries, grant.country);
    bool asked = grant.role == Role::focal_point || grant.role == Role::partner;
    page.waits_for_me = asked && !page.done_by_mine && item.author.member != mine->id;
    if (grant.role == Role::secretariat) {
      for (roster::Country code : not_acknowledged(core_, announcement)) page.missing.emplace_back(code.text());
    }
    return page;
  }

  PageChannel channel(const core::ChannelLook& look) {
    PageChannel page;
    page.id = look.id;
    page.title = core_.title(look.id);
    page.kind = number_of(look.policy.kind);
    page.history = number_of(look.policy.history);
    page.general = look.policy.kind == policy::ChannelKind::board && look.policy.is_general_board();
    page.state = look.state;
    page.unread = static_cast<std::uint32_t>(unread(core_, look.id));
    page.may_post = policy::may_post(look.policy, core_.roster().newest(), core_.self().device).has_value();
    page.admission_to_accept = look.admission_to_accept;
    page.history_complete = look.history_complete;
    const roster::View view = core_.roster().newest();
    page.may_add = policy::may_add(look.policy, view, core_.self().device).has_value();
    page.may_remove = policy::may_remove(look.policy, view, core_.self().device).has_value();
    for (roster::Country code : look.policy.admission.countries) page.countries.emplace_back(code.text());
    page.members = look.members;
    return page;
  }

  PagePerson person(const Person& person) {
    PagePerson page;
    page.member = person.member;
    if (person.name) {
      page.name = person.name->name;
      page.institution = person.name->institution;
      page.email = person.name->email;
    }
    page.country = std::string(person.grant.country.text());
    page.role = number_of(person.grant.role);
    page.principal = person.grant.principal;
    page.standing = number_of(person.standing);
    page.no_position_before = person.no_position_before;
    for (const PersonDevice& device : person.devices) {
      page.devices.push_back({device.id, number_of(device.kind), device.label, number_of(device.standing),
                              device.id == core_.self().device});
    }
    return page;
  }

 private:
  template <class T>
  static bool holds(const std::vector<T>& list, const T& value) {
    return std::find(list.begin(), list.end(), value) != list.end();
  }

  const core::Core& core_;
  Names names_;
};

AskSelf::Answer answer_to(const core::Core& core, const AskSelf&) {
  if (!core.has_identity()) return std::nullopt;
  const core::Self& self = core.self();
  PageSelf page;
  if (auto me = person(core, self.member)) page.person = Look(core).person(*me);
  page.device = self.device;
  if (auto name = core.network_name()) page.network = name->name;
  page.address = self.address;
  page.words = core::words_for(self.fingerprint.view(), fingerprint_words);
  page.session = core.session();
  Duration ahead = core.clock_ahead();
  page.clock_wrong = ahead > clock_off_max || Duration{-ahead.ms} > clock_off_max;
  return page;
}

AskChannels::Answer answer_to(const core::Core& core, const AskChannels& question) {
  AskChannels::Answer pages;
  if (!core.has_identity()) return pages;
  Look look(core);
  for (const ChannelId& id : core.channels()) {
    auto channel = question.channel && *question.channel != id ? std::nullopt : core.channel(id);
    if (!channel) continue;
    PageChannel page = look.channel(*channel);
    if (auto last = last_item(core, id)) page.last = look.item(*last);
    pages.push_back(std::move(page));
  }
  return pages;
}

AskConversation::Answer answer_to(const core::Core& core, const AskConversation& question) {
  auto channel = core.has_identity() ? core.channel(question.channel) : std::nullopt;
  if (!channel) return std::nullopt;
  Look look(core);
  PageConversation page;
  page.channel = look.channel(*channel);
  auto items = conversation(core, question.channel);
  std::size_t first = items.size() - std::min<std::size_t>(items.size(), question.count);
  for (std::size_t i = first; i < items.size(); ++i) page.items.push_back(look.item(items[i]));
  page.earlier = static_cast<std::uint32_t>(first);
  page.read_up_to = core.read_up_to(question.channel);
  return page;
}

AskBoards::Answer answer_to(const core::Core& core, const AskBoards& question) {
  AskBoards::Answer pages;
  if (!core.has_identity()) return pages;
  Look look(core);
  for (const Announcement& one : announcements(core, question.channel)) pages.push_back(look.announcement(one));
  return pages;
}

AskDirectory::Answer answer_to(const core::Core& core, const AskDirectory&) {
  PageDirectory page;
  if (!core.has_identity()) return page;
  roster::View view = core.roster().newest();
  for (roster::Country code : view.countries()) {
    const roster::CountryBody* body = view.country(code);
    if (body == nullptr) continue;
    page.countries.push_back({std::string(code.text()), body->name, number_of(body->status),
                              body->voice == roster::Voice::joint, body->institutions});
  }
  Look look(core);
  for (const Person& one : people(core)) page.people.push_back(look.person(one));
  return page;
}

AskAlarms::Answer answer_to(const core::Core& core, const AskAlarms&) {
  AskAlarms::Answer standing;
  for (core::KeptAlarm& kept : core.kept_alarms()) {
    if (!kept.put_aside) standing.push_back({kept.number, std::move(kept.alarm)});
  }
  return standing;
}

AskComparison::Answer answer_to(const core::Core& core, const AskComparison& question) {
  if (!core.has_identity() || !core.roster().newest().member(question.member)) return {};
  return core::words_for(core.comparison_hash(question.member).view(), fingerprint_words);
}

AskDrafts::Answer answer_to(const core::Core& core, const AskDrafts&) {
  AskDrafts::Answer pages;
  for (const auto& [place, text] : core.drafts()) pages.push_back({place, text});
  return pages;
}

AskReEntry::Answer answer_to(const core::Core& core, const AskReEntry& question) { return re_entry(core, question); }

AskShortWords::Answer answer_to(const core::Core& core, const AskShortWords& question) {
  return short_words(core, question);
}

AskEvidence::Answer answer_to(const core::Core& core, const AskEvidence& question) { return evidence(core, question); }

AskArchive::Answer answer_to(const core::Core& core, const AskArchive& question) {
  return archive(core, question.channel);
}

AskStatements::Answer answer_to(const core::Core& core, const AskStatements&) { return waiting_for_several(core); }

AskOffices::Answer answer_to(const core::Core& core, const AskOffices&) { return offices(core); }

AskSearch::Answer answer_to(const core::Core& core, const AskSearch& question) {
  if (!core.has_identity()) return {};
  Search search(core);
  return findings(core, search, question);
}

}  // namespace

PageFindings findings(const core::Core& core, Search& search, const AskSearch& question) {
  PageFindings page;
  page.searched = static_cast<std::uint32_t>(search.size());
  std::string_view query = std::string_view(question.query).substr(0, query_bytes_max);
  auto found = search.find(query);
  page.total = static_cast<std::uint32_t>(found.size());
  found.resize(std::min<std::size_t>(found.size(), question.count));
  Names names(core);
  for (const SearchEntry* entry : found) {
    page.found.push_back({entry->channel, entry->id, number_of(entry->kind), names.author(entry->author), entry->time,
                          entry->title, excerpt(entry->text, query, excerpt_bytes_max)});
  }
  return page;
}

Bytes answer(const core::Core& core, const Question& question) {
  return std::visit([&](const auto& known) { return core::encode_fields(answer_to(core, known)); }, question);
}

}  // namespace encuentro::client::views
