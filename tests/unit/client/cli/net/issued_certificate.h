// A server's certificate issued by an authority of any name, as a proxy that looks inside makes them.
#pragma once

#include <string>

namespace encuentro::client::cli::net {

struct Issued {
  std::string authority_pem;
  std::string chain_pem;
  std::string key_pem;
};

// With `key_pem` for that key again, as a certificate is renewed.
Issued issue_certificate(const std::string& authority_name, const std::string& key_pem = "");

}  // namespace encuentro::client::cli::net
