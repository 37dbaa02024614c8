// The server's certificate and key as PEM, and the SHA-256 of the public key (SubjectPublicKeyInfo, RFC 7469 §2.4),
// which clients pin. Self-signed ones are made once and kept: the pin outlives restarts.
#pragma once

#include <expected>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/base/ids.h"

namespace encuentro::server::net {

struct Certificate {
  std::string chain_pem;
  std::string key_pem;
  Hash32 spki;
};

// The error is a sentence for the operator.
using CertificateResult = std::expected<Certificate, std::string>;

// Reads and checks that key and certificate belong together.
CertificateResult load_certificate(const std::filesystem::path& chain, const std::filesystem::path& key);

// DIR/tls/certificate.pem and key.pem (0600): loads them, or makes an ECDSA P-256 key with a certificate for `names`
// (host names and addresses, as subjectAltName), valid ten years: clients trust the key, not the date.
CertificateResult load_or_make_certificate(const std::filesystem::path& data, const std::vector<std::string>& names);

// Base64url without padding, 43 characters (cli.md `spki=HASH`).
std::string spki_text(const Hash32& spki);

}  // namespace encuentro::server::net
