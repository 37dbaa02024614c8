// Tokens for blobs and chunks, quotas, and the bytes themselves.
#include "server/service/partitions.h"
#include "server/service/service.h"

namespace encuentro::server::service {

void Service::give_token(const Call& call, Grant grant) {
  std::string token = tokens_.issue(grant, ports_.now());
  reply(call, api::TokenReply{std::move(token), grant.expires});
}

void Service::load_quotas(std::vector<roster::Country> countries, storage::Done<void> done) {
  if (countries.empty()) return done({});
  roster::Country country = countries.back();
  countries.pop_back();
  auto then = [this, country, countries = std::move(countries),
               done = std::move(done)](Result<storage::RecordPage> page) mutable {
    if (!page) return done(std::unexpected(page.error()));
    for (const auto& record : page->records) {
      codec::Reader r(record.value);
      country_bytes_[country] += r.u64().value_or(0);
    }
    load_quotas(std::move(countries), std::move(done));
  };
  storage::PageLimit limit{limits::store_page_items_max, std::size_t{1} << 20};
  ports_.store.scan(quota_partition(country), "", "", limit, posted<storage::RecordPage>(ports_, std::move(then)));
}

void Service::upload_begin(const Call& call, Session& caller, const api::UploadBegin& request) {
  Channel* channel = channels_.find(request.channel);
  auto view = rosters_.roster().newest();
  if (channel == nullptr || !relation(caller, request.channel)) return refuse(call, {Code::not_admitted, "R-SRV-50"});
  if (auto may = policy::may_post(channel->policy(), view, caller.device); !may) return refuse(call, may.error());
  if (request.bytes == 0 || request.bytes > options_.rates.upload_bytes_max) {
    return refuse(call, {Code::too_large, "R77", options_.rates.upload_bytes_max, request.bytes});
  }
  bool again = channel->upload(request.upload) != nullptr;
  if (auto begun = channel->begin_upload(request.upload, {caller.device, caller.person}); !begun) {
    return refuse(call, begun.error());
  }
  if (again) {
    return give_token(call,
                      {caller.device, request.channel, api::Direction::put, request.upload, {}, request.bytes, {}});
  }
  book_quota(call, caller, request);
}

// The country's bytes first, then the upload: what a crash leaves between is counted and given free by nobody, so it
// errs on the side of the disk.
void Service::book_quota(const Call& call, const Session& caller, const api::UploadBegin& request) {
  auto country = rosters_.roster().newest().member(caller.person)->grant.country;
  std::uint64_t used = country_bytes_[country];
  if (used + request.bytes > options_.rates.country_bytes_max) {
    return refuse(call, {Code::quota_exceeded, "R77", options_.rates.country_bytes_max, used + request.bytes});
  }
  country_bytes_[country] += request.bytes;
  codec::Writer bytes;
  bytes.u64(request.bytes);
  storage::ChangeSet booked{quota_partition(country), {}, {}};
  booked.writes.push_back(storage::Put{key_text(request.upload.view()), bytes.take()});
  Grant grant{caller.device, request.channel, api::Direction::put, request.upload, {}, request.bytes, {}};
  Upload upload{caller.device, caller.person};
  auto begun = [this, call, grant](Result<storage::CommitResult> result) {
    if (!result) return refuse(call, result.error());
    give_token(call, grant);
  };
  auto then = [this, call, grant, upload, begun](Result<storage::CommitResult> result) {
    if (!result) return refuse(call, result.error());
    storage::ChangeSet change{channel_partition(grant.channel), {}, {}};
    change.writes.push_back(storage::Put{upload_key(*grant.upload), upload.encode()});
    ports_.store.commit(std::move(change), posted<storage::CommitResult>(ports_, begun));
  };
  ports_.store.commit(std::move(booked), posted<storage::CommitResult>(ports_, std::move(then)));
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

Status Service::admit_put(const Transfer& transfer) const { return check_transfer(transfer, api::Direction::put); }

void Service::put(const Transfer& transfer, Bytes body, storage::Done<void> done) {
  if (auto may = admit_put(transfer); !may) return done(std::move(may));
  Grant grant = *tokens_.open(transfer.token, ports_.now());
  BlobId id = transfer.id;
  auto then = [this, grant, id, done = std::move(done)](Result<storage::BlobPut> stored) mutable {
    if (!stored) return done(std::unexpected(stored.error()));
    // Whose it is: a token of one channel opens nothing of another.
    storage::ChangeSet change{channel_partition(grant.channel), {}, {}};
    Bytes owner = grant.upload ? to_bytes(grant.upload->view()) : to_bytes(grant.device.view());
    change.writes.push_back(storage::Put{blob_key(id), std::move(owner)});
    auto named = [done = std::move(done)](Result<storage::CommitResult> result) mutable {
      if (!result) return done(std::unexpected(result.error()));
      bool held = result->outcome == storage::Outcome::stored;
      done(held ? Status{} : fail(Code::storage_failed, "R-SRV-01"));
    };
    ports_.store.commit(std::move(change), posted<storage::CommitResult>(ports_, std::move(named)));
  };
  ports_.blobs.put(id, std::move(body), posted<storage::BlobPut>(ports_, std::move(then)));
}

void Service::get(const Transfer& transfer, storage::Done<Bytes> done) {
  if (auto may = check_transfer(transfer, api::Direction::get); !may) return done(std::unexpected(may.error()));
  Grant grant = *tokens_.open(transfer.token, ports_.now());
  auto then = [this, id = transfer.id, done = std::move(done)](Result<std::optional<Bytes>> owner) mutable {
    if (!owner) return done(std::unexpected(owner.error()));
    if (!*owner) return done(fail(Code::not_found, "R-SRV-43"));
    ports_.blobs.get(id, 0, limits::blob_bytes_max, posted<Bytes>(ports_, std::move(done)));
  };
  ports_.store.get(channel_partition(grant.channel), blob_key(transfer.id),
                   posted<std::optional<Bytes>>(ports_, std::move(then)));
}

}  // namespace encuentro::server::service
