#include "protocol/api/notice_address.h"

#include "tests/unit/protocol/api/messages.h"

using namespace encuentro;
using namespace encuentro::tests;

TEST_CASE("an address opens under the sender's key alone, and no two handles are alike") {
  SeededRandom random(94);
  auto key = crypto::hpke_generate(crypto::encuentro_suite, random);
  auto other = crypto::hpke_generate(crypto::encuentro_suite, random);
  auto handle = api::seal_notice_address(key.public_key.view(), "ana@ejemplo.org", random);
  REQUIRE(handle);
  CHECK(*api::open_notice_address(key, *handle) == "ana@ejemplo.org");
  CHECK(code_of(api::open_notice_address(other, *handle)) == Code::bad_tag);
  CHECK(*api::seal_notice_address(key.public_key.view(), "ana@ejemplo.org", random) != *handle);
  for (std::size_t at : {std::size_t{0}, api::notice_key_bytes, handle->size() - 1}) {
    Bytes changed = *handle;
    changed[at] ^= 1;
    CHECK_FALSE(api::open_notice_address(key, changed));
  }
  CHECK(code_of(api::open_notice_address(key, BytesView(*handle).first(handle->size() - 1))) == Code::malformed);
}

TEST_CASE("the length of a handle says nothing of the address") {
  SeededRandom random(95);
  auto key = crypto::hpke_generate(crypto::encuentro_suite, random);
  std::string longest = "a@" + std::string(api::mail_address_bytes_max - 2, 'b');
  for (const std::string& address : {std::string("a@b"), longest}) {
    auto handle = api::seal_notice_address(key.public_key.view(), address, random);
    REQUIRE(handle);
    CHECK(handle->size() == api::notice_handle_bytes);
    CHECK(*api::open_notice_address(key, *handle) == address);
  }
}

TEST_CASE("what a mail's head or an SMTP command could take for its own end is no address") {
  for (const char* address : {"", "@", "a@", "@b", "ab", "a@b@c", "a b@c", "a@b\r\nBcc: c@d", "<a@b>", "a@b,c@d",
                              "\xC3\xB1@b", "a@b\x7F", "\"a\"@b"}) {
    INFO(address);
    CHECK(code_of(api::check_mail_address(address)) == Code::malformed);
  }
  CHECK(code_of(api::check_mail_address("a@" + std::string(253, 'b'))) == Code::too_large);
  CHECK(code_of(api::check_mail_address(std::string(65, 'a') + "@b")) == Code::malformed);
  CHECK(api::check_mail_address(std::string(64, 'a') + "@b"));
}

TEST_CASE("a key of small order seals nothing") {
  SeededRandom random(96);
  CHECK(code_of(api::seal_notice_address(Bytes(32, 0), "a@b", random)) == Code::bad_key);
}
