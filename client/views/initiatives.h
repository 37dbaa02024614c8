// Folds a channel's records into its national initiatives. Rules of the fold, the same on every client:
//   - the Secretariat files for any country or the network; a country's own people file for it if it is a member or an
//     observer when they do, never a training-only or suspended one; who may file may correct;
//   - where more than one country and the Secretariat read (`common`), only who speaks for it files or corrects: what
//     waits for a country's word stands in its drafts channel, and a confirmed copy names it as its original;
//   - the words that stand are the last in the log; a focal point's correction confirms them, any other makes a draft;
//   - a country confirms by a focal point naming the words that stand: by two different ones where its voice is joint.
//     One is enough to withhold. The network's own are confirmed by the Secretariat;
//   - a country's word after the last day for it counts no more, by its author's clock;
//   - what can't be read, or speaks of an initiative that isn't there, changes nothing.
#pragma once

#include "client/views/conversation.h"
#include "protocol/content/initiative.h"

namespace encuentro::client::views {

enum class InitiativeState : std::uint8_t { draft = 1, confirmed = 2, withheld = 3 };

struct InitiativeVersion {
  RecordId id;
  Author author;
  Timestamp time;
  content::Initiative words;
};

struct InitiativeEntry {
  RecordId id;
  std::vector<InitiativeVersion> versions;  // never empty; the last one stands
  InitiativeState state = InitiativeState::draft;
  std::vector<Author> confirmed_by;  // of the version that stands, each member once
  std::optional<Author> withheld_by;

  const InitiativeVersion& current() const { return versions.back(); }
  const content::Initiative& words() const { return current().words; }
};

// A country's seat at the head a record stood on; nothing where there is none.
struct SeatThen {
  roster::CountryStatus status{};
  roster::Voice voice{};
};
using SeatOf = std::function<std::optional<SeatThen>(const core::Record&, roster::Country)>;

std::optional<SeatThen> seat_then(const roster::Roster& roster, const core::Record& record, roster::Country country);

// Whether this person may file for the country (none: the network) then.
bool may_file(const Author& author, roster::Country country, const std::optional<SeatThen>& seat);

// Whether this person's own word is the country's (none: the network's).
bool speaks_for(const Author& author, roster::Country country);
// The country of a channel that only its people and the Secretariat may enter: where its drafts are filed.
std::optional<roster::Country> drafts_of(const policy::ChannelPolicy& policy);

// The records may come in any order. By date, then id.
std::vector<InitiativeEntry> fold_initiatives(std::span<const core::Record* const> records, const AuthorOf& author_of,
                                              const SeatOf& seat_of, bool common = false);
std::vector<InitiativeEntry> initiatives(const core::Core& core, const ChannelId& channel);

}  // namespace encuentro::client::views
