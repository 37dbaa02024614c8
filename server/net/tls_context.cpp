#include "server/net/tls_context.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <string_view>

namespace encuentro::server::net {

namespace {

using BioHandle = std::unique_ptr<BIO, OpenSslFree<BIO_free>>;
using X509Handle = std::unique_ptr<X509, OpenSslFree<X509_free>>;
using KeyHandle = std::unique_ptr<EVP_PKEY, OpenSslFree<EVP_PKEY_free>>;

BioHandle reader(const std::string& text) {
  return BioHandle(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

// A client that offers protocols must offer this one: a confused-deputy guard (RFC 7301 §3.2).
int choose_protocol(SSL*, const unsigned char** out, unsigned char* out_bytes, const unsigned char* offered,
                    unsigned int offered_bytes, void*) {
  static constexpr unsigned char http11[] = "\x08http/1.1";
  unsigned char* chosen = nullptr;
  const int found = SSL_select_next_proto(&chosen, out_bytes, http11, sizeof http11 - 1, offered, offered_bytes);
  *out = chosen;
  return found == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

bool use_chain(SSL_CTX* context, const std::string& pem) {
  const BioHandle bio = reader(pem);
  const X509Handle leaf(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
  if (!leaf || SSL_CTX_use_certificate(context, leaf.get()) != 1) return false;
  while (X509* issuer = PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)) {
    if (SSL_CTX_add0_chain_cert(context, issuer) != 1) {
      X509_free(issuer);
      return false;
    }
  }
  ERR_clear_error();  // the end of the file is reported as an error
  return true;
}

bool use_key(SSL_CTX* context, const std::string& pem) {
  const BioHandle bio = reader(pem);
  const KeyHandle key(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
  return key && SSL_CTX_use_PrivateKey(context, key.get()) == 1 && SSL_CTX_check_private_key(context) == 1;
}

}  // namespace

std::expected<SslContext, std::string> make_server_context(const Certificate& certificate) {
  SslContext context(SSL_CTX_new(TLS_server_method()), OpenSslFree<SSL_CTX_free>{});
  if (!context) return std::unexpected("OpenSSL gives no context");
  SSL_CTX* raw = context.get();
  SSL_CTX_set_min_proto_version(raw, TLS1_3_VERSION);
  SSL_CTX_set_max_proto_version(raw, TLS1_3_VERSION);
  SSL_CTX_set_options(raw, SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
  SSL_CTX_set_num_tickets(raw, 0);
  SSL_CTX_set_session_cache_mode(raw, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_max_early_data(raw, 0);
  SSL_CTX_set_mode(raw, SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_read_ahead(raw, 1);  // one recv() takes header and record; the buffer is released when empty
  SSL_CTX_set1_groups_list(raw, "X25519:P-256");
  SSL_CTX_set_alpn_select_cb(raw, choose_protocol, nullptr);
  if (!use_chain(raw, certificate.chain_pem)) return std::unexpected("the certificate can't be used");
  if (!use_key(raw, certificate.key_pem)) return std::unexpected("the key can't be used or isn't the certificate's");
  return context;
}

}  // namespace encuentro::server::net
