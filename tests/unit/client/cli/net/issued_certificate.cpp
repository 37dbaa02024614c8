#include "tests/unit/client/cli/net/issued_certificate.h"

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <memory>

#include "protocol/base/check.h"

namespace encuentro::client::cli::net {

namespace {

template <class T, void (*Free)(T*)>
struct Freed {
  void operator()(T* object) const { Free(object); }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY, EVP_PKEY_free>>;
using Document = std::unique_ptr<X509, Freed<X509, X509_free>>;

void add(X509* document, int sort, const char* value) {
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, sort, value);
  ENC_CHECK(extension != nullptr);
  X509_add_ext(document, extension, -1);
  X509_EXTENSION_free(extension);
}

void set_name(X509_NAME* name, const std::string& text) {
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(text.data()),
                             static_cast<int>(text.size()), -1, 0);
}

Document certificate(EVP_PKEY* key, const std::string& subject, const std::string& issuer, EVP_PKEY* signer) {
  Document document(X509_new());
  X509_set_version(document.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(document.get()), subject == issuer ? 1 : 2);
  X509_gmtime_adj(X509_getm_notBefore(document.get()), -3600);
  X509_gmtime_adj(X509_getm_notAfter(document.get()), 3600);
  X509_set_pubkey(document.get(), key);
  set_name(X509_get_subject_name(document.get()), subject);
  set_name(X509_get_issuer_name(document.get()), issuer);
  add(document.get(), NID_basic_constraints, subject == issuer ? "critical,CA:TRUE" : "critical,CA:FALSE");
  ENC_CHECK(X509_sign(document.get(), signer, EVP_sha256()) > 0);
  return document;
}

template <class Write>
std::string pem(Write write) {
  BIO* out = BIO_new(BIO_s_mem());
  write(out);
  char* data = nullptr;
  const long bytes = BIO_get_mem_data(out, &data);
  std::string text(data, static_cast<std::size_t>(bytes));
  BIO_free(out);
  return text;
}

EVP_PKEY* read_key(const std::string& text) {
  BIO* in = BIO_new_mem_buf(text.data(), static_cast<int>(text.size()));
  EVP_PKEY* key = PEM_read_bio_PrivateKey(in, nullptr, nullptr, nullptr);
  BIO_free(in);
  ENC_CHECK(key != nullptr);
  return key;
}

}  // namespace

Issued issue_certificate(const std::string& authority_name, const std::string& key_pem) {
  const Key authority_key(EVP_EC_gen("P-256"));
  const Key key(key_pem.empty() ? EVP_EC_gen("P-256") : read_key(key_pem));
  const Document authority = certificate(authority_key.get(), authority_name, authority_name, authority_key.get());
  const Document leaf = certificate(key.get(), "meet.example.org", authority_name, authority_key.get());
  return {pem([&](BIO* out) { PEM_write_bio_X509(out, authority.get()); }),
          pem([&](BIO* out) { PEM_write_bio_X509(out, leaf.get()); }),
          pem([&](BIO* out) { PEM_write_bio_PrivateKey(out, key.get(), nullptr, nullptr, 0, nullptr, nullptr); })};
}

}  // namespace encuentro::client::cli::net
