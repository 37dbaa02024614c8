#include "server/service/quotas.h"

#include "server/service/partitions.h"

namespace encuentro::server::service {

namespace {

template <class Key>
std::uint64_t used(const std::map<Key, std::uint64_t>& bytes, const Key& key) {
  const auto found = bytes.find(key);
  return found == bytes.end() ? 0 : found->second;
}

}  // namespace

Bytes Booking::encode() const {
  codec::Writer w;
  w.u64(bytes);
  w.id(member);
  w.id(channel);
  return w.take();
}

Result<Booking> Booking::decode(BytesView bytes) {
  return codec::decode_all<Booking>(bytes, [](codec::Reader& r) -> Result<Booking> {
    Booking booking;
    TRY(booking.bytes, r.u64());
    TRY(booking.member, r.id<MemberId>());
    TRY(booking.channel, r.id<ChannelId>());
    return booking;
  });
}

void Quotas::load(std::vector<roster::Country> countries, storage::Done<void> done) {
  load_page(std::move(countries), "", std::move(done));
}

void Quotas::load_page(std::vector<roster::Country> countries, std::string after, storage::Done<void> done) {
  if (countries.empty()) return done({});
  const roster::Country country = countries.back();
  auto then = [this, country, countries = std::move(countries),
               done = std::move(done)](Result<storage::RecordPage> page) mutable {
    if (!page) return done(std::unexpected(page.error()));
    for (const auto& record : page->records) {
      auto booking = Booking::decode(record.value);
      if (!booking || record.key.size() != UploadId::bytes) return done(fail(Code::storage_failed, "quota"));
      booking->country = country;
      count(UploadId(as_bytes(record.key)), *booking);
    }
    std::string next = page->more ? page->records.back().key : "";
    if (!page->more) countries.pop_back();
    load_page(std::move(countries), std::move(next), std::move(done));
  };
  storage::PageLimit limit{limits::store_page_items_max, std::size_t{1} << 20};
  ports_.store.scan(quota_partition(country), "", std::move(after), limit,
                    posted<storage::RecordPage>(ports_, std::move(then)));
}

std::uint64_t Quotas::used_by(const roster::Country& country) const { return used(country_bytes_, country); }
std::uint64_t Quotas::used_by(const MemberId& member) const { return used(member_bytes_, member); }

Status Quotas::admit(const roster::Country& country, const MemberId& member, std::uint64_t bytes) const {
  const std::uint64_t of_member = used(member_bytes_, member) + bytes;
  if (of_member > rates_.member_bytes_max) {
    return fail(Code::quota_exceeded, "R-SRV-44", rates_.member_bytes_max, of_member);
  }
  const std::uint64_t of_country = used_by(country) + bytes;
  if (of_country > rates_.country_bytes_max) {
    return fail(Code::quota_exceeded, "R77", rates_.country_bytes_max, of_country);
  }
  return {};
}

void Quotas::count(const UploadId& upload, const Booking& booking) {
  bookings_[upload] = booking;
  country_bytes_[booking.country] += booking.bytes;
  member_bytes_[booking.member] += booking.bytes;
}

void Quotas::discount(const UploadId& upload) {
  const auto found = bookings_.find(upload);
  if (found == bookings_.end()) return;
  country_bytes_[found->second.country] -= found->second.bytes;
  member_bytes_[found->second.member] -= found->second.bytes;
  bookings_.erase(found);
}

void Quotas::book(const UploadId& upload, const Booking& booking, storage::Done<void> done) {
  count(upload, booking);
  storage::ChangeSet change{quota_partition(booking.country), {}, {}};
  change.writes.push_back(storage::Put{key_text(upload.view()), booking.encode()});
  auto then = [this, upload, done = std::move(done)](Result<storage::CommitResult> result) mutable {
    if (!result) discount(upload);
    done(result ? Status{} : std::unexpected(result.error()));
  };
  ports_.store.commit(std::move(change), posted<storage::CommitResult>(ports_, std::move(then)));
}

void Quotas::release(const UploadId& upload, storage::Done<void> done) {
  const auto found = bookings_.find(upload);
  if (found == bookings_.end()) return done({});
  storage::ChangeSet change{quota_partition(found->second.country), {}, {}};
  change.writes.push_back(storage::Erase{key_text(upload.view())});
  auto then = [this, upload, done = std::move(done)](Result<storage::CommitResult> result) mutable {
    if (result) discount(upload);
    done(result ? Status{} : std::unexpected(result.error()));
  };
  ports_.store.commit(std::move(change), posted<storage::CommitResult>(ports_, std::move(then)));
}

}  // namespace encuentro::server::service
