// A channel's policy, GroupContext extension 0xF0E1 (docs/FORMATS.md §4): who is admitted, who posts, adds, removes.
// Agreed by the group's key schedule; judged by the same functions at the server and in every client (policy.h).
#pragma once

#include "protocol/mls/public/extension.h"
#include "protocol/roster/roles.h"

namespace encuentro::policy {

inline constexpr auto policy_extension = static_cast<mls::ExtensionType>(0xF0E1);
inline constexpr auto archive_commitment_extension = static_cast<mls::ExtensionType>(0xF0E2);

enum class ChannelKind : std::uint8_t { board = 1, network = 2, committee = 3, country = 4, direct = 5 };
enum class History : std::uint8_t { shared = 1, sealed = 2 };

std::string_view name(ChannelKind kind);
std::string_view name(History history);
std::optional<ChannelKind> kind_named(std::string_view word);
std::optional<History> history_named(std::string_view word);

// Each list ascending and distinct.
struct Admission {
  std::vector<roster::CountryStatus> statuses;
  std::vector<roster::Role> roles;
  std::vector<roster::Country> countries;  // empty: all
  std::vector<MemberId> members;           // admitted by name

  void encode(codec::Writer& writer) const;
  static Result<Admission> decode(codec::Reader& reader);
  friend bool operator==(const Admission&, const Admission&) = default;
};

// Where the channel's earlier group was left (docs/ARCHITECTURE.md, restart).
struct Predecessor {
  Bytes group_id;
  Epoch epoch;
  Digest confirmed_transcript_hash;
  Seq seq;
  Hash32 head;

  void encode(codec::Writer& writer) const;
  static Result<Predecessor> decode(codec::Reader& reader);
  friend bool operator==(const Predecessor&, const Predecessor&) = default;
};

struct ChannelPolicy {
  ChannelId channel;
  MemberId creator;
  std::optional<Predecessor> predecessor;
  ChannelKind kind{};
  History history{};
  bool self_join = false;
  Admission admission;
  std::vector<roster::Role> posts;
  std::vector<roster::Role> adds;
  std::vector<roster::Role> removes;
  std::vector<roster::Role> admits;

  // The board everybody is on: all six roles, the statuses 1 to 3, every country.
  bool is_general_board() const;

  Bytes encoded() const;
  void encode(codec::Writer& writer) const;
  // A decoded policy is well formed: known numbers, ordered lists, and what its kind demands (a country channel has
  // exactly one country, a direct one exactly its two members, self_join only on boards and network channels).
  // Errors: unknown_version, malformed, too_large, truncated, trailing_bytes.
  static Result<ChannelPolicy> decode(codec::Reader& reader);
  static Result<ChannelPolicy> decode_all(BytesView bytes);
  // The policy in a group's extensions. Errors: policy_violation (R-POL-01: none), and those of decode.
  static Result<ChannelPolicy> of(const mls::ExtensionList& extensions);
  friend bool operator==(const ChannelPolicy&, const ChannelPolicy&) = default;
};

// What `encuentro channel create` and `network found` begin with: admission, posts, adds, removes and admits as usual
// for the kind. `countries` counts for network, committee and country; `members` for direct and by name elsewhere.
struct PolicyWish {
  ChannelId channel;
  MemberId creator;
  ChannelKind kind{};
  History history = History::shared;
  bool self_join = false;
  std::vector<roster::Country> countries;
  std::vector<roster::Role> roles;  // empty: the kind's usual ones
  std::vector<MemberId> members;
};
// Errors: malformed (what the kind doesn't allow).
Result<ChannelPolicy> make_policy(const PolicyWish& wish);
ChannelPolicy general_board(const ChannelId& channel, const MemberId& founder);
ChannelPolicy focal_points_board(const ChannelId& channel, const MemberId& founder);

}  // namespace encuentro::policy
