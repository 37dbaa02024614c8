// What each entry of the roster says (docs/FORMATS.md §2). Who may say it is judged in rules.h. A decoded body is well
// formed: numbers known, lists ascending, lengths within limits.h.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "protocol/crypto/signature.h"
#include "protocol/roster/roles.h"

namespace encuentro::roster {

using crypto::Ed25519PublicKey;
using RootKeyId = Id<struct RootKeyTag, 16>;

// First 16 bytes of H("device id", key) and H("root key id", key).
DeviceId device_id(const Ed25519PublicKey& key);
RootKeyId root_key_id(const Ed25519PublicKey& key);

// A name under the network's directory key, which nothing in this folder opens (client/core does).
struct SealedName {
  Salt salt;
  Commitment commitment;
  Bytes ciphertext;

  void encode(codec::Writer& writer) const;
  static Result<SealedName> decode(codec::Reader& reader);
  friend bool operator==(const SealedName&, const SealedName&) = default;
};

struct DeviceRecord {
  Ed25519PublicKey key;
  DeviceKind kind{};
  SealedName label;  // subject: the DeviceId

  DeviceId id() const { return device_id(key); }
  void encode(codec::Writer& writer) const;
  static Result<DeviceRecord> decode(codec::Reader& reader);
  friend bool operator==(const DeviceRecord&, const DeviceRecord&) = default;
};

struct RootSet {
  std::uint8_t threshold = 0;          // 1 .. keys.size()
  std::vector<Ed25519PublicKey> keys;  // ascending, distinct, 1 .. limits::roots_max

  const Ed25519PublicKey* find(const RootKeyId& id) const;
  void encode(codec::Writer& writer) const;
  static Result<RootSet> decode(codec::Reader& reader);
  friend bool operator==(const RootSet&, const RootSet&) = default;
};

struct GenesisBody {
  NetworkId id;
  SealedName network_name;  // subject: the network id
  RootSet roots;
  Hash32 directory_commitment;  // H("directory key", key)
  MemberId founder;
  SealedName founder_name;
  DeviceRecord device;
};

struct RootsBody {
  RootSet new_roots;
};

// A whole country as it stands from here on; the first one makes the seat.
struct CountryBody {
  Country code;
  CountryStatus status{};
  Voice voice{};
  std::string name;
  std::vector<std::string> institutions;
  std::string decision;  // what the change of status cites
};

struct MemberBody {  // a new name
  MemberId member;
  SealedName name;
};

enum class RoleAction : std::uint8_t { confirm = 1, countersign = 2, relieve = 3, end = 4 };

struct RoleBody {
  MemberId member;
  RoleAction action{};
  RoleGrant grant;                    // confirm, countersign, end: the member's own; relieve: what the successor gets
  std::optional<MemberId> successor;  // relieve only
  std::optional<DeviceId> device;     // confirm only: this device of the member, not the person
  Timestamp start;                    // relieve: the successor's duties begin
  Timestamp end;                      // relieve, end: the member's end
};

// The last two are of links only: an access sheet (the secret is the sheet's own), and where a re-entry begins.
enum class InvitePurpose : std::uint8_t { member = 1, device = 2, sheet = 3, re_entry = 4 };

struct InviteBody {
  InviteId id;
  InvitePurpose purpose{};
  MemberId member;  // purpose member: new to the roster
  RoleGrant grant;  // purpose device: the member's own
  SealedName name;  // subject: the member id
  Timestamp expires;
  Ed25519PublicKey link_key;
  std::optional<Ed25519PublicKey> code_key;
  std::optional<DeviceKind> device_kind;  // 0 on the wire: native or browser
  std::string designation;
};

struct AcceptBody {
  InviteId invite;
  MemberId member;
  DeviceRecord device;
};

enum class DeviceAction : std::uint8_t { vouch = 1, re_enter = 2 };

struct DeviceBody {
  MemberId member;
  DeviceAction action{};
  DeviceRecord device;
  Bytes directory_key_sealed;
};

enum class RevokeTarget : std::uint8_t { device = 1, member = 2, invite = 3 };

struct RevokeBody {
  RevokeTarget target{};
  std::array<std::uint8_t, 16> id{};
  RosterSeq since;  // from which place on the target isn't trusted
  std::uint8_t reason = 0;

  DeviceId device() const { return DeviceId(id); }
  MemberId member() const { return MemberId(id); }
  InviteId invite() const { return InviteId(id); }
};

struct ServerBody {
  Hash32 spki;
  std::optional<Hash32> next_spki;
  std::vector<std::string> addresses;
};

struct ReleaseBody {
  std::string version;
  std::vector<Hash32> hashes;
};

struct CheckpointBody {};

// In the order of the types, which begin at 1.
using Body = std::variant<GenesisBody, RootsBody, CountryBody, MemberBody, RoleBody, InviteBody, AcceptBody, DeviceBody,
                          RevokeBody, ServerBody, ReleaseBody, CheckpointBody>;

enum class EntryType : std::uint16_t {
  genesis = 1,
  roots,
  country,
  member,
  role,
  invite,
  accept,
  device,
  revoke,
  server,
  release,
  checkpoint,
};

constexpr bool is_known(EntryType type) { return type >= EntryType::genesis && type <= EntryType::checkpoint; }
inline EntryType type_of(const Body& body) { return static_cast<EntryType>(body.index() + 1); }

Bytes encode_body(const Body& body);
// Errors: unknown_kind, malformed, truncated, trailing_bytes, too_large.
Result<Body> decode_body(EntryType type, BytesView bytes);

}  // namespace encuentro::roster
