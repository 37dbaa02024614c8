// The readable files of one channel in a copy, rendered from its account alone: written by `export`, rendered anew and
// compared byte for byte by `verify`. Whoever changes what is written here, or the words of a catalogue it uses, raises
// copy_format (proof.h): a copy is read years later.
#pragma once

#include <map>

#include "client/cli/catalogue.h"
#include "client/cli/copy/account.h"
#include "client/cli/telling.h"
#include "client/views/board.h"
#include "client/views/documents.h"

namespace encuentro::client::cli {

// By path under the channel's folder, '/' between its parts.
using Files = std::map<std::string, Bytes>;

// A version's file: its bytes aren't in the log, their hash is.
struct VersionFile {
  RecordId version;
  std::string path;  // "documents/FOLDER/NAME-ID/vN-ID.ext"; no two alike
  Hash32 content;    // SHA-256
  bool erased = false;
};

class ChannelFiles {
 public:
  // All three outlive it. `telling`: with the titles and documents of this very account (copy_telling).
  ChannelFiles(const Telling& telling, const ChannelAccount& account, const Catalogue& words);
  ChannelFiles(const ChannelFiles&) = delete;
  ChannelFiles& operator=(const ChannelFiles&) = delete;

  std::string heading() const;
  // conversation.md, items.json, unopened.json, calendar.ics, calendar.json, archive.md, archive.json, attachments/...
  Files files() const;
  std::vector<VersionFile> versions() const;
  // documents.json; empty where there are no documents. `absent`: versions whose bytes aren't in the copy, and why.
  std::string documents(const std::map<RecordId, std::string>& absent) const;

 private:
  std::vector<views::Announcement> conversation() const;
  std::string conversation_text(const std::vector<views::Announcement>& items) const;
  void add_calendar(Files& files) const;
  void add_archive(Files& files) const;

  const Telling& telling_;
  const ChannelAccount& account_;
  const Catalogue& words_;
  std::vector<const core::Record*> opened_;
  views::AuthorOf author_of_;
  views::Library library_;
};

// Names as given, titles and documents of this account, times in UTC. Roster and account outlive it.
using Names = std::map<MemberId, core::PlainName>;
Telling copy_telling(const roster::Roster& roster, const Names& names, const ChannelAccount& account);

// "people.json": everybody the roster knows.
std::string people_text(const roster::Roster& roster, const Names& names);
// "01-Title": the channel's folder, by its place in the copy from 1.
std::string folder_name(std::size_t place, std::string_view heading);

}  // namespace encuentro::client::cli
