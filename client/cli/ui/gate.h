// Who may talk to the local page's socket: exact Host and Origin (a name that was rebound to 127.0.0.1 brings another
// Host, a page of elsewhere another Origin), and a token that lets in once (R60). Pure but for the randomness.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "protocol/base/random.h"

namespace encuentro::client::cli::ui {

inline constexpr std::size_t token_bytes = 32;  // in hex where it is written

class Gate {
 public:
  Gate(Random& random, std::uint16_t port);

  // "127.0.0.1:PORT" and "http://127.0.0.1:PORT", byte for byte; "localhost" is another host.
  bool is_host(std::string_view host) const { return host == host_; }
  bool is_origin(std::string_view origin) const { return origin == origin_; }
  const std::string& host() const { return host_; }
  const std::string& origin() const { return origin_; }

  // The token that lets the next page in; it is written where only the user can read.
  const std::string& entrance() const { return entrance_; }
  // Spends `token` if it is the entrance (there is a new one then) or the way back of the page that was in last, and
  // gives that page's next way back: for a reload, once. nullopt: stays outside.
  std::optional<std::string> enter(std::string_view token);

 private:
  std::string fresh();

  Random& random_;
  std::string host_;
  std::string origin_;
  std::string entrance_;
  std::string way_back_;  // empty: nobody was in yet
};

}  // namespace encuentro::client::cli::ui
