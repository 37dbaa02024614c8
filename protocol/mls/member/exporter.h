// MLS-Exporter (RFC 9420 §8.5): keys for the application, of one epoch.
#pragma once

#include "protocol/base/error.h"
#include "protocol/base/secret.h"
#include "protocol/crypto/suite.h"

namespace encuentro::mls::member {

using ExporterSecret = SizedSecret<struct ExporterSecretTag>;

// Looks at one epoch's exporter secret, which must outlive it: the current epoch's (Group::exporter), or the
// next one's while a Commit is being built or is staged.
class EpochExporter {
 public:
  EpochExporter(crypto::Suite suite, const ExporterSecret& secret) : suite_(suite), secret_(&secret) {}

  // `label` is the application's, without any prefix. Errors: too_large (over 255 * hash bytes).
  Result<SecretBytes> derive(std::string_view label, BytesView context, std::size_t bytes) const;

 private:
  crypto::Suite suite_;
  const ExporterSecret* secret_;
};

}  // namespace encuentro::mls::member
