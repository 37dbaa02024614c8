#include "client/views/conversation.h"

#include <algorithm>
#include <unordered_map>

#include "protocol/base/sorting.h"

namespace encuentro::client::views {
namespace {

using content::Kind;
using core::Reading;
using core::Record;

bool stands_alone(const Record& record) {
  if (record.reading != Reading::opened) return true;
  switch (static_cast<Kind>(record.kind)) {
    case Kind::message:
    case Kind::announcement:
      return true;
    default:
      return false;
  }
}

Item item_of(const Record& record, const Author& author) {
  Item item;
  item.id = record.id;
  item.seq = record.seq;
  item.author = author;
  item.stored = record.stored;
  item.time = record.stored;
  item.reading = record.reading;
  item.problem = record.problem;
  item.kind = record.kind;
  if (record.reading != Reading::opened) return item;
  const content::Content& c = record.content;
  item.time = c.time;
  item.title = c.title;
  item.body = c.body;
  item.reply = c.about;
  item.mentions = c.mentions;
  item.attachments = c.attachments;
  item.number = c.number(content::field::announcement_number).value_or(0);
  if (auto by = c.number(content::field::acknowledge_by))
    item.acknowledge_by = Timestamp{static_cast<std::int64_t>(*by)};
  return item;
}

void react(Item& item, const MemberId& member, const std::string& emoji) {
  if (emoji.empty()) {
    for (Reaction& reaction : item.reactions) std::erase(reaction.members, member);
    std::erase_if(item.reactions, [](const Reaction& r) { return r.members.empty(); });
    return;
  }
  auto found =
      std::find_if(item.reactions.begin(), item.reactions.end(), [&](const Reaction& r) { return r.emoji == emoji; });
  if (found == item.reactions.end()) found = item.reactions.insert(found, Reaction{emoji, {}});
  if (std::find(found->members.begin(), found->members.end(), member) == found->members.end()) {
    found->members.push_back(member);
  }
}

void acknowledge(Item& item, const Author& author) {
  if (item.kind != static_cast<std::uint16_t>(Kind::announcement)) return;
  if (author.country.none()) {
    auto& list = item.acknowledged_members;
    if (std::find(list.begin(), list.end(), author.member) == list.end()) list.push_back(author.member);
    return;
  }
  auto& list = item.acknowledged_countries;
  auto place = std::lower_bound(list.begin(), list.end(), author.country);
  if (place == list.end() || *place != author.country) list.insert(place, author.country);
}

void edit(Item& item, const content::Content& c) {
  if (!c.title.empty()) item.title = c.title;
  item.body = c.body;
  item.mentions = c.mentions;
  item.edited = true;
}

void withdraw(Item& item) {
  item.withdrawn = true;
  item.title.clear();
  item.body.clear();
  item.attachments.clear();
  item.mentions.clear();
}

// What an opened record that is no item of its own does to the one it speaks of.
void apply(const Record& record, const Author& author, Item& item) {
  const content::Content& c = record.content;
  bool own = item.author.member == author.member;
  switch (static_cast<Kind>(record.kind)) {
    case Kind::edit:
      if (own && !item.withdrawn) edit(item, c);
      break;
    case Kind::withdrawal:
      if (own) withdraw(item);
      break;
    case Kind::reaction:
      react(item, author.member, c.body);
      break;
    case Kind::acknowledgement:
      acknowledge(item, author);
      break;
    default:
      break;
  }
}

// In a sealed channel what was said before one entered is nobody's fault and nothing to show; in a shared one a record
// that can't be opened yet is told.
std::vector<const Record*> shown_records(const core::Core& core, const ChannelId& channel, Seq after) {
  auto records = core.records(channel, after);
  auto look = core.channel(channel);
  if (look && look->policy.history == policy::History::sealed) {
    std::erase_if(records, [](const Record* record) { return record->reading == Reading::closed; });
  }
  return records;
}

Item item_of(const core::Waiting& waiting, const core::Core& core) {
  Record record;
  record.id = waiting.id;
  record.reading = Reading::opened;
  record.kind = waiting.kind;
  record.content = waiting.content;
  record.device = core.self().device;
  record.member = core.self().member;
  record.roster_seq = core.roster().head().seq;
  Item item = item_of(record, author_of(core, record));
  item.sending = waiting.acknowledged ? Sending::acknowledged : Sending::waiting;
  if (waiting.refused != Code::none) {
    item.sending = Sending::refused;
    item.problem = waiting.refused;
  }
  return item;
}

}  // namespace

std::vector<const Record*> opened(std::span<const Record* const> records, bool (*wanted)(content::Kind kind)) {
  std::vector<const Record*> chosen;
  for (const Record* record : records) {
    bool readable = record->reading == core::Reading::opened;
    if (readable && wanted(static_cast<content::Kind>(record->kind))) chosen.push_back(record);
  }
  put_in_order(chosen, [](const Record* a, const Record* b) { return a->seq < b->seq; });
  return chosen;
}

std::vector<Item> fold(std::span<const Record* const> records, const AuthorOf& author_of) {
  std::vector<Item> items;
  std::unordered_map<RecordId, std::size_t> place;
  for (const Record* record : records) {
    Author author = author_of(*record);
    if (stands_alone(*record)) {
      place.try_emplace(record->id, items.size());
      items.push_back(item_of(*record, author));
      continue;
    }
    const content::Content& c = record->content;
    const auto& target = c.replaces ? c.replaces : c.about;
    auto found = target ? place.find(*target) : place.end();
    if (found != place.end()) apply(*record, author, items[found->second]);
  }
  return items;
}

Author author_of(const core::Core& core, const Record& record) { return author_of(core.roster(), record); }

Author author_of(const roster::Roster& roster, const Record& record) {
  Author author{record.device, record.member, {}, {}};
  auto view = roster.at(record.roster_seq);
  auto member = view ? view->member(record.member) : std::nullopt;
  if (member) {
    author.country = member->grant.country;
    author.role = member->grant.role;
  }
  return author;
}

namespace {

void add_waiting(const core::Core& core, const ChannelId& channel, std::vector<Item>& items) {
  for (const core::Waiting& waiting : core.outbox(channel)) {
    auto kind = static_cast<Kind>(waiting.kind);
    bool shown = kind == Kind::message || kind == Kind::announcement || waiting.refused != Code::none;
    if (shown) items.push_back(item_of(waiting, core));
  }
}

}  // namespace

std::vector<Item> conversation(const core::Core& core, const ChannelId& channel) {
  auto records = shown_records(core, channel, Seq{});
  auto items = fold(records, [&](const Record& record) { return author_of(core, record); });
  add_waiting(core, channel, items);
  return items;
}

std::optional<Item> last_item(const core::Core& core, const ChannelId& channel) {
  std::vector<Item> items;
  add_waiting(core, channel, items);
  if (!items.empty()) return items.back();
  // What comes after the last item speaks of it, or of one before.
  auto records = shown_records(core, channel, Seq{});
  auto last =
      std::find_if(records.rbegin(), records.rend(), [](const Record* record) { return stands_alone(*record); });
  if (last == records.rend()) return std::nullopt;
  std::span<const Record* const> end(std::prev(last.base()), records.end());
  return fold(end, [&](const Record& record) { return author_of(core, record); }).front();
}

std::size_t unread(const core::Core& core, const ChannelId& channel) {
  auto records = shown_records(core, channel, core.read_up_to(channel));
  return static_cast<std::size_t>(std::count_if(records.begin(), records.end(), [&](const Record* record) {
    bool closed = record->reading == Reading::closed;
    return !closed && stands_alone(*record) && record->member != core.self().member;
  }));
}

}  // namespace encuentro::client::views
