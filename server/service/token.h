// Tokens for what travels beside the connection (docs/FORMATS.md §7): stateless, under a key of this run, ten minutes.
#pragma once

#include "protocol/api/transfer_calls.h"
#include "protocol/base/random.h"
#include "protocol/base/secret.h"

namespace encuentro::server::service {

// What a token lets its bearer do.
struct Grant {
  DeviceId device;
  ChannelId channel;
  api::Direction direction{};
  std::optional<UploadId> upload;  // chunks of this upload (put); empty for blobs and downloads
  std::optional<BlobId> blob;      // this blob only; empty: any chunk of the channel
  std::uint64_t bytes = 0;         // put: at most
  Timestamp expires;

  friend bool operator==(const Grant&, const Grant&) = default;
};

class TokenMint {
 public:
  static constexpr Duration life = minutes(10);

  explicit TokenMint(Random& random) { random.fill(key_.span()); }

  // Sets the expiry. Base64url of grant and MAC.
  std::string issue(Grant& grant, Timestamp now) const;
  // Errors: not_logged_in (forged, of another run, or expired).
  Result<Grant> open(std::string_view token, Timestamp now) const;

 private:
  Secret<32, struct TokenKeyTag> key_;
};

}  // namespace encuentro::server::service
