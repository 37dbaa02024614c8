// Bytes of documents (R77): each country has so many, each of its members at most a share of them, so that nobody
// can use up what belongs to all. Counted from the booking of an upload until it is deleted or expires.
#pragma once

#include <map>

#include "protocol/roster/roles.h"
#include "server/service/ports.h"

namespace encuentro::server::service {

struct Booking {
  roster::Country country;  // not stored: it names the partition
  std::uint64_t bytes = 0;
  MemberId member;
  ChannelId channel;

  Bytes encode() const;
  static Result<Booking> decode(BytesView bytes);
};

class Quotas {
 public:
  Quotas(Ports& ports, const Rates& rates) : ports_(ports), rates_(rates) {}

  // Errors: storage_failed with rule "quota"; the store's.
  void load(std::vector<roster::Country> countries, storage::Done<void> done);

  // quota_exceeded, expected what is allowed and got what it would be: "R77" the country's, "R-SRV-44" the member's.
  Status admit(const roster::Country& country, const MemberId& member, std::uint64_t bytes) const;
  // Counted at once; not any more if the store fails it.
  void book(const UploadId& upload, const Booking& booking, storage::Done<void> done);
  // Gives the bytes back, first on disk. An upload that isn't booked: nothing.
  void release(const UploadId& upload, storage::Done<void> done);

  const std::map<UploadId, Booking>& bookings() const { return bookings_; }
  std::uint64_t used_by(const roster::Country& country) const;
  std::uint64_t used_by(const MemberId& member) const;

 private:
  void load_page(std::vector<roster::Country> countries, std::string after, storage::Done<void> done);
  void count(const UploadId& upload, const Booking& booking);
  void discount(const UploadId& upload);

  Ports& ports_;
  const Rates& rates_;
  std::map<UploadId, Booking> bookings_;
  std::map<roster::Country, std::uint64_t> country_bytes_;
  std::map<MemberId, std::uint64_t> member_bytes_;
};

}  // namespace encuentro::server::service
