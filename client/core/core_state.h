// Everything the core holds, for the files of this folder only. An input sets `now`, changes the state, and hands out
// the gathered effects; `advance` (advance.h) then does what has become possible.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>

#include "client/core/channel.h"
#include "client/core/identity.h"
#include "protocol/mls/member/key_package_secrets.h"

namespace encuentro::client::core {

struct CoreState;

// The body of a reply, or why there is none: the server's error, or unreachable when the connection ended.
using Answer = Result<BytesView>;
using OnAnswer = std::function<void(CoreState&, const Answer&)>;

// Where a server is, and its key.
struct Place {
  std::string address;  // HOST:PORT
  Hash32 spki;
  friend bool operator==(const Place&, const Place&) = default;
};

struct Session {
  enum class Step : std::uint8_t { idle, wait_connection, hello, login, ready };
  Step step = Step::idle;
  SessionState shown = SessionState::offline;
  std::uint32_t next_id = 1;
  std::map<std::uint32_t, OnAnswer> calls;
  std::uint32_t failures = 0;      // in a row: the backoff
  Code server_alarm = Code::none;  // of raise_server, in the newest connection that got so far
  Error refused;                   // why the server didn't let this device in; commands fail with it
  std::optional<Timestamp> connect_at;
  std::optional<Timestamp> deadline;  // of a connection that must answer
  Timestamp heard_at;                 // the last frame of this connection
  bool pinged = false;                // and no frame since
  Place at;                           // of this connection
  std::size_t place = 0;              // which of places() is tried now
  bool signpost_left = false;         // the roster named another place: not left again for that in this run
  api::Nonce nonce;
  api::ExporterValue exporter;
  Duration clock_ahead{};  // of this device before the server, as its hello said
  bool channels_listed = false;
  bool listing = false;
  std::set<ChannelId> subscribed;
};

struct RosterBook {
  roster::Roster roster;
  std::vector<Bytes> entries;
  record::RosterHead server_head;
  RosterSeq named;     // the newest head that an entry of a channel names
  RosterSeq withheld;  // named, but the server gives nothing up to there
  bool reading = false;
  bool stopped = false;  // on another branch, or an entry that may not stand: nothing more is taken
  bool stale_said = false;
  bool checkpointing = false;
  std::optional<Timestamp> checkpoint_not_before;  // the last one was refused
  // roster.next_date() as of an entry: it looks at every member, and is asked for with every input.
  struct NextDate {
    RosterSeq as_of;
    std::optional<Timestamp> date;
  };
  mutable std::optional<NextDate> next_date;
};

// Statements at the server that several must sign, as it gave them: counted again whenever one is shown or signed.
struct StatementBook {
  std::map<RecordId, roster::PendingStatement> waiting;
  std::map<RecordId, roster::PendingStatement> incoming;  // of a reading that goes on
  bool reading = false;
  bool read = false;                  // in this session
  std::optional<Timestamp> again_at;  // when they are asked for anew
  bool placing = false;
};

// What is known of the server's store (hand_back.h). A row of its own.
struct ServerPast {
  std::uint64_t generation = 0;  // 0: none was ever told
  bool lacks = false;            // restored since: it is handed back what it lost
  static constexpr auto fields = std::tuple(&ServerPast::generation, &ServerPast::lacks);

  // Of this connection only
  bool handing_roster = false;
  std::optional<Timestamp> not_before;  // the server was busy
};

// A KeyPackage of ours at the server.
struct HeldKeyPackage {
  bool last_resort = false;
  bool retired = false;  // the server was restored: it gives this one out no more
  mls::member::KeyPackageSecrets secrets;
};

// A command in progress: asked after every input whether it can go on; true when it is answered.
using Goal = std::function<bool(CoreState&)>;

// A way in that isn't finished (entering.h).
struct Entrance {
  enum class Kind : std::uint8_t { found, join };
  Kind kind{};
  std::uint32_t ticket = 0;
  FoundNetwork found;
  Bytes genesis;                           // found
  std::optional<roster::InviteLink> link;  // join
  std::string code;
  std::string device_label;
  bool sent = false;
};

struct CoreState {
  Random* random = nullptr;
  Options options;
  std::optional<Vault> vault;
  Timestamp now;
  Effects effects;
  bool changed = false;  // something became possible: advance goes round again

  std::optional<Identity> identity;
  Session session;
  RosterBook book;
  ServerPast past;
  StatementBook statements;
  std::map<ChannelId, std::unique_ptr<Channel>> channels;
  std::map<Bytes, HeldKeyPackage> key_packages;  // by reference
  std::set<Bytes> used_packages;                 // of others, by reference: added by Commits that were read here
  bool putting_key_packages = false;
  std::optional<Entrance> entrance;
  std::optional<roster::PendingStatement> re_entry;  // asked for by this profile, not yet confirmed (re_entry.h)
  std::vector<Goal> goals;
  std::map<UploadId, std::map<std::uint32_t, Bytes>> kept_transfers;
  std::map<std::string, std::string> drafts;   // by place
  std::map<RecordId, std::string> kept_texts;  // by document version
  std::map<std::uint32_t, KeptAlarm> alarms;   // by number
  bool rolled_back = false;                    // this profile is an old copy: it does nothing any more
  std::uint32_t next_transfer = 1;
  std::map<std::uint32_t, std::function<void(CoreState&, const Result<Bytes>&)>> transfers;

  Channel* channel(const ChannelId& id) {
    auto found = channels.find(id);
    return found == channels.end() ? nullptr : found->second.get();
  }
  roster::View newest() const { return book.roster.newest(); }
  record::RosterHead roster_head() const {
    const roster::RosterHead& head = book.roster.head();
    return {head.seq, head.hash};
  }
  template <class IdType>
  IdType fresh_id() {
    std::array<std::uint8_t, IdType::bytes> bytes;
    random->fill(bytes);
    return IdType(bytes);
  }
};

// --- What every file says to whoever shows it -----------------------------------------------------------------------

void show(CoreState& state, Event event);
void done(CoreState& state, std::uint32_t ticket, Outcome outcome);
void failed(CoreState& state, std::uint32_t ticket, const Error& error);
// A command that waits for the server is answered when the server has refused this device, or this profile is an old
// copy.
bool failed_for_good(CoreState& state, std::uint32_t ticket);
// Keeps it, shows it; what stands already is shown once. Of a log that doesn't fit the first evidence is kept, until a
// person has put the alarm aside.
void raise(CoreState& state, Alarm alarm);

}  // namespace encuentro::client::core
