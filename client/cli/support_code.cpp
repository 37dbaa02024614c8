#include "client/cli/support_code.h"

#include "protocol/api/session.h"

namespace encuentro::client::cli {
namespace {

bool of_a_connection(Code code) {
  switch (code) {
    case Code::unreachable:
    case Code::wrong_server_key:
    case Code::inspected_connection:
    case Code::clock_wrong:
    case Code::unknown_version:
      return true;
    default:
      return false;
  }
}

// The system's word as letters and digits: "connection refused" is "connection-refused".
std::string slug(const std::string& text) {
  constexpr std::size_t letters_max = 32;
  std::string word;
  for (char c : text.substr(0, letters_max)) {
    bool upper = c >= 'A' && c <= 'Z';
    bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (upper || plain) {
      word.push_back(upper ? static_cast<char>(c - 'A' + 'a') : c);
    } else if (!word.empty() && word.back() != '-') {
      word.push_back('-');
    }
  }
  while (word.ends_with('-')) word.pop_back();
  return word;
}

std::string reason(const Error& error, const std::optional<net::ConnectFailure>& failure) {
  if (error.code == Code::inspected_connection) return "proxy";
  if (error.code == Code::wrong_server_key) return "key";
  if (error.code == Code::clock_wrong) return "clock";
  if (error.code == Code::unknown_version) return "version";
  std::string word = failure ? slug(failure->detail) : std::string();
  return word.empty() ? "lost" : word;
}

}  // namespace

std::string support_code(const Error& error, const std::optional<net::ConnectFailure>& failure) {
  if (!of_a_connection(error.code)) return {};
  return "E" + std::to_string(static_cast<int>(error.code)) + "-" + reason(error, failure) + "-" + ENCUENTRO_VERSION +
         "-" + std::to_string(api::protocol_version);
}

}  // namespace encuentro::client::cli
