#include "server/service/channel.h"

#include <algorithm>

#include "protocol/base/limits.h"
#include "server/service/partitions.h"
#include "server/service/stored_entry.h"

namespace encuentro::server::service {

namespace {

using record::EntryKind;

template <class T>
bool contains(const std::vector<T>& items, const T& item) {
  return std::find(items.begin(), items.end(), item) != items.end();
}

Bytes request_id_of(const record::EntryHeader& header) {
  Bytes id = to_bytes(header.device.view());
  id.insert(id.end(), header.id.view().begin(), header.id.view().end());
  return id;
}

}  // namespace

Bytes Upload::encode() const {
  codec::Writer w;
  w.id(device);
  w.id(member);
  w.u64(static_cast<std::uint64_t>(begun.ms));
  return w.take();
}
Result<Upload> Upload::decode(BytesView bytes) {
  return codec::decode_all<Upload>(bytes, [](codec::Reader& r) -> Result<Upload> {
    Upload upload;
    TRY(upload.device, r.id<DeviceId>());
    TRY(upload.member, r.id<MemberId>());
    TRY(const std::uint64_t begun, r.u64());
    upload.begun = Timestamp{static_cast<std::int64_t>(begun)};
    return upload;
  });
}

std::optional<api::Relation> Channel::relation(const roster::View& newest, const DeviceId& device) const {
  if (!founded() || !policy::admitted_device(policy_, newest, device)) return std::nullopt;
  MemberId member = newest.device(device)->member;
  bool of_member = false;
  for (const auto& leaf : leaves_) {
    if (leaf.device == device) return api::Relation::leaf;
    of_member = of_member || leaf.member == member;
  }
  // First: a further device needs nobody online where everybody enters by oneself.
  if (policy_.self_join || contains(held_before_restart_, device)) return api::Relation::may_join;
  if (of_member) return api::Relation::member;
  return std::nullopt;
}

api::ChannelHead Channel::channel_head(api::Relation relation) const {
  return {id(), head(), at(), policy_.encoded(), relation};
}

Status Channel::begin_upload(const UploadId& id, const Upload& upload) {
  auto [found, fresh] = uploads_.try_emplace(id, upload);
  if (fresh) open_uploads_.insert(id);
  if (fresh || (found->second.device == upload.device && !found->second.pinned)) return {};
  return fail(Code::already_exists, "R-SRV-31");
}
void Channel::forget_upload(const UploadId& id) {
  uploads_.erase(id);
  open_uploads_.erase(id);
}
void Channel::load_upload(const UploadId& id, const Upload& upload) {
  uploads_[id] = upload;
  if (!upload.pinned) open_uploads_.insert(id);
}
std::size_t Channel::open_uploads(const MemberId& member) const {
  const auto is_theirs = [&](const UploadId& id) { return uploads_.at(id).member == member; };
  return static_cast<std::size_t>(std::ranges::count_if(open_uploads_, is_theirs));
}
const Upload* Channel::upload(const UploadId& id) const {
  auto found = uploads_.find(id);
  return found == uploads_.end() ? nullptr : &found->second;
}

void Channel::count_upload(const UploadId& id, std::uint64_t bytes) {
  if (auto found = uploads_.find(id); found != uploads_.end()) found->second.stored_bytes += bytes;
}
std::vector<UploadId> Channel::expire_uploads(Timestamp begun_by) {
  std::vector<UploadId> expired;
  for (const auto& id : open_uploads_) {
    if (uploads_.at(id).begun <= begun_by) expired.push_back(id);
  }
  for (const auto& id : expired) forget_upload(id);
  return expired;
}

// R-SRV-10 to 14: whose it is and what it stands on.
Status Channel::judge_envelope(const Scene& scene, const roster::Roster& roster) const {
  const auto& header = scene.header;
  if (header.network != network_ || header.channel != id()) return fail(Code::wrong_group, "R-SRV-10");
  auto named = roster.head_at(header.roster.seq);
  if (named->hash != header.roster.hash) return fail(Code::fork, "R-SRV-11");
  if (header.roster.seq < named_) return fail(Code::stale_roster, "R-SRV-12", named_.value, header.roster.seq.value);
  const Hash32* own = log_.hash_at(header.seen.seq);
  if (own == nullptr) return fail(Code::gap, "R-SRV-13", head().seq.value, header.seen.seq.value);
  if (*own != header.seen.hash) return fail(Code::fork, "R-SRV-13", header.seen.seq.value);
  auto device = scene.view.device(header.device);
  if (!device) return fail(Code::unknown_device, "R-SRV-14");
  auto today = scene.newest.device(header.device);
  bool gone = device->standing == roster::Standing::gone || today->standing == roster::Standing::gone;
  if (gone) return fail(Code::revoked, "R-SRV-14");
  if (!scene.entry.verify(device->key)) return fail(Code::bad_signature, "R-SRV-14");
  return {};
}

// R-SRV-15: the group and epoch that are current.
Status Channel::judge_place(const Scene& scene) const {
  if (!founded()) return fail(Code::unknown_channel, "R-SRV-20");
  if (scene.header.at.group_id != group_->context().group_id) return fail(Code::wrong_group, "R-SRV-15");
  Epoch current = group_->context().epoch, named = scene.header.at.epoch;
  if (named != current) return fail(Code::epoch_changed, "R-SRV-15", current.value, named.value);
  return {};
}

Status Channel::demand_leaf(const Scene& scene) const {
  auto own = [&](const policy::LeafIdentity& leaf) { return leaf.device == scene.header.device; };
  return std::any_of(leaves_.begin(), leaves_.end(), own) ? Status{} : fail(Code::not_a_member, "R-SRV-16");
}

Result<Accepted> Channel::accept(const record::LogEntry& entry, BytesView bytes, const ResolvedParts& parts,
                                 const roster::Roster& roster, Origin origin, Timestamp now) {
  const auto& header = entry.header;
  auto view = roster.at(header.roster.seq);
  if (!view) return fail(Code::roster_changed, "R-SRV-11", roster.head().seq.value, header.roster.seq.value);
  roster::View newest = origin == Origin::handed_back ? *view : roster.newest();
  Scene scene{entry, header, *view, newest, origin, now};
  TRY_OK(judge_envelope(scene, roster));
  // What every reader would raise an alarm at is not let in.
  if (auto evidence = log_.judge({head().seq.next(), bytes}, {})) return fail(evidence->what, "R-SRV-13");
  TRY(record::Body body, entry.parsed());
  if (record::kind_of(body) != EntryKind::create) TRY_OK(judge_place(scene));

  Accepted accepted;
  record::LogHead before = head();
  std::uint64_t epoch_before = founded() ? group_->context().epoch.value : 0;
  if (const auto* create = std::get_if<record::CreateBody>(&body)) {
    TRY_OK(take(scene, *create, accepted));
  } else if (const auto* commit = std::get_if<record::CommitBody>(&body)) {
    TRY_OK(take(scene, *commit, parts, accepted));
  } else {
    TRY_OK(demand_leaf(scene));
    if (const auto* sealed = std::get_if<record::RecordBody>(&body)) TRY_OK(take(scene, *sealed, accepted));
    if (const auto* link = std::get_if<record::LinkBody>(&body)) TRY_OK(judge(scene, *link));
    if (const auto* leave = std::get_if<record::LeaveBody>(&body)) TRY_OK(take(scene, *leave, accepted));
    if (const auto* erase = std::get_if<record::DeleteBody>(&body)) TRY_OK(take(scene, *erase, accepted));
  }
  log_.append({head().seq.next(), bytes});
  named_ = header.roster.seq;
  accepted.head = head();
  auto& change = accepted.change;
  change.partition = channel_partition(id());
  change.guards.push_back(storage::HeadIs{{before.seq.value, epoch_before}});
  change.writes.push_back(storage::Append{request_id_of(header), StoredEntry{now, accepted.head.hash, bytes}.encode()});
  if (accepted.group_changed) change.writes.push_back(storage::SetEpoch{group_->context().epoch.value});
  return accepted;
}

// R-SRV-28, 31.
Status Channel::take(const Scene& scene, const record::RecordBody& body, Accepted& accepted) {
  TRY_OK(policy::may_post(policy_, scene.view, scene.header.device));
  if (!policy::may_post(policy_, scene.newest, scene.header.device)) {
    return fail(Code::roster_changed, "R-SRV-17", scene.newest.head().seq.value, scene.header.roster.seq.value);
  }
  const auto* sealed = std::get_if<record::MlsSealed>(&body.sealed);
  if ((sealed != nullptr) != (policy_.history == policy::History::sealed)) return fail(Code::malformed, "R-SRV-28");
  if (sealed != nullptr) {
    TRY(auto message, mls::decoded<mls::MlsMessage>(sealed->mls_message));
    const auto* hidden = message.as<mls::PrivateMessage>();
    bool fits = hidden != nullptr && hidden->content_type == mls::ContentType::application &&
                hidden->group_id == scene.header.at.group_id && hidden->epoch == scene.header.at.epoch;
    if (!fits) return fail(Code::malformed, "R-SRV-28");
  }
  for (const auto& id : body.pins) {
    const Upload* found = upload(id);
    const bool lost = found == nullptr && scene.origin == Origin::handed_back;
    const bool own = found != nullptr && found->device == scene.header.device;
    if (!lost && !own) return fail(Code::not_found, "R-SRV-31");
  }
  const MemberId member = scene.view.device(scene.header.device)->member;
  for (const auto& id : body.pins) {
    Upload& upload = uploads_.try_emplace(id, Upload{scene.header.device, member, scene.now}).first->second;
    upload.pinned = true;
    open_uploads_.erase(id);
    accepted.change.writes.push_back(storage::Erase{upload_key(id)});
    accepted.change.writes.push_back(storage::Put{pin_key(id), upload.encode()});
  }
  return {};
}

// R-SRV-30: towards an epoch there has been, from an older one.
Status Channel::judge(const Scene& scene, const record::LinkBody& body) const {
  const auto& link = body.link;
  bool fits = policy_.history == policy::History::shared && link.newer.group_id == scene.header.at.group_id &&
              link.newer.epoch <= scene.header.at.epoch;
  if (link.older.group_id == link.newer.group_id) fits = fits && link.older.epoch < link.newer.epoch;
  return fits ? Status{} : fail(Code::bad_link, "R-SRV-30");
}

Status Channel::take(const Scene& scene, const record::LeaveBody&, Accepted& accepted) {
  MemberId member = scene.view.device(scene.header.device)->member;
  if (!contains(leaving_, member)) leaving_.push_back(member);
  write_state(accepted);
  return {};
}

// R-SRV-31: its author, or whom the policy lets remove.
Status Channel::take(const Scene& scene, const record::DeleteBody& body, Accepted& accepted) {
  MemberId member = scene.view.device(scene.header.device)->member;
  bool may_remove = policy::may_remove(policy_, scene.view, scene.header.device).has_value();
  for (const auto& id : body.uploads) {
    const Upload* found = upload(id);
    if (found == nullptr && scene.origin == Origin::handed_back) continue;
    if (found == nullptr) return fail(Code::not_found, "R-SRV-31");
    if (found->member != member && !may_remove) return fail(Code::not_allowed, "R-SRV-31");
  }
  for (const auto& id : body.uploads) {
    uploads_.erase(id);
    accepted.change.writes.push_back(storage::Erase{upload_key(id)});
    accepted.change.writes.push_back(storage::Erase{pin_key(id)});
  }
  return {};
}

}  // namespace encuentro::server::service
