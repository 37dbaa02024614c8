#include "client/cli/support_code.h"

#include <catch2/catch.hpp>

using namespace encuentro;
using namespace encuentro::client::cli;

TEST_CASE("a support code names error, reason and versions") {
  net::ConnectFailure failure{Error{Code::unreachable}, {}, {}, "", "Connection refused"};
  std::string code = support_code(failure.error, failure);
  CHECK(code.starts_with("E" + std::to_string(static_cast<int>(Code::unreachable)) + "-connection-refused-"));
  CHECK(support_code(Error{Code::unreachable}, {}).find("-lost-") != std::string::npos);
  CHECK(support_code(Error{Code::inspected_connection}, failure).find("-proxy-") != std::string::npos);
  CHECK(support_code(Error{Code::wrong_server_key}, failure).find("-key-") != std::string::npos);
  CHECK(support_code(Error{Code::clock_wrong}, {}).find("-clock-") != std::string::npos);
}

TEST_CASE("it holds nothing of what was said, and no other error has one") {
  net::ConnectFailure failure{Error{Code::unreachable}, {}, {}, "/O=Ministerio", "¡País! «texto»; /ruta/larga"};
  std::string code = support_code(failure.error, failure);
  for (char c : code) CHECK((std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '.'));
  CHECK(code.find("Ministerio") == std::string::npos);
  CHECK(support_code(Error{Code::not_admitted}, failure).empty());
}
