// What can go wrong through a peer, the network or the disk. Our own mistakes stop the program instead
// (check.h). The core carries codes and facts; words in the person's language are chosen at the screen.
#pragma once

#include <cstdint>
#include <expected>
#include <string_view>

namespace encuentro {

// Stable across versions: the numbers travel in replies (api) and the names in the command's JSON.
enum class Code : std::uint16_t {
  none = 0,

  // Input that can't be read (100-199)
  malformed = 100,       // not the form it must have
  truncated = 101,       // ends too early
  trailing_bytes = 102,  // something is left over
  not_minimal = 103,     // a length that has a shorter encoding
  too_large = 104,       // over a limit of limits.h
  unknown_version = 105,
  unknown_kind = 106,
  unsupported_suite = 107,

  // Cryptography (200-299)
  bad_signature = 200,
  bad_tag = 201,       // a MAC, AEAD tag or commitment that does not match
  bad_key = 202,       // a public key that is not one
  key_consumed = 203,  // deleted after use, or never derivable any more
  missing_key = 204,
  generation_too_far = 205,  // over the skip limits of the secret tree

  // MLS (300-399); which rule: Error::rule
  invalid_leaf = 300,
  invalid_tree = 301,
  invalid_proposal = 302,
  invalid_commit = 303,
  invalid_welcome = 304,
  invalid_key_package = 305,
  wrong_group = 306,
  wrong_epoch = 307,
  not_a_member = 308,
  missing_psk = 309,
  unknown_proposal = 310,  // a reference to a proposal that isn't held
  removed_from_group = 311,
  pending_commit = 312,  // the operation isn't possible while an own Commit waits
  key_package_used = 313,

  // Roster and policy (400-499)
  not_admitted = 400,
  not_allowed = 401,   // may be here, may not do this
  bad_sequence = 402,  // does not follow the entry before it
  unknown_member = 403,
  unknown_device = 404,
  revoked = 405,
  expired = 406,
  invite_used = 407,
  invite_burned = 408,
  wrong_code = 409,
  time_backwards = 410,
  time_ahead = 411,
  already_exists = 412,
  threshold_not_met = 413,
  provisional = 414,

  // Channels and logs (500-599)
  epoch_changed = 500,
  roster_changed = 501,
  gap = 502,
  fork = 503,
  replayed = 504,
  reordered = 505,
  unknown_channel = 506,
  duplicate = 507,
  bad_link = 508,
  unreadable = 509,
  policy_violation = 510,
  rolled_back = 511,
  stale_roster = 512,
  server_rolled_back = 513,  // the server shows less than it has shown
  commit_reported = 514,     // a member's device had to reject an ordered Commit

  // The server and its world (600-699)
  not_logged_in = 600,
  too_many = 601,  // a cap of R70-R79
  storage_full = 602,
  storage_failed = 603,
  not_found = 604,
  already_founded = 605,
  not_founded = 606,
  shutting_down = 607,
  overloaded = 608,
  quota_exceeded = 609,

  // The client's world (700-799)
  unreachable = 700,
  wrong_server_key = 701,
  inspected_connection = 702,
  queued = 703,
  wrong_passphrase = 704,
  locked = 705,  // another process holds the profile
  no_profile = 706,
  ambiguous = 707,
  clock_wrong = 708,
  weak_passphrase = 709,
  wrong_network = 710,  // the server serves another network
};

// The stable word for a code, e.g. "not_admitted".
std::string_view name(Code code);
// The inverse; Code::none for an unknown word.
Code code_named(std::string_view word);

struct Error {
  Code code = Code::none;
  // The rule that was broken ("R-MLS-17", "R-POL-03", "P-J4"), a literal; empty where no rule has a name.
  const char* rule = "";
  // What was wanted and what came, where numbers tell it (epochs, sequence numbers, lengths).
  std::uint64_t expected = 0;
  std::uint64_t got = 0;
};

template <class T>
using Result = std::expected<T, Error>;
using Status = std::expected<void, Error>;

inline std::unexpected<Error> fail(Code code, const char* rule = "", std::uint64_t expected = 0,
                                   std::uint64_t got = 0) {
  return std::unexpected(Error{code, rule, expected, got});
}

}  // namespace encuentro

#define ENC_CONCAT_2(a, b) a##b
#define ENC_CONCAT(a, b) ENC_CONCAT_2(a, b)
#define ENC_TRY_2(tmp, declaration, ...)                    \
  auto tmp = (__VA_ARGS__);                                 \
  if (!tmp) return std::unexpected(std::move(tmp).error()); \
  declaration = std::move(*tmp)

// TRY(auto x, f()); declares x from a Result or returns its error from the function it stands in.
#define TRY(declaration, ...) ENC_TRY_2(ENC_CONCAT(try_result_, __LINE__), declaration, __VA_ARGS__)
// TRY_OK(f()); the same for a Status.
#define TRY_OK(...)                                                                                          \
  do {                                                                                                       \
    if (auto try_status = (__VA_ARGS__); !try_status) return std::unexpected(std::move(try_status).error()); \
  } while (false)
