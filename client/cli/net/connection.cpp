// The one unit of the command that instantiates Beast's WebSocket over TLS.
#include "client/cli/net/connection.h"

#include <openssl/ssl.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <cstring>
#include <deque>

#include "client/cli/net/pinned_tls.h"
#include "client/cli/net/poll_connection.h"
#include "protocol/base/limits.h"

namespace encuentro::client::cli::net {

namespace asio = boost::asio;
namespace websocket = boost::beast::websocket;
using boost::system::error_code;

namespace {

constexpr auto awaited = asio::as_tuple(asio::use_awaitable);
constexpr const char* subprotocol = "encuentro.v1";
constexpr const char* path = "/v1";
constexpr const char* exporter_label = "EXPORTER-encuentro-login";
constexpr std::size_t inbox_max = 64;  // messages read and not yet asked for; then the socket isn't read further

using Clock = std::chrono::steady_clock;

Clock::time_point after(Duration time) { return Clock::now() + std::chrono::milliseconds(time.ms); }

class WebsocketConnection final : public Connection {
 public:
  WebsocketConnection(const Endpoint& endpoint, Duration silence)
      : endpoint_(endpoint),
        silence_(silence),
        pinning_{endpoint.spki, std::nullopt, "", false},
        context_(pinned_context(pinning_)),
        stream_(loop_, context_) {}

  // nullopt: connected.
  std::optional<ConnectFailure> establish(Duration timeout);
  // The server has shown the right key.
  bool reached() const { return reached_; }

  Status send(BytesView message) override;
  Result<std::optional<Bytes>> receive(Duration timeout) override;
  void interrupt() override;
  void close() override;
  const Hash32& server_spki() const override { return *pinning_.presented; }
  const LoginExporter& login_exporter() const override { return exporter_; }

 private:
  asio::awaitable<std::string> open();
  asio::awaitable<void> read();

  asio::io_context loop_{1};
  Endpoint endpoint_;
  Duration silence_;
  Pinning pinning_;
  asio::ssl::context context_;
  websocket::stream<TlsSocket> stream_;
  boost::beast::flat_buffer buffer_;
  std::deque<Bytes> inbox_;
  LoginExporter exporter_{};
  bool reached_ = false;
  bool reading_ = false;
  bool gone_ = false;
  bool woken_ = false;  // something came, or interrupt()
  bool interrupted_ = false;
};

// Empty: open. Otherwise the reason for --verbose.
asio::awaitable<std::string> WebsocketConnection::open() {
  if (const error_code failed = co_await connect_pinned(stream_.next_layer(), endpoint_)) co_return failed.message();
  reached_ = true;
  SSL* ssl = stream_.next_layer().native_handle();
  if (SSL_export_keying_material(ssl, exporter_.data(), exporter_.size(), exporter_label, std::strlen(exporter_label),
                                 nullptr, 0, 0) != 1) {
    co_return "no TLS exporter";
  }
  stream_.binary(true);
  stream_.auto_fragment(false);
  stream_.read_message_max(limits::frame_bytes_max);
  stream_.set_option(
      websocket::stream_base::timeout{std::chrono::seconds(10), std::chrono::milliseconds(silence_.ms), true});
  stream_.set_option(websocket::stream_base::decorator([](websocket::request_type& request) {
    request.set(boost::beast::http::field::sec_websocket_protocol, subprotocol);
  }));
  websocket::response_type response;
  const std::string host = endpoint_.host + ":" + std::to_string(endpoint_.port);
  auto [failed] = co_await stream_.async_handshake(response, host, path, awaited);
  if (failed == websocket::error::upgrade_declined) co_return "HTTP " + std::to_string(response.result_int());
  if (failed) co_return failed.message();
  if (response[boost::beast::http::field::sec_websocket_protocol] != subprotocol) co_return "another subprotocol";
  co_return "";
}

std::optional<ConnectFailure> WebsocketConnection::establish(Duration timeout) {
  bool done = false;
  std::string detail = "no answer in time";
  asio::co_spawn(loop_, open(), [&](std::exception_ptr, std::string reason) {
    detail = std::move(reason);
    done = true;
  });
  // When it isn't done by then, the object is given up with the loop: nothing that refers to here runs again.
  if (!run_until(loop_, done, after(timeout)) || !detail.empty()) return connect_failure(pinning_, detail);
  return std::nullopt;
}

Status WebsocketConnection::send(BytesView message) {
  if (message.size() > limits::frame_bytes_max) return fail(Code::too_large);
  if (gone_) return fail(Code::unreachable);
  bool done = false;
  error_code failed;
  stream_.async_write(asio::buffer(message.data(), message.size()), [&](error_code error, std::size_t) {
    failed = error;
    done = true;
  });
  const auto never = Clock::time_point::max();  // bounded by the stream's own idle time
  if (!run_until(loop_, done, never) || failed) {
    gone_ = true;
    return fail(Code::unreachable);
  }
  return {};
}

// Runs as long as there is room; what arrives during a send() is kept in the inbox.
asio::awaitable<void> WebsocketConnection::read() {
  while (inbox_.size() < inbox_max) {
    auto [failed, bytes] = co_await stream_.async_read(buffer_, awaited);
    woken_ = true;
    if (failed || !stream_.got_binary()) {
      gone_ = true;
      break;
    }
    const auto* data = static_cast<const std::uint8_t*>(buffer_.cdata().data());
    inbox_.emplace_back(data, data + bytes);
    buffer_.consume(bytes);
  }
  reading_ = false;
}

Result<std::optional<Bytes>> WebsocketConnection::receive(Duration timeout) {
  const auto deadline = after(timeout);
  woken_ = false;
  while (inbox_.empty() && !gone_) {
    if (!std::exchange(reading_, true)) asio::co_spawn(loop_, read(), asio::detached);
    if (!std::exchange(interrupted_, false) && run_until(loop_, woken_, deadline)) {
      woken_ = false;
      if (!std::exchange(interrupted_, false)) continue;
    }
    if (inbox_.empty() && !gone_) return std::nullopt;
  }
  if (inbox_.empty()) return fail(Code::unreachable);
  Bytes message = std::move(inbox_.front());
  inbox_.pop_front();
  return message;
}

void WebsocketConnection::interrupt() {
  asio::post(loop_, [this] { interrupted_ = woken_ = true; });
}

void WebsocketConnection::close() {
  if (std::exchange(gone_, true)) return;
  bool done = false;
  stream_.async_close(websocket::close_code::normal, [&done](error_code) { done = true; });
  run_until(loop_, done, after(seconds(2)));
  error_code failed;
  failed = stream_.next_layer().next_layer().close(failed);  // gone either way
}

}  // namespace

std::expected<std::unique_ptr<Connection>, ConnectFailure> Connection::open(const Endpoint& endpoint, Duration timeout,
                                                                            Duration silence) {
  auto connection = std::make_unique<WebsocketConnection>(endpoint, silence);
  auto failure = connection->establish(timeout);
  if (!failure) return connection;
  // The right server answered over TLS, so what doesn't pass is the WebSocket; if nothing else does, this is the
  // reason.
  if (!connection->reached()) return std::unexpected(std::move(*failure));
  auto polling = open_polling(endpoint, timeout, silence);
  if (!polling) return std::unexpected(std::move(*failure));
  return polling;
}

}  // namespace encuentro::client::cli::net
