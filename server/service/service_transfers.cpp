// Tokens for blobs and chunks, quotas, and the bytes themselves.
#include "server/service/blob_holder.h"
#include "server/service/partitions.h"
#include "server/service/service.h"

namespace encuentro::server::service {

void Service::give_token(const Call& call, Grant grant) {
  std::string token = tokens_.issue(grant, ports_.now());
  reply(call, api::TokenReply{std::move(token), grant.expires});
}

void Service::upload_begin(const Call& call, Session& caller, const api::UploadBegin& request) {
  Channel* channel = channels_.find(request.channel);
  auto view = rosters_.roster().newest();
  if (channel == nullptr || !relation(caller, request.channel)) return refuse(call, {Code::not_admitted, "R-SRV-50"});
  if (auto may = policy::may_post(channel->policy(), view, caller.device); !may) return refuse(call, may.error());
  if (request.bytes == 0 || request.bytes > options_.rates.upload_bytes_max) {
    return refuse(call, {Code::too_large, "R77", options_.rates.upload_bytes_max, request.bytes});
  }
  Grant grant{caller.device, request.channel, api::Direction::put, request.upload, {}, request.bytes, {}};
  Upload upload{caller.device, caller.person, ports_.now()};
  const auto country = rosters_.roster().newest().member(caller.person)->grant.country;
  if (channel->upload(request.upload) == nullptr) {
    const std::size_t open = channels_.open_uploads(caller.person);
    if (open >= options_.rates.open_uploads_per_member) {
      return refuse(call, {Code::too_many, "R77", options_.rates.open_uploads_per_member, open + 1});
    }
    if (auto fits = quotas_.admit(country, caller.person, request.bytes); !fits) return refuse(call, fits.error());
  } else if (auto booked = quotas_.bookings().find(request.upload); booked != quotas_.bookings().end()) {
    grant.bytes = booked->second.bytes;  // a second beginning books nothing
  }
  bool again = channel->upload(request.upload) != nullptr;
  if (auto begun = channel->begin_upload(request.upload, upload); !begun) return refuse(call, begun.error());
  if (again) return give_token(call, grant);
  book_quota(call, {country, request.bytes, caller.person, request.channel}, upload, grant);
}

// The country's bytes first, then the upload: what a crash leaves between is given back by the next sweep.
void Service::book_quota(const Call& call, const Booking& booking, const Upload& upload, const Grant& grant) {
  auto refused = [this, call, grant](const Error& error) {
    if (Channel* channel = channels_.find(grant.channel)) channel->forget_upload(*grant.upload);
    refuse(call, error);
  };
  auto begun = [this, call, grant, refused](Result<storage::CommitResult> result) {
    if (!result) return refused(result.error());
    give_token(call, grant);
  };
  quotas_.book(*grant.upload, booking, [this, grant, upload, begun, refused](Result<void> booked) {
    if (!booked) return refused(booked.error());
    storage::ChangeSet change{channel_partition(grant.channel), {}, {}};
    change.writes.push_back(storage::Put{upload_key(*grant.upload), upload.encode()});
    ports_.store.commit(std::move(change), posted<storage::CommitResult>(ports_, begun));
  });
}

void Service::download_begin(const Call& call, Session& caller, const api::DownloadBegin& request) {
  if (!relation(caller, request.channel)) return refuse(call, {Code::not_admitted, "R-SRV-50"});
  give_token(call, {caller.device, request.channel, api::Direction::get, {}, {}, 0, {}});
}

// Parts of entries above limits::inline_part_bytes_max. A device may put one for a channel that it creates: then there
// is none yet.
void Service::blob_begin(const Call& call, Session& caller, const api::BlobBegin& request) {
  bool exists = channels_.find(request.channel) != nullptr;
  bool put = request.direction == api::Direction::put;
  if ((exists || !put) && !relation(caller, request.channel)) return refuse(call, {Code::not_admitted, "R-SRV-50"});
  if (put && (request.bytes == 0 || request.bytes > limits::blob_bytes_max)) {
    return refuse(call, {Code::too_large, "R77", limits::blob_bytes_max, request.bytes});
  }
  if (put && !message_rate_[caller.device].take(ports_.now(), options_.rates.messages_per_second,
                                                options_.rates.messages_burst)) {
    return refuse(call, {Code::too_many, "R75"});
  }
  give_token(call, {caller.device, request.channel, request.direction, {}, request.blob, request.bytes, {}});
}

void Service::quota(const Call& call, Session& caller, const api::Quota&) {
  const auto country = rosters_.roster().newest().member(caller.person)->grant.country;
  const Rates& rates = options_.rates;
  reply(call, api::QuotaReply{quotas_.used_by(country), rates.country_bytes_max, quotas_.used_by(caller.person),
                              rates.member_bytes_max});
}

// R-SRV-43: the token is for this thing, channel and direction, and its device still stands.
Status Service::check_transfer(const Transfer& transfer, api::Direction direction) const {
  TRY(Grant grant, tokens_.open(transfer.token, ports_.now()));
  bool fits = grant.direction == direction;
  if (transfer.channel) {
    bool chunk = direction == api::Direction::put ? grant.upload.has_value() : !grant.blob.has_value();
    fits = fits && chunk && grant.channel == *transfer.channel;
  } else {
    fits = fits && grant.blob == transfer.id;
  }
  if (!fits) return fail(Code::not_allowed, "R-SRV-43");
  auto device = rosters_.roster().newest().device(grant.device);
  if (!device || device->standing == roster::Standing::gone) return fail(Code::not_allowed, "R-SRV-43");
  std::uint64_t most = transfer.channel ? limits::chunk_sealed_bytes : grant.bytes;
  if (direction == api::Direction::put && transfer.bytes > most) {
    return fail(Code::too_large, "R-SRV-43", most, transfer.bytes);
  }
  return {};
}

Status Service::admit_put(const Transfer& transfer) const {
  TRY_OK(check_transfer(transfer, api::Direction::put));
  TRY(const Grant grant, tokens_.open(transfer.token, ports_.now()));
  // Whether there is room for it is judged once it is known not to be there already.
  return grant.upload ? check_upload(grant, 0) : Status{};
}

// What was booked, and what sealing adds: a tag and a place in the list for each chunk, the list itself.
Status Service::check_upload(const Grant& grant, std::uint64_t bytes) const {
  const Channel* channel = channels_.find(grant.channel);
  const Upload* upload = channel == nullptr ? nullptr : channel->upload(*grant.upload);
  if (upload == nullptr || upload->device != grant.device) return fail(Code::not_found, "R-SRV-31");
  if (upload->pinned) return fail(Code::not_allowed, "R-SRV-31");
  const std::uint64_t chunks = grant.bytes / limits::chunk_bytes + 2;
  const std::uint64_t most =
      grant.bytes + chunks * (limits::chunk_sealed_bytes - limits::chunk_bytes + 32) + 4 * limits::KiB;
  if (upload->stored_bytes + bytes <= most) return {};
  return fail(Code::quota_exceeded, "R-SRV-45", most, upload->stored_bytes + bytes);
}

void Service::put(const Transfer& transfer, Bytes body, storage::Done<void> done) {
  if (auto may = admit_put(transfer); !may) return done(std::move(may));
  Grant grant = *tokens_.open(transfer.token, ports_.now());
  BlobId id = transfer.id;
  if (!sweeper_.begin_put(id)) return done(fail(Code::overloaded, "R-SRV-46"));
  auto ended = [this, id, done = std::move(done)](Status status) mutable {
    sweeper_.end_put(id);
    done(std::move(status));
  };
  const std::uint64_t bytes = body.size();
  // Whose it is: a token of one channel opens nothing of another.
  const std::string key = blob_key(id) + key_text(grant.upload ? grant.upload->view() : grant.device.view());
  auto then = [this, grant, key, bytes, ended = std::move(ended)](Result<storage::BlobPut> stored) mutable {
    if (!stored) return ended(std::unexpected(stored.error()));
    const auto sort = grant.upload ? BlobHolder::Sort::upload : BlobHolder::Sort::device;
    storage::ChangeSet change{channel_partition(grant.channel), {}, {}};
    if (grant.upload) change.guards.push_back(storage::KeyGone{key});  // the same put twice at once counts once
    change.writes.push_back(storage::Put{key, BlobHolder{sort, ports_.now()}.encode()});
    auto named = [this, grant, bytes, ended = std::move(ended)](Result<storage::CommitResult> result) mutable {
      if (!result) return ended(std::unexpected(result.error()));
      if (result->outcome == storage::Outcome::undecided) return ended(fail(Code::storage_failed, "R-SRV-01"));
      Channel* channel = channels_.find(grant.channel);
      if (result->outcome == storage::Outcome::stored && grant.upload && channel != nullptr) {
        channel->count_upload(*grant.upload, bytes);
      }
      ended({});
    };
    ports_.store.commit(std::move(change), posted<storage::CommitResult>(ports_, std::move(named)));
  };
  if (!grant.upload) return ports_.blobs.put(id, std::move(body), posted<storage::BlobPut>(ports_, std::move(then)));
  auto looked = [this, grant, id, body = std::move(body),
                 then = std::move(then)](Result<std::optional<Bytes>> row) mutable {
    if (!row) return then(std::unexpected(row.error()));
    if (*row) return then(storage::BlobPut::already_there);
    if (auto fits = check_upload(grant, body.size()); !fits) return then(std::unexpected(fits.error()));
    ports_.blobs.put(id, std::move(body), posted<storage::BlobPut>(ports_, std::move(then)));
  };
  ports_.store.get(channel_partition(grant.channel), key, posted<std::optional<Bytes>>(ports_, std::move(looked)));
}

void Service::get(const Transfer& transfer, storage::Done<Bytes> done) {
  if (auto may = check_transfer(transfer, api::Direction::get); !may) return done(std::unexpected(may.error()));
  Grant grant = *tokens_.open(transfer.token, ports_.now());
  auto then = [this, id = transfer.id, done = std::move(done)](Result<storage::RecordPage> holders) mutable {
    if (!holders) return done(std::unexpected(holders.error()));
    if (holders->records.empty()) return done(fail(Code::not_found, "R-SRV-43"));
    ports_.blobs.get(id, 0, limits::blob_bytes_max, posted<Bytes>(ports_, std::move(done)));
  };
  ports_.store.scan(channel_partition(grant.channel), blob_key(transfer.id), "", {1, limits::KiB},
                    posted<storage::RecordPage>(ports_, std::move(then)));
}

}  // namespace encuentro::server::service
