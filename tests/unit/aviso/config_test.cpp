#include "aviso/config.h"

#include <catch2/catch.hpp>

using namespace encuentro;
using encuentro::aviso::Config;

namespace {

const std::string least = "spool = s\nstate = t\nsmtp = smtp://localhost:2525\nfrom = avisos@ejemplo.org\n";

std::string refusal(const std::string& text) {
  auto config = Config::parse(text);
  return config ? "" : config.error();
}

}  // namespace

TEST_CASE("the least there must be, and what stands where nothing is said") {
  auto config = Config::parse("# notices\n" + least);
  REQUIRE(config);
  CHECK(config->spool == "s");
  CHECK(config->smtp == "smtp://localhost:2525");
  CHECK(config->tls);
  CHECK(config->immediate == minutes(15));
  CHECK(config->daily == hours(24));
  CHECK(config->look == seconds(5));
}

TEST_CASE("everything that can be said") {
  auto config = Config::parse(least +
                              "user = u\npassword-file = p\nca-file = c\ntls = no\nimmediate-seconds = 60\n"
                              "daily-seconds = 3600\nlook-seconds = 1\n");
  REQUIRE(config);
  CHECK(config->user == "u");
  CHECK(config->password_file == "p");
  CHECK(config->ca_file == "c");
  CHECK_FALSE(config->tls);
  CHECK(config->immediate == seconds(60));
  CHECK(config->daily == hours(1));
  CHECK(config->look == seconds(1));
}

TEST_CASE("errors name the line, the key and what is allowed") {
  CHECK(refusal("spool s") == "line 1: not of the form key = value");
  CHECK(refusal("\nspol = s").starts_with("line 2: there is no setting 'spol' (known: spool, state, "));
  CHECK(refusal("spool = s\nspool = s") == "line 2: spool stands here for the second time");
  CHECK(refusal("spool =") == "line 1: spool = : is empty");
  CHECK(refusal("tls = perhaps") == "line 1: tls = perhaps: is not yes or no");
  CHECK(refusal("from = nobody") == "line 1: from = nobody: is not a mail address");
  CHECK(refusal("look-seconds = 0") == "line 1: look-seconds = 0: is not a whole number from 1 to 604800");
  for (const char* smtp : {"http://a", "smtp://", "smtp://user:word@a", "smtp://a/b", "file:///etc/passwd", "a:25"}) {
    INFO(smtp);
    CHECK(refusal("smtp = " + std::string(smtp)).find("is not smtp://HOST[:PORT]") != std::string::npos);
  }
}

TEST_CASE("what is missing, and what belongs together") {
  CHECK(refusal("").starts_with("spool is missing"));
  CHECK(refusal("spool = s").starts_with("state is missing"));
  CHECK(refusal("spool = s\nstate = t").starts_with("smtp is missing"));
  CHECK(refusal("spool = s\nstate = t\nsmtp = smtps://a").starts_with("from is missing"));
  CHECK(refusal(least + "user = u").starts_with("user and password-file belong together"));
  CHECK(Config::load("/nowhere/aviso.conf").error() == "can't read /nowhere/aviso.conf");
}
