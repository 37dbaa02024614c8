#include "server/net/certificate.h"

#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>

using namespace encuentro;
using namespace encuentro::server::net;
namespace fs = std::filesystem;

namespace {

struct Directory {
  Directory() : path(fs::temp_directory_path() / ("encuentro-tls-" + std::to_string(::getpid()))) {
    fs::remove_all(path);
    fs::create_directories(path);
  }
  ~Directory() { fs::remove_all(path); }
  fs::path path;
};

struct Read {
  explicit Read(const std::string& pem) {
    BIO* bio = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
    x509 = PEM_read_bio_X509(bio, nullptr, nullptr, nullptr);
    BIO_free(bio);
  }
  ~Read() { X509_free(x509); }
  X509* x509;
};

}  // namespace

TEST_CASE("made at the first start, the same afterwards, readable by us alone") {
  const Directory data;
  const auto made = load_or_make_certificate(data.path, {"meet.example.org", "192.0.2.1", "::1", "not a name\n"});
  REQUIRE(made);
  const auto again = load_or_make_certificate(data.path, {"other.example.org"});
  REQUIRE(again);
  CHECK(again->spki == made->spki);
  CHECK(again->chain_pem == made->chain_pem);
  CHECK(fs::status(data.path / "tls/key.pem").permissions() == (fs::perms::owner_read | fs::perms::owner_write));
  CHECK(fs::status(data.path / "tls").permissions() == fs::perms::owner_all);

  const Read certificate(made->chain_pem);
  REQUIRE(certificate.x509);
  CHECK(X509_check_host(certificate.x509, "meet.example.org", 0, 0, nullptr) == 1);
  CHECK(X509_check_ip_asc(certificate.x509, "192.0.2.1", 0) == 1);
  CHECK(X509_check_ip_asc(certificate.x509, "::1", 0) == 1);
  CHECK(X509_check_host(certificate.x509, "other.example.org", 0, 0, nullptr) == 0);
  EVP_PKEY* key = X509_get0_pubkey(certificate.x509);
  char curve[32] = {};
  CHECK(EVP_PKEY_get_group_name(key, curve, sizeof curve, nullptr) == 1);
  CHECK(std::string(curve) == "prime256v1");
}

TEST_CASE("two servers have two keys") {
  const Directory data;
  const auto one = load_or_make_certificate(data.path / "a", {});
  const auto two = load_or_make_certificate(data.path / "b", {});
  REQUIRE(one);
  REQUIRE(two);
  CHECK_FALSE(one->spki == two->spki);
}

TEST_CASE("a certificate and key of one's own") {
  const Directory data;
  const auto made = load_or_make_certificate(data.path / "a", {});
  const auto other = load_or_make_certificate(data.path / "b", {});
  REQUIRE(made);
  REQUIRE(other);
  const auto loaded = load_certificate(data.path / "a/tls/certificate.pem", data.path / "a/tls/key.pem");
  REQUIRE(loaded);
  CHECK(loaded->spki == made->spki);
  const auto mixed = load_certificate(data.path / "a/tls/certificate.pem", data.path / "b/tls/key.pem");
  REQUIRE_FALSE(mixed);
  CHECK(mixed.error().find("the key can't be used or isn't the certificate's") != std::string::npos);
  std::ofstream(data.path / "empty") << "nothing";
  CHECK(load_certificate(data.path / "empty", data.path / "a/tls/key.pem").error().find("no certificate in PEM form") !=
        std::string::npos);
  CHECK(load_certificate(data.path / "gone", data.path / "gone").error().starts_with("can't read "));
}

TEST_CASE("a directory that can't be written is said in words") {
  CHECK(load_or_make_certificate("/proc/nowhere", {}).error().starts_with("can't make /proc/nowhere/tls: "));
}

TEST_CASE("the pin as clients write it") {
  CHECK(spki_text(Hash32{}) == std::string(43, 'A'));
  CHECK(spki_text(Hash32{Bytes(32, 0xfb)}) == "-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_s");
}
