// A server's certificate issued by an authority of any name, as a proxy that looks inside makes them.
#pragma once

#include <string>

namespace encuentro::client::cli::net {

struct Issued {
  std::string authority_pem;
  std::string chain_pem;
  std::string key_pem;
};

Issued issue_certificate(const std::string& authority_name);

}  // namespace encuentro::client::cli::net
