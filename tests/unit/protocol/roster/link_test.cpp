#include "protocol/roster/link.h"

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
