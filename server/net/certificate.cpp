#include "server/net/certificate.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "protocol/codec/base64url.h"
#include "protocol/crypto/hash.h"
#include "server/net/tls_context.h"

namespace encuentro::server::net {

namespace fs = std::filesystem;

namespace {

using BioHandle = std::unique_ptr<BIO, OpenSslFree<BIO_free>>;
using X509Handle = std::unique_ptr<X509, OpenSslFree<X509_free>>;
using KeyHandle = std::unique_ptr<EVP_PKEY, OpenSslFree<EVP_PKEY_free>>;
using ExtensionHandle = std::unique_ptr<X509_EXTENSION, OpenSslFree<X509_EXTENSION_free>>;

std::expected<std::string, std::string> read_text(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (!in || text.empty()) return std::unexpected("can't read " + file.string());
  return text;
}

// Nobody but us may read it; durable before its name exists.
std::expected<void, std::string> write_private(const fs::path& file, std::string_view text) {
  const fs::path temporary = file.string() + ".new";
  const int fd = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  bool written = fd >= 0;
  while (written && !text.empty()) {
    const ssize_t count = ::write(fd, text.data(), text.size());
    written = count > 0;
    if (written) text.remove_prefix(static_cast<std::size_t>(count));
  }
  written = written && ::fsync(fd) == 0;
  if (fd >= 0) ::close(fd);
  if (!written || ::rename(temporary.c_str(), file.c_str()) != 0)
    return std::unexpected("can't write " + file.string());
  return {};
}

// The hash of the DER SubjectPublicKeyInfo.
Hash32 spki_of(X509* certificate) {
  unsigned char* der = nullptr;
  const int bytes = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &der);
  ENC_CHECK(bytes > 0);
  const Hash32 hash = crypto::sha256({BytesView(der, static_cast<std::size_t>(bytes))});
  OPENSSL_free(der);
  return hash;
}

CertificateResult from_pem(std::string chain_pem, std::string key_pem) {
  const BioHandle bio(BIO_new_mem_buf(chain_pem.data(), static_cast<int>(chain_pem.size())));
  const X509Handle leaf(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
  if (!leaf) return std::unexpected("no certificate in PEM form");
  Certificate certificate{std::move(chain_pem), std::move(key_pem), spki_of(leaf.get())};
  if (auto context = make_server_context(certificate); !context) return std::unexpected(context.error());
  return certificate;
}

// "DNS:a,IP:b" for X509V3; what is neither a host name nor an address is left out.
std::string alternative_names(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) {
    unsigned char address[16];
    const bool ip = inet_pton(AF_INET, name.c_str(), address) == 1 || inet_pton(AF_INET6, name.c_str(), address) == 1;
    const bool host = !name.empty() && name.size() <= 253 && std::all_of(name.begin(), name.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    });
    if (ip || host) list += (list.empty() ? "" : ",") + std::string(ip ? "IP:" : "DNS:") + name;
  }
  return list.empty() ? "DNS:localhost" : list;
}

bool add_extension(X509* certificate, int sort, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  const ExtensionHandle extension(X509V3_EXT_conf_nid(nullptr, &context, sort, value.c_str()));
  return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

// The subject says nothing about the network: only the key counts.
X509Handle self_signed(EVP_PKEY* key, const std::vector<std::string>& names) {
  X509Handle certificate(X509_new());
  X509* raw = certificate.get();
  unsigned char serial[16];
  if (!raw || RAND_bytes(serial, sizeof serial) != 1) return nullptr;
  serial[0] &= 0x7f;
  BIGNUM* number = BN_bin2bn(serial, sizeof serial, nullptr);
  BN_to_ASN1_INTEGER(number, X509_get_serialNumber(raw));
  BN_free(number);
  X509_set_version(raw, X509_VERSION_3);
  X509_gmtime_adj(X509_getm_notBefore(raw), -24L * 3600);  // clocks differ
  X509_gmtime_adj(X509_getm_notAfter(raw), 3650L * 24 * 3600);
  X509_set_pubkey(raw, key);
  X509_NAME* subject = X509_get_subject_name(raw);
  static constexpr std::string_view common_name = "encuentro";
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>(common_name.data()),
                             static_cast<int>(common_name.size()), -1, 0);
  X509_set_issuer_name(raw, subject);
  const bool extended = add_extension(raw, NID_subject_alt_name, alternative_names(names)) &&
                        add_extension(raw, NID_basic_constraints, "critical,CA:FALSE") &&
                        add_extension(raw, NID_key_usage, "critical,digitalSignature") &&
                        add_extension(raw, NID_ext_key_usage, "serverAuth");
  if (!extended || X509_sign(raw, key, EVP_sha256()) == 0) return nullptr;
  return certificate;
}

std::string pem_of(BIO* bio) {
  char* data = nullptr;
  const long bytes = BIO_get_mem_data(bio, &data);
  return {data, static_cast<std::size_t>(bytes)};
}

CertificateResult make(const std::vector<std::string>& names) {
  const KeyHandle key(EVP_EC_gen("P-256"));
  const X509Handle certificate = key ? self_signed(key.get(), names) : nullptr;
  const BioHandle chain(BIO_new(BIO_s_mem()));
  const BioHandle secret(BIO_new(BIO_s_secmem()));
  if (!certificate || PEM_write_bio_X509(chain.get(), certificate.get()) != 1 ||
      PEM_write_bio_PrivateKey(secret.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1) {
    return std::unexpected("OpenSSL can't make a certificate");
  }
  return from_pem(pem_of(chain.get()), pem_of(secret.get()));
}

}  // namespace

CertificateResult load_certificate(const fs::path& chain, const fs::path& key) {
  auto chain_pem = read_text(chain);
  if (!chain_pem) return std::unexpected(chain_pem.error());
  auto key_pem = read_text(key);
  if (!key_pem) return std::unexpected(key_pem.error());
  auto certificate = from_pem(std::move(*chain_pem), std::move(*key_pem));
  if (!certificate) return std::unexpected(chain.string() + ": " + certificate.error());
  return certificate;
}

CertificateResult load_or_make_certificate(const fs::path& data, const std::vector<std::string>& names) {
  const fs::path directory = data / "tls";
  const fs::path chain = directory / "certificate.pem";
  const fs::path key = directory / "key.pem";
  std::error_code failed;
  // The certificate is written last: once it is there, both are.
  if (fs::exists(chain, failed)) return load_certificate(chain, key);
  fs::create_directories(directory, failed);
  if (failed) return std::unexpected("can't make " + directory.string() + ": " + failed.message());
  fs::permissions(directory, fs::perms::owner_all, failed);
  auto certificate = make(names);
  if (!certificate) return certificate;
  if (auto done = write_private(key, certificate->key_pem); !done) return std::unexpected(done.error());
  if (auto done = write_private(chain, certificate->chain_pem); !done) return std::unexpected(done.error());
  return certificate;
}

std::string spki_text(const Hash32& spki) { return codec::to_base64url(spki.view()); }

}  // namespace encuentro::server::net
