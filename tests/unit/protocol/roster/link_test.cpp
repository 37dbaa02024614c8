#include "protocol/roster/link.h"

#include "protocol/base/limits.h"
#include "protocol/codec/base64url.h"
#include "protocol/codec/writer.h"
#include "tests/support/decoder_checks.h"
#include "tests/support/seeded_random.h"

using namespace encuentro;
using namespace encuentro::roster;
using tests::code_of;

namespace {

InviteLink a_link() {
  tests::SeededRandom random(5);
  InviteLink link;
  link.purpose = InvitePurpose::device;
  link.network = random.id<NetworkId>();
  link.fingerprint = random.id<Hash32>();
  link.spki = random.id<Hash32>();
  link.address = "meet.example.org:8443";
  random.fill(link.directory_key.span());
  link.invite = random.id<InviteId>();
  random.fill(link.link_secret.span());
  return link;
}

}  // namespace

TEST_CASE("a link prints and parses to the same") {
  auto link = a_link();
  auto printed = link.print();
  std::string text(as_text(printed.view()));
  CHECK(text.starts_with("https://meet.example.org:8443/#"));
  for (auto form : {text, text.substr(text.find('#')), text.substr(text.find('#') + 1)}) {
    auto parsed = InviteLink::parse(form);
    REQUIRE(parsed);
    CHECK(equal(parsed->print().view(), printed.view()));
    CHECK(parsed->purpose == InvitePurpose::device);
    CHECK(parsed->fingerprint == link.fingerprint);
    CHECK(equal(parsed->link_secret.view(), link.link_secret.view()));
    CHECK(equal(parsed->directory_key.view(), link.directory_key.view()));
  }
}

TEST_CASE("a link may name its network") {
  auto link = a_link();
  auto nameless = link.print();
  link.network_name = "Red de prueba";
  auto printed = link.print();
  std::string text(as_text(printed.view()));
  auto parsed = InviteLink::parse(text);
  REQUIRE(parsed);
  CHECK(parsed->network_name == "Red de prueba");
  CHECK(equal(parsed->link_secret.view(), link.link_secret.view()));
  CHECK(equal(parsed->print().view(), printed.view()));
  auto other = InviteLink::parse(as_text(nameless.view()));
  REQUIRE(other);
  CHECK(other->network_name.empty());

  std::string after = text.substr(text.find('#') + 1);
  for (std::size_t n = 0; n < after.size(); ++n) CHECK_FALSE(InviteLink::parse(after.substr(0, n)));
  CHECK_FALSE(InviteLink::parse(after + "AAAA"));
}

TEST_CASE("a name that is longer than a name may be, or none where one is said to be, is refused") {
  auto link = a_link();
  link.network_name = std::string(limits::display_name_bytes_max, 'n');
  auto longest = link.print();
  REQUIRE(InviteLink::parse(as_text(longest.view())));
  link.network_name = "n";
  auto printed = link.print();
  std::string_view text = as_text(printed.view());
  std::string after(text.substr(text.find('#') + 1));
  Bytes bytes(codec::base64url_bytes(after.size()));
  REQUIRE(codec::from_base64url(after, bytes));
  REQUIRE(bytes.back() == 'n');
  Bytes empty(bytes.begin(), bytes.end() - 1);
  empty.back() = 0;  // the length
  CHECK(code_of(InviteLink::parse(codec::to_base64url(empty))) == Code::malformed);
  Bytes longer(bytes.begin(), bytes.end() - 2);
  codec::Writer name;
  name.opaque(Bytes(limits::display_name_bytes_max + 1, 'n'));
  longer.insert(longer.end(), name.view().begin(), name.view().end());
  CHECK(code_of(InviteLink::parse(codec::to_base64url(longer))) == Code::too_large);
}

TEST_CASE("a link copied from a sheet in groups is the same link") {
  auto printed = a_link().print();
  std::string text(as_text(printed.view())), grouped;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i > 0 && i % 6 == 0) grouped += i % 36 == 0 ? "\r\n" : " ";
    grouped += text[i];
  }
  auto parsed = InviteLink::parse(grouped);
  REQUIRE(parsed);
  CHECK(equal(parsed->print().view(), printed.view()));
}

TEST_CASE("a cut, mistyped or foreign link is refused") {
  auto printed = a_link().print();
  std::string text(as_text(printed.view()).substr(as_text(printed.view()).find('#') + 1));
  for (std::size_t n = 0; n < text.size(); ++n) CHECK_FALSE(InviteLink::parse(text.substr(0, n)));
  CHECK_FALSE(InviteLink::parse(text + "AAAA"));
  CHECK_FALSE(InviteLink::parse("https://example.org/"));
  CHECK(code_of(InviteLink::parse(std::string(4000, 'A'))) == Code::too_large);
  text[0] = 'B';  // version 4
  CHECK(code_of(InviteLink::parse(text)) == Code::unknown_version);
}
