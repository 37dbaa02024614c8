// What waits for the signatures of several (docs/PROTOCOL.md R5), as a screen shows it: what will be so once enough
// have signed, who has, and whether this person may. The words are the screen's.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "client/core/core.h"
#include "client/views/page_author.h"

namespace encuentro::client::views {

// Other keys of the network: so many of these decide.
struct StatedRoots {
  std::uint8_t threshold = 0;
  std::vector<std::string> keys;  // six words each, as their holders read them out
  static constexpr auto fields = std::tuple(&StatedRoots::threshold, &StatedRoots::keys);
};
enum class CountryChange : std::uint8_t { added = 1, status = 2, other = 3 };
struct StatedCountry {
  std::string code;
  std::string name;
  std::uint8_t status = 0;
  std::string decision;
  CountryChange change{};
  static constexpr auto fields = std::tuple(&StatedCountry::code, &StatedCountry::name, &StatedCountry::status,
                                            &StatedCountry::decision, &StatedCountry::change);
};
struct StatedRelief {
  PageAuthor member;
  PageAuthor successor;
  Timestamp start;
  Timestamp end;
  static constexpr auto fields =
      std::tuple(&StatedRelief::member, &StatedRelief::successor, &StatedRelief::start, &StatedRelief::end);
};
struct StatedEnd {
  PageAuthor member;
  Timestamp end;
  static constexpr auto fields = std::tuple(&StatedEnd::member, &StatedEnd::end);
};
struct StatedInvitation {
  PageAuthor invited;
  std::string institution;
  static constexpr auto fields = std::tuple(&StatedInvitation::invited, &StatedInvitation::institution);
};
struct StatedReEntry {
  PageAuthor member;
  static constexpr auto fields = std::tuple(&StatedReEntry::member);
};
struct StatedRemoval {
  std::uint8_t target = 0;  // roster::RevokeTarget
  PageAuthor member;        // of the device; whom the invitation is for
  std::string device;       // its label
  static constexpr auto fields = std::tuple(&StatedRemoval::target, &StatedRemoval::member, &StatedRemoval::device);
};
struct StatedServer {
  std::vector<std::string> addresses;
  static constexpr auto fields = std::tuple(&StatedServer::addresses);
};
struct StatedRelease {
  std::string version;
  static constexpr auto fields = std::tuple(&StatedRelease::version);
};
using Stated = std::variant<StatedRoots, StatedCountry, StatedRelief, StatedEnd, StatedInvitation, StatedReEntry,
                            StatedRemoval, StatedServer, StatedRelease>;

// None needed: this way doesn't lead there.
struct PageCount {
  std::uint32_t have = 0;
  std::uint32_t need = 0;
  static constexpr auto fields = std::tuple(&PageCount::have, &PageCount::need);
};
struct PageStatement {
  RecordId id;
  Stated stated;
  PageCount roots;                  // keys of the network
  PageCount countries;              // member countries: the other way to new keys
  PageCount people;                 // of a re-entry
  std::vector<PageAuthor> signers;  // who signed as themselves; whose a key of the network is stands nowhere
  bool signed_here = false;
  bool may_sign = false;  // here, by Approve; a re-entry is confirmed otherwise
  Timestamp expires;
  static constexpr auto fields =
      std::tuple(&PageStatement::id, &PageStatement::stated, &PageStatement::roots, &PageStatement::countries,
                 &PageStatement::people, &PageStatement::signers, &PageStatement::signed_here, &PageStatement::may_sign,
                 &PageStatement::expires);
};
struct PageStatements {
  std::uint8_t threshold = 0;  // so many
  std::uint32_t keys = 0;      // of so many keys of the network decide now
  bool holds_key = false;      // this profile has one of them
  std::vector<PageStatement> waiting;
  static constexpr auto fields = std::tuple(&PageStatements::threshold, &PageStatements::keys,
                                            &PageStatements::holds_key, &PageStatements::waiting);
};

struct AskStatements {
  using Answer = PageStatements;
  static constexpr auto fields = std::tuple();
};
PageStatements waiting_for_several(const core::Core& core);

inline constexpr std::size_t root_key_words = 6;

}  // namespace encuentro::client::views
