#include "aviso/mail.h"

#include <catch2/catch.hpp>
#include <sstream>

#include "tests/support/seeded_random.h"

using namespace encuentro;
using namespace encuentro::tests;

TEST_CASE("two mails to one address differ in date and id, and in no length") {
  SeededRandom random(3);
  // 2026-01-01T01:02:03Z and 2026-11-30T23:59:59Z
  auto one = aviso::neutral_mail("avisos@ejemplo.org", "ana@ejemplo.org", {1'767'229'323'000}, random);
  auto two = aviso::neutral_mail("avisos@ejemplo.org", "ana@ejemplo.org", {1'796'083'199'000}, random);
  CHECK(one.size() == two.size());
  CHECK(one.find("Date: Thu, 01 Jan 2026 01:02:03 +0000\r\n") != std::string::npos);
  CHECK(two.find("Date: Mon, 30 Nov 2026 23:59:59 +0000\r\n") != std::string::npos);
  std::istringstream first(one), second(two);
  unsigned different = 0;
  for (std::string a, b; std::getline(first, a) && std::getline(second, b);) {
    CHECK(a.size() == b.size());
    if (a == b) continue;
    ++different;
    CHECK((a.starts_with("Date: ") || a.starts_with("Message-ID: <")));
  }
  CHECK(different == 2);
}

TEST_CASE("three languages, seven-bit lines that end as they must, an id under the sender's domain") {
  SeededRandom random(4);
  auto mail = aviso::neutral_mail("avisos@ejemplo.org", "ana@ejemplo.org", {1'767'229'323'000}, random);
  for (const char* words : {"Hay novedades en su espacio.", "H=C3=A1 novidades no seu espa=C3=A7o.",
                            "There is something new in your space.", "From: avisos@ejemplo.org\r\n",
                            "To: ana@ejemplo.org\r\n", "@ejemplo.org>\r\n", "Auto-Submitted: auto-generated\r\n"}) {
    INFO(words);
    CHECK(mail.find(words) != std::string::npos);
  }
  std::size_t line = 0;
  for (std::size_t i = 0; i < mail.size(); ++i) {
    CHECK(static_cast<unsigned char>(mail[i]) < 0x80);
    if (mail[i] == '\n') {
      CHECK(mail[i - 1] == '\r');
      CHECK(i - line <= 78 + 1);
      line = i + 1;
    }
  }
  CHECK(mail.ends_with("\r\n"));
}
