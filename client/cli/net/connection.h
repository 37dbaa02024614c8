// A client's connection to its server: WebSocket (or long polling) over TLS 1.3, trusted by the server's pinned key
// alone. Blocking calls from one thread, except interrupt(). Reconnecting, backoff and what to send are the caller's.
// Boost stays behind this header.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>

#include "protocol/base/error.h"
#include "protocol/base/ids.h"
#include "protocol/base/time.h"

namespace encuentro::client::cli::net {

// wss://HOST:PORT and the SHA-256 of the server's public key. Without `spki` the first connection takes whatever
// key comes (`network found` without --spki); the caller shows and keeps it.
struct Endpoint {
  std::string host;
  std::uint16_t port = 0;
  std::optional<Hash32> spki;
};

// "wss://HOST[:PORT]" with nothing behind; default port 443. malformed otherwise.
Result<Endpoint> parse_endpoint(std::string_view url);
// Base64url without padding, 43 characters; malformed otherwise.
Result<Hash32> parse_spki(std::string_view text);
std::string spki_text(const Hash32& spki);

// Why a connection could not be made, beyond the code:
// wrong_server_key: the key that came in place of the pinned one. inspected_connection: the same, but the certificate
// was issued by an authority this machine trusts or names an inspecting proxy: somebody reads along.
// unreachable: name, address, TLS or HTTP failed; `detail` is the system's word, for --verbose.
struct ConnectFailure {
  Error error;
  std::optional<Hash32> pinned;
  std::optional<Hash32> presented;
  std::string issuer;  // as the certificate names it; printable ASCII
  std::string detail;
};

using LoginExporter = std::array<std::uint8_t, 32>;  // server/net/session.h, same label

class Connection {
 public:
  // TLS, pin, upgrade within `timeout`. Where the server is reached but the upgrade refused (a proxy that knows no
  // WebSocket), the same conversation by HTTPS long polling, within `timeout` again. `silence`: without a byte from the
  // server for so long, though it was asked for one, the connection is gone.
  static std::expected<std::unique_ptr<Connection>, ConnectFailure> open(const Endpoint& endpoint, Duration timeout,
                                                                         Duration silence = seconds(30));
  virtual ~Connection() = default;

  // One message. unreachable when the connection is gone, too_large above limits::frame_bytes_max.
  virtual Status send(BytesView message) = 0;
  // The next message; nullopt after `timeout` or interrupt(). Answers the server's pings meanwhile. unreachable when
  // the connection is gone.
  virtual Result<std::optional<Bytes>> receive(Duration timeout) = 0;
  // Makes a receive() that waits, or the next one, return at once. Any thread.
  virtual void interrupt() = 0;
  // Says goodbye and closes; the destructor closes without a word.
  virtual void close() = 0;

  virtual const Hash32& server_spki() const = 0;
  // All zero where long polling stands for the WebSocket.
  virtual const LoginExporter& login_exporter() const = 0;
};

}  // namespace encuentro::client::cli::net
