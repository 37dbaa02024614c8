#include "client/cli/copy/channel_files.h"

#include <filesystem>

#include "client/cli/calendar_files.h"
#include "client/cli/clock.h"
#include "client/cli/documents/show_documents.h"
#include "client/cli/initiative_show.h"
#include "client/cli/meeting_show.h"
#include "client/cli/show.h"

namespace encuentro::client::cli {
namespace {

using nlohmann::json;

constexpr std::size_t short_id_digits = 8;
constexpr std::size_t name_bytes_max = 80;

std::string json_text(const json& value) { return value.dump(1, ' ', false, json::error_handler_t::replace) + "\n"; }

std::string short_id(const RecordId& id) { return hex(id.view()).substr(0, short_id_digits); }

// A name that any file system takes: letters, digits and a few signs; never a path of its own.
std::string file_name(std::string_view text) {
  std::string name;
  for (char c : text.substr(0, name_bytes_max)) {
    auto byte = static_cast<unsigned char>(c);
    bool bad = byte < 0x20 || byte == 0x7f || std::string_view("/\\:*?\"<>|").find(c) != std::string_view::npos;
    name.push_back(bad ? '_' : c);
  }
  while (!content::is_utf8(as_bytes(name))) name.pop_back();
  while (!name.empty() && (name.front() == '.' || name.front() == ' ')) name.erase(0, 1);
  return name.empty() ? "_" : name;
}

void put(Files& files, const std::string& path, std::string_view text) { files[path] = to_bytes(as_bytes(text)); }

// "attachments/ID-N-NAME": N from 1, for an item may hold two of one name.
void add_attachments(Files& files, const RecordId& item, const std::vector<content::Attachment>& attachments) {
  std::size_t number = 0;
  for (const content::Attachment& attachment : attachments) {
    ++number;
    if (attachment.document) continue;  // stands among the documents
    std::string name = short_id(item) + "-" + std::to_string(number) + "-" + file_name(attachment.name);
    files["attachments/" + name] = attachment.inline_bytes;
  }
}

// Names are files' names already (content::is_file_name), so a path can't leave the folder.
std::string version_path(const views::Library& library, const views::Document& document, const views::Version& version,
                         std::size_t number) {
  std::string path = library.hidden(document) ? "documents-removed/" : "documents/";
  if (std::string folder = library.path(document.folder); !folder.empty()) path += folder + "/";
  path += document.name + "-" + short_id(document.id) + "/v" + std::to_string(number) + "-" + short_id(version.id);
  return path + std::filesystem::path(version.name).extension().string();
}

// A run of records that can't be opened, in one line.
std::string unopened_text(const core::Record& first, const core::Record& last, std::size_t count,
                          const Catalogue& words) {
  return "\n---\n\n" +
         words.text("copy.unopened", {{"n", std::to_string(count)},
                                      {"first", std::to_string(first.seq.value)},
                                      {"last", std::to_string(last.seq.value)}}) +
         "\n";
}

std::string unopened_json(const ChannelAccount& account) {
  json list = json::array();
  for (const core::Record& record : account.records) {
    if (record.reading == core::Reading::opened) continue;
    list.push_back({{"id", hex(record.id.view())},
                    {"seq", record.seq.value},
                    {"author", hex(record.member.view())},
                    {"device", hex(record.device.view())}});
  }
  return list.empty() ? std::string() : json_text(list);
}

}  // namespace

ChannelFiles::ChannelFiles(const Telling& telling, const ChannelAccount& account, const Catalogue& words)
    : telling_(telling),
      account_(account),
      words_(words),
      opened_(account.opened()),
      author_of_([this](const core::Record& record) { return views::author_of(*telling_.roster, record); }),
      library_(views::fold_documents(opened_, author_of_, account.erasures)) {}

std::string ChannelFiles::heading() const {
  if (account_.kind != policy::ChannelKind::board) return account_.title();
  return words_.text(account_.general_board ? "board.general" : "board.focal_points");
}

std::vector<views::Announcement> ChannelFiles::conversation() const {
  std::vector<views::Announcement> items;
  for (views::Item& item : views::fold(opened_, author_of_)) {
    items.push_back({account_.channel, account_.general_board, std::move(item)});
  }
  return items;
}

// The items in their order; between them how many records can't be opened.
std::string ChannelFiles::conversation_text(const std::vector<views::Announcement>& items) const {
  std::string text = "# " + heading() + "\n";
  auto item = items.begin();
  const core::Record *first = nullptr, *last = nullptr;
  std::size_t count = 0;
  auto end_run = [&] {
    if (first != nullptr) text += unopened_text(*first, *last, count, words_);
    first = nullptr;
    count = 0;
  };
  for (const core::Record& record : account_.records) {
    if (record.reading != core::Reading::opened) {
      if (first == nullptr) first = &record;
      last = &record;
      ++count;
    } else if (item != items.end() && item->item.id == record.id) {
      end_run();
      bool titled = !item->item.title.empty();
      text += "\n---\n\n" +
              (titled ? "## " + text_of(telling_, *item, words_) : text_of(telling_, item->item, words_) + "\n");
      ++item;
    }
  }
  end_run();
  return text;
}

void ChannelFiles::add_calendar(Files& files) const {
  std::vector<OpenedEvent> events;
  for (views::CalendarEvent& event : views::fold_events(opened_, author_of_)) {
    for (const views::EventVersion& version : event.versions) {
      add_attachments(files, version.id, version.event.attachments);
    }
    events.push_back(opened(account_.channel, std::move(event)));
  }
  if (events.empty()) return;
  put(files, "calendar.ics", calendar_text(events, heading()));
  json calendar = json::array();
  for (const OpenedEvent& event : events) {
    calendar.push_back(json_of(telling_, event, nullptr, {calendar::Zone::utc(), {}}));
    calendar.back()["history"] = history_json(telling_, event);
  }
  put(files, "calendar.json", json_text(calendar));
}

// Initiatives and meetings, to read and for programs.
void ChannelFiles::add_archive(Files& files) const {
  json initiatives = json::array(), meetings = json::array();
  std::string text;
  auto seat_of = [this](const core::Record& record, roster::Country country) {
    return views::seat_then(*telling_.roster, record, country);
  };
  for (auto& entry : views::fold_initiatives(opened_, author_of_, seat_of, account_.common)) {
    for (const views::InitiativeVersion& version : entry.versions) {
      add_attachments(files, version.id, version.words.attachments);
    }
    FoundInitiative found{account_.channel, std::move(entry)};
    initiatives.push_back(json_of(telling_, found));
    text += text_of(telling_, found, words_) + "\n";
    const std::string& written = found.entry.words().text;
    text += written.empty() ? "\n" : "\n" + written + "\n\n";
  }
  for (auto& entry : views::fold_meetings(opened_, author_of_)) {
    FoundMeeting found{account_.channel, std::move(entry)};
    meetings.push_back(json_of(telling_, found));
    text += "---\n\n" + text_of(telling_, found, words_) + "\n\n";
  }
  if (text.empty()) return;
  put(files, "archive.json", json_text(json{{"initiatives", initiatives}, {"meetings", meetings}}));
  put(files, "archive.md", text);
}

Files ChannelFiles::files() const {
  Files files;
  auto items = conversation();
  json listed = json::array();
  for (const views::Announcement& item : items) {
    bool announced = item.item.kind == static_cast<std::uint16_t>(content::Kind::announcement);
    listed.push_back(announced ? json_of(telling_, item) : json_of(telling_, account_.channel, item.item));
    add_attachments(files, item.item.id, item.item.attachments);
  }
  put(files, "items.json",
      json_text(json{{"id", hex(account_.channel.view())}, {"title", heading()}, {"items", listed}}));
  put(files, "conversation.md", conversation_text(items));
  if (std::string unopened = unopened_json(account_); !unopened.empty()) put(files, "unopened.json", unopened);
  add_calendar(files);
  add_archive(files);
  return files;
}

std::vector<VersionFile> ChannelFiles::versions() const {
  std::vector<VersionFile> all;
  for (const views::Document& document : library_.documents) {
    std::size_t number = 0;
    for (const views::Version& version : document.versions) {
      all.push_back({version.id, version_path(library_, document, version, ++number), version.content,
                     version.erased.has_value()});
    }
  }
  return all;
}

std::string ChannelFiles::documents(const std::map<RecordId, std::string>& absent) const {
  if (library_.documents.empty()) return {};
  json list = json::array();
  for (const views::Document& document : library_.documents) {
    json entry = json_of(telling_, account_.channel, library_, document);
    entry["all"] = json::array();
    std::size_t number = 0;
    for (const views::Version& version : document.versions) {
      json told = json_of(telling_, version, ++number);
      auto problem = absent.find(version.id);
      told["path"] = problem == absent.end() ? version_path(library_, document, version, number) : std::string();
      if (problem != absent.end()) told["problem"] = problem->second;
      entry["all"].push_back(told);
    }
    list.push_back(entry);
  }
  return json_text(list);
}

Telling copy_telling(const roster::Roster& roster, const Names& names, const ChannelAccount& account) {
  Telling telling;
  telling.roster = &roster;
  telling.name_of = [&names](const MemberId& member) -> std::optional<core::PlainName> {
    auto found = names.find(member);
    return found == names.end() ? std::nullopt : std::optional(found->second);
  };
  telling.title_of = [title = account.title()](const ChannelId&) { return title; };
  telling.time_text = rfc3339;
  telling.document_name = [&roster, &account](const ChannelId&, const RecordId& id) {
    auto library = views::fold_documents(
        account.opened(), [&roster](const core::Record& record) { return views::author_of(roster, record); });
    const views::Document* found = library.document(id);
    return found == nullptr ? short_id(id) : found->name;
  };
  return telling;
}

std::string people_text(const roster::Roster& roster, const Names& names) {
  json people = json::array();
  auto name_of = [&names](const MemberId& member) -> std::optional<core::PlainName> {
    auto found = names.find(member);
    return found == names.end() ? std::nullopt : std::optional(found->second);
  };
  for (const views::Person& person : views::everybody(roster.newest(), name_of)) people.push_back(json_of(person));
  return json_text(people);
}

std::string folder_name(std::size_t place, std::string_view heading) {
  std::string number = std::to_string(place);
  return (number.size() < 2 ? "0" : "") + number + "-" + file_name(heading);
}

}  // namespace encuentro::client::cli
