#include "client/views/meetings.h"

#include <algorithm>
#include <map>

#include "protocol/base/sorting.h"

namespace encuentro::client::views {
namespace {

using content::Meeting;
using content::MeetingAct;
using roster::Role;

void set_attendance(MeetingEntry& entry, const Author& author, const Meeting& act) {
  bool secretariat = author.role == Role::secretariat;
  if (secretariat) entry.countries.clear();
  for (const std::string& country : act.countries) {
    bool own = author.role == Role::focal_point && author.country.text() == country;
    if (secretariat || own) entry.countries.insert(country);
  }
}

void add_document(MeetingEntry& entry, const RecordId& document) {
  if (std::find(entry.documents.begin(), entry.documents.end(), document) == entry.documents.end()) {
    entry.documents.push_back(document);
  }
}

void take(MeetingEntry& entry, const core::Record& record, const Author& author, Meeting act) {
  if (act.act == MeetingAct::attendance) return set_attendance(entry, author, act);
  if (!may_convene(author, entry.words.host)) return;
  if (act.act == MeetingAct::document && act.document) return add_document(entry, *act.document);
  if (act.act == MeetingAct::decision) {
    entry.decisions.push_back({record.id, author, record.content.time, std::move(act.title), std::move(act.text)});
    return;
  }
  if (!may_convene(author, act.host)) return;
  entry.changed = true;
  entry.words = std::move(act);
}

}  // namespace

bool may_convene(const Author& author, std::string_view host) {
  if (author.role == Role::secretariat) return true;
  return author.role == Role::focal_point && !author.country.none() && author.country.text() == host;
}

std::vector<MeetingEntry> fold_meetings(std::span<const core::Record* const> records, const AuthorOf& author_of) {
  auto of_kind = [](content::Kind kind) { return kind == content::Kind::meeting; };
  std::map<RecordId, MeetingEntry> by_id;
  for (const core::Record* record : opened(records, of_kind)) {
    auto act = content::meeting_of(record->content);
    if (!act) continue;
    Author author = author_of(*record);
    if (act->act == MeetingAct::convene) {
      if (may_convene(author, act->host)) {
        by_id.try_emplace(record->id,
                          MeetingEntry{record->id, author, record->content.time, false, std::move(*act), {}, {}, {}});
      }
    } else if (auto found = act->meeting ? by_id.find(*act->meeting) : by_id.end(); found != by_id.end()) {
      take(found->second, *record, author, std::move(*act));
    }
  }
  std::vector<MeetingEntry> entries;
  for (auto& [id, entry] : by_id) entries.push_back(std::move(entry));
  put_in_order(entries, [](const MeetingEntry& a, const MeetingEntry& b) { return a.words.start < b.words.start; });
  return entries;
}

std::vector<MeetingEntry> meetings(const core::Core& core, const ChannelId& channel) {
  return fold_meetings(core.records(channel), [&](const core::Record& record) { return author_of(core, record); });
}

}  // namespace encuentro::client::views
