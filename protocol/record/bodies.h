// What each kind of log entry holds (FORMATS §5). All of it is clear to the server, except ciphertexts.
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "protocol/record/heads.h"
#include "protocol/record/part.h"

namespace encuentro::record {

enum class EntryKind : std::uint8_t { create = 1, commit = 2, record = 3, link = 4, leave = 5, erase = 6, report = 7 };

// The older archive key sealed under the newer one; runs from newer to older only.
struct Link {
  GroupEpoch older;
  GroupEpoch newer;
  Salt salt;
  Commitment commitment;
  Bytes ciphertext;
  friend bool operator==(const Link&, const Link&) = default;

  void encode(codec::Writer& w) const;
  static Result<Link> decode(codec::Reader& r);
};

// MLSMessage(GroupInfo) of epoch 0: one leaf, with ratchet_tree, external_pub and (shared) archive commitment.
struct CreateBody {
  Bytes group_info;
};

struct CommitBody {
  Part commit;      // MLSMessage(PublicMessage)
  Part group_info;  // MLSMessage(GroupInfo) of the new epoch, without the tree
  std::optional<Part> welcome;
  std::vector<DeviceId> added;  // in the order of the Add proposals
  std::optional<Link> link;
};

struct SharedSealed {
  Salt salt;
  Commitment commitment;
  Bytes ciphertext;
};
struct MlsSealed {
  Bytes mls_message;
};
struct RecordBody {
  std::variant<SharedSealed, MlsSealed> sealed;
  std::vector<UploadId> pins;
};

struct LinkBody {
  Link link;
};
struct LeaveBody {};
struct DeleteBody {
  std::vector<UploadId> uploads;
  RecordId target;
};
// A Commit that the server ordered and a member had to reject.
struct ReportBody {
  Seq seq;
  Hash32 entry;  // SHA-256 of the rejected LogEntry
  std::uint16_t code = 0;
  std::string rule;
};

using Body = std::variant<CreateBody, CommitBody, RecordBody, LinkBody, LeaveBody, DeleteBody, ReportBody>;

EntryKind kind_of(const Body& body);
Bytes encode_body(const Body& body);
// Errors: unknown_kind (set aside, the log goes on), and those of the decoder.
Result<Body> decode_body(std::uint8_t kind, BytesView bytes);

}  // namespace encuentro::record
