// An item of a conversation or board as a screen shows it, folded from all records of its channel. The fold
// depends on the log alone: two clients with the same log show the same.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "client/core/core.h"

namespace encuentro::client::views {

// Who wrote it, as the roster had them at the head the author stood on.
struct Author {
  DeviceId device;
  MemberId member;
  roster::Country country;
  std::optional<roster::Role> role;  // nothing: not known at that head
};

struct Reaction {
  std::string emoji;
  std::vector<MemberId> members;  // in the order they came, each once
};

// Sending states never lie: `on_server` only when the item was read back from the log.
// `refused`: for good, `problem` says why; it waits for its author to send it again or let go of it.
enum class Sending : std::uint8_t { on_server = 1, acknowledged = 2, waiting = 3, refused = 4 };

struct Item {
  RecordId id;
  Seq seq;  // 0 while it waits
  Author author;
  Timestamp time;    // the author's clock; the server's for what can't be read
  Timestamp stored;  // the server's word
  core::Reading reading = core::Reading::closed;
  Code problem = Code::none;
  std::uint16_t kind = 0;
  std::string title;
  std::string body;
  std::optional<RecordId> reply;
  bool edited = false;
  bool withdrawn = false;  // by its author: title, body and attachments are empty then
  Sending sending = Sending::on_server;
  std::vector<Reaction> reactions;
  std::vector<MemberId> mentions;
  std::vector<content::Attachment> attachments;
  // Of announcements:
  std::uint64_t number = 0;
  std::optional<Timestamp> acknowledge_by;              // set and 0: asked for, without a date
  std::vector<roster::Country> acknowledged_countries;  // alphabetical by code
  std::vector<MemberId> acknowledged_members;           // of those without a country: Secretariat, partners
};

}  // namespace encuentro::client::views
