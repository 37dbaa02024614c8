#include "client/core/channel.h"

#include <algorithm>

#include "protocol/base/limits.h"

namespace encuentro::client::core {
namespace {

std::string row_prefix(const Channel& channel) { return "ch/" + to_hex(channel.id.view()) + "/"; }

// Numbers as fixed hex, so that rows come back in their order.
std::string place_text(std::uint64_t number) {
  codec::Writer w;
  w.u64(number);
  return to_hex(w.view());
}

constexpr std::string_view refused = "refused/";
std::string refusal_row(const Channel& channel, const RecordId& id) {
  return row_prefix(channel) + std::string(refused) + to_hex(id.view());
}

// What of a record isn't in its log row.
struct StoredSignature {
  Seq seq;
  crypto::Ed25519Signature signature;
  static constexpr auto fields = std::tuple(&StoredSignature::seq, &StoredSignature::signature);
};

struct StoredRecord {
  Seq seq;
  RecordId id;
  DeviceId device;
  MemberId member;
  RosterSeq roster_seq;
  Timestamp stored;
  Reading reading{};
  Code problem{};
  std::uint16_t kind = 0;
  Bytes content;
  static constexpr auto fields =
      std::tuple(&StoredRecord::seq, &StoredRecord::id, &StoredRecord::device, &StoredRecord::member,
                 &StoredRecord::roster_seq, &StoredRecord::stored, &StoredRecord::reading, &StoredRecord::problem,
                 &StoredRecord::kind, &StoredRecord::content);
};

struct StoredCommitment {
  EpochKey at;
  Commitment commitment;
  static constexpr auto fields = std::tuple(&StoredCommitment::at, &StoredCommitment::commitment);
};

struct StoredChannel {
  ChannelState state{};
  Bytes group;  // PublicGroup, empty before `create`
  Bytes policy;
  Bytes group_info;
  RosterSeq roster_floor;
  std::vector<MemberId> leaving;
  std::vector<DeviceId> former;
  bool admission_to_accept = false;
  bool was_in = false;
  std::vector<StoredCommitment> commitments;
  std::vector<KnownLink> links;
  static constexpr auto fields = std::tuple(
      &StoredChannel::state, &StoredChannel::group, &StoredChannel::policy, &StoredChannel::group_info,
      &StoredChannel::roster_floor, &StoredChannel::leaving, &StoredChannel::former,
      &StoredChannel::admission_to_accept, &StoredChannel::was_in, &StoredChannel::commitments, &StoredChannel::links);
};

// A place's account beside its row.
struct StoredPlace {
  LogRow row;
  Hash32 hash;
  DeviceId device;
  RecordId id;
  Seq seen;
  static constexpr auto fields =
      std::tuple(&StoredPlace::row, &StoredPlace::hash, &StoredPlace::device, &StoredPlace::id, &StoredPlace::seen);
};

struct StoredKey {
  EpochKey at;
  Bytes key;
  static constexpr auto fields = std::tuple(&StoredKey::at, &StoredKey::key);
};

struct StoredBlob {
  Seq seq;
  Bytes bytes;
  static constexpr auto fields = std::tuple(&StoredBlob::seq, &StoredBlob::bytes);
};

Status load_blob(Channel& channel, std::string_view hex, BytesView value) {
  Bytes id;
  if (!from_hex(hex, id) || id.size() != BlobId::bytes) return fail(Code::malformed, "row name");
  TRY(StoredBlob stored, decode_fields<StoredBlob>(value));
  channel.kept_blobs[BlobId(id)] = stored.seq;
  channel.blobs.insert_or_assign(BlobId(id), std::move(stored.bytes));
  return {};
}

Status load_state(Channel& channel, BytesView value) {
  TRY(StoredChannel stored, decode_fields<StoredChannel>(value));
  channel.state = stored.state;
  if (!stored.group.empty()) {
    codec::Reader r(stored.group);
    TRY(auto group, mls::PublicGroup::decode(r));
    channel.group.emplace(std::move(group));
    TRY(channel.policy, policy::ChannelPolicy::decode_all(stored.policy));
  }
  channel.group_info = std::move(stored.group_info);
  channel.roster_floor = stored.roster_floor;
  channel.leaving.insert(stored.leaving.begin(), stored.leaving.end());
  channel.former.insert(stored.former.begin(), stored.former.end());
  channel.admission_to_accept = stored.admission_to_accept;
  channel.was_in = stored.was_in;
  for (auto& [at, commitment] : stored.commitments) channel.commitments.emplace(at, commitment);
  channel.links = std::move(stored.links);
  return {};
}

Status load_place(Channel& channel, BytesView value) {
  TRY(StoredPlace stored, decode_fields<StoredPlace>(value));
  channel.log.restore({stored.hash, stored.device, stored.id, stored.seen});
  channel.rows.push_back(std::move(stored.row));
  return {};
}

Status load_record(Channel& channel, BytesView value) {
  TRY(StoredRecord stored, decode_fields<StoredRecord>(value));
  Record record{stored.seq,    stored.id,      stored.device,  stored.member, stored.roster_seq,
                stored.stored, stored.reading, stored.problem, stored.kind,   {}};
  if (stored.reading == Reading::opened) {
    TRY(record.content, content::decode_content(stored.content));
  }
  channel.records.push_back(std::move(record));
  return {};
}

Status load_key(Channel& channel, BytesView value) {
  TRY(StoredKey stored, decode_fields<StoredKey>(value));
  if (stored.key.size() != content::ArchiveKey::bytes) return fail(Code::malformed, "archive key");
  channel.keys.emplace(stored.at, content::ArchiveKey(stored.key));
  wipe(stored.key.data(), stored.key.size());
  return {};
}

Status load_outbox(Channel& channel, BytesView value) {
  TRY(OutboxItem item, decode_fields<OutboxItem>(value));
  channel.next_order = std::max(channel.next_order, item.order + 1);
  channel.outbox.emplace(item.id, std::move(item));
  return {};
}

Status load_refusal(Channel& channel, std::string_view record, BytesView value) {
  Bytes id;
  if (record.size() != 2 * RecordId::bytes || !from_hex(record, id)) return fail(Code::malformed, "row name");
  auto found = channel.outbox.find(RecordId(id));
  if (found == channel.outbox.end()) return fail(Code::malformed, "refused");
  TRY(found->second.refused, decode_fields<Failure>(value));
  return {};
}

const Occupants& occupants_of(const Channel& channel) {
  static const Occupants nobody;
  if (!channel.group) return nobody;
  Occupants& known = channel.occupants;
  const Digest& tree_hash = channel.group->context().tree_hash;
  if (known.tree_hash == tree_hash) return known;
  known = {tree_hash, {}, {}, {}};
  for (const auto& placed : policy::leaves_of(channel.group->tree())) {
    auto identity = policy::LeafIdentity::of(placed.leaf.credential);
    if (!identity) continue;
    known.devices.push_back(identity->device);
    known.device_set.insert(identity->device);
    known.members.insert(identity->member);
  }
  return known;
}

}  // namespace

const std::vector<DeviceId>& devices_of(const Channel& channel) { return occupants_of(channel).devices; }
const std::set<MemberId>& members_of(const Channel& channel) { return occupants_of(channel).members; }
bool has_leaf(const Channel& channel, const DeviceId& device) {
  return occupants_of(channel).device_set.contains(device);
}

void store_channel(Vault& vault, const Channel& channel) {
  StoredChannel stored;
  stored.state = channel.state;
  if (channel.group) {
    codec::Writer w;
    channel.group->encode(w);
    stored.group = w.take();
    stored.policy = channel.policy.encoded();
  }
  stored.group_info = channel.group_info;
  stored.roster_floor = channel.roster_floor;
  stored.leaving.assign(channel.leaving.begin(), channel.leaving.end());
  stored.former.assign(channel.former.begin(), channel.former.end());
  stored.admission_to_accept = channel.admission_to_accept;
  stored.was_in = channel.was_in;
  for (const auto& [at, commitment] : channel.commitments) stored.commitments.push_back({at, commitment});
  stored.links = channel.links;
  vault.put(row_prefix(channel) + "state", encode_fields(stored));
  vault.put(row_prefix(channel) + "upkeep", encode_fields(channel.upkeep));
}

void store_admission(Vault& vault, const Channel& channel) {
  std::string name = row_prefix(channel) + "admission";
  if (channel.unseen_admission) {
    vault.put(name, encode_fields(*channel.unseen_admission));
  } else {
    vault.erase(name);
  }
}

void store_member(Vault& vault, const Channel& channel) {
  std::string name = row_prefix(channel) + "group";
  if (channel.member) {
    vault.put(name, channel.member->encode().view());
  } else {
    vault.erase(name);
  }
}

void store_place(Vault& vault, const Channel& channel, Seq seq) {
  auto place = channel.log.place(seq);
  vault.put(row_prefix(channel) + "place/" + place_text(seq.value),
            encode_fields(StoredPlace{channel.rows[seq.value - 1], place.hash, place.device, place.id, place.seen}));
}

void store_record(Vault& vault, const Channel& channel, const Record& record) {
  StoredRecord stored{record.seq,    record.id,      record.device,  record.member, record.roster_seq,
                      record.stored, record.reading, record.problem, record.kind,   {}};
  if (record.reading == Reading::opened) stored.content = content::encode(record.content);
  vault.put(row_prefix(channel) + "record/" + place_text(record.seq.value), encode_fields(stored));
}

void store_signature(Vault& vault, const Channel& channel, Seq seq) {
  vault.put(row_prefix(channel) + "signed/" + place_text(seq.value),
            encode_fields(StoredSignature{seq, channel.signatures.at(seq)}));
}

void store_erasure(Vault& vault, const Channel& channel, const Erasure& erasure) {
  vault.put(row_prefix(channel) + "erased/" + place_text(erasure.seq.value), encode_fields(erasure));
}

void store_key(Vault& vault, const Channel& channel, const EpochKey& at) {
  const content::ArchiveKey& key = channel.keys.at(at);
  StoredKey stored{at, to_bytes(key.view())};
  std::string name = row_prefix(channel) + "key/" + to_hex(at.group_id) + "/" + place_text(at.epoch);
  Bytes bytes = encode_fields(stored);
  vault.put(name, bytes);
  wipe(stored.key.data(), stored.key.size());
  wipe(bytes.data(), bytes.size());
}

void store_outbox(Vault& vault, const Channel& channel, const OutboxItem& item) {
  vault.put(row_prefix(channel) + "out/" + to_hex(item.id.view()), encode_fields(item));
}

void store_blob(Vault& vault, Channel& channel, const BlobId& id, Seq seq) {
  auto row = [&](const BlobId& blob) { return row_prefix(channel) + "blob/" + to_hex(blob.view()); };
  channel.kept_blobs[id] = seq;
  vault.put(row(id), encode_fields(StoredBlob{seq, channel.blobs.at(id)}));
  if (channel.kept_blobs.size() <= blobs_kept_max) return;
  auto oldest = std::min_element(channel.kept_blobs.begin(), channel.kept_blobs.end(),
                                 [](const auto& a, const auto& b) { return a.second < b.second; });
  vault.erase(row(oldest->first));
  channel.kept_blobs.erase(oldest);
}

void erase_outbox(Vault& vault, const Channel& channel, const RecordId& id) {
  vault.erase(row_prefix(channel) + "out/" + to_hex(id.view()));
  auto found = channel.outbox.find(id);
  if (found != channel.outbox.end() && found->second.refused) vault.erase(refusal_row(channel, id));
}

void store_refusal(Vault& vault, const Channel& channel, const OutboxItem& item) {
  std::string name = refusal_row(channel, item.id);
  item.refused ? vault.put(name, encode_fields(*item.refused)) : vault.erase(name);
}

void erase_member(Vault& vault, Channel& channel) {
  channel.member.reset();
  store_member(vault, channel);
}

std::string title_of(const Channel& channel) {
  auto is_title = [](const Record& record) {
    return record.reading == Reading::opened && record.kind == static_cast<std::uint16_t>(content::Kind::channel_info);
  };
  auto newest = std::find_if(channel.records.rbegin(), channel.records.rend(), is_title);
  return newest == channel.records.rend() ? std::string{} : newest->content.title;
}

std::optional<AdmissionChange> admission_change(const Channel& channel) {
  if (!channel.admission_to_accept || !channel.unseen_admission) return std::nullopt;
  auto before = policy::ChannelPolicy::decode_all(channel.unseen_admission->before);
  if (!before) return std::nullopt;
  return AdmissionChange{channel.unseen_admission->by, std::move(before->admission)};
}

Status load_channel_row(Channel& channel, std::string_view rest_of_name, BytesView value) {
  if (rest_of_name == "state") return load_state(channel, value);
  if (rest_of_name.starts_with("erased/")) {
    TRY(Erasure erasure, decode_fields<Erasure>(value));
    channel.erasures.push_back(std::move(erasure));
    return {};
  }
  if (rest_of_name == "upkeep") {
    TRY(channel.upkeep, decode_fields<Upkeep>(value));
    return {};
  }
  if (rest_of_name == "admission") {
    TRY(channel.unseen_admission, decode_fields<UnseenAdmission>(value));
    return {};
  }
  if (rest_of_name == "group") {
    TRY(auto group, mls::member::Group::decode(value));
    channel.member.emplace(std::move(group));
    return {};
  }
  if (rest_of_name.starts_with("place/")) return load_place(channel, value);
  if (rest_of_name.starts_with("record/")) return load_record(channel, value);
  if (rest_of_name.starts_with("signed/")) {
    TRY(auto stored, decode_fields<StoredSignature>(value));
    channel.signatures[stored.seq] = stored.signature;
    return {};
  }
  if (rest_of_name.starts_with("blob/")) return load_blob(channel, rest_of_name.substr(5), value);
  if (rest_of_name.starts_with("key/")) return load_key(channel, value);
  if (rest_of_name.starts_with("out/")) return load_outbox(channel, value);
  // "refused/" comes after "out/".
  if (rest_of_name.starts_with(refused)) return load_refusal(channel, rest_of_name.substr(refused.size()), value);
  return fail(Code::malformed, "row name");
}

}  // namespace encuentro::client::core
