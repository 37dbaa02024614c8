// Plain HTTP for the operator's scraper, one request at a time: it is on an address of its own, is asked every few
// seconds, and can't slow the public listener, whose thread isn't this one.
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <optional>
#include <thread>

#include "server/ops/config.h"
#include "server/ops/metrics.h"

namespace encuentro::server::ops {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

constexpr auto exchange_time = std::chrono::seconds(5);
constexpr std::size_t request_bytes_max = 8 * 1024;

class Listener final : public MetricsListener {
 public:
  explicit Listener(const Metrics& metrics) : metrics_(metrics), acceptor_(loop_) {}
  ~Listener() override {
    loop_.stop();
    if (thread_.joinable()) thread_.join();
  }

  std::expected<void, std::string> listen(const Address& address) {
    const auto refuse = [&address](const error_code& failed) {
      return std::unexpected("can't serve metrics on " + address.host + ":" + std::to_string(address.port) + ": " +
                             failed.message());
    };
    error_code failed;
    tcp::resolver resolver(loop_);
    const auto found = resolver.resolve(address.host, std::to_string(address.port), tcp::resolver::passive, failed);
    if (failed) return refuse(failed);
    const tcp::endpoint endpoint = found.begin()->endpoint();
    if (acceptor_.open(endpoint.protocol(), failed)) return refuse(failed);
    if (acceptor_.set_option(asio::socket_base::reuse_address(true), failed)) return refuse(failed);
    if (acceptor_.bind(endpoint, failed)) return refuse(failed);
    if (acceptor_.listen(16, failed)) return refuse(failed);
    port_ = acceptor_.local_endpoint(failed).port();
    accept();
    thread_ = std::thread([this] { loop_.run(); });
    return {};
  }
  std::uint16_t port() const override { return port_; }

 private:
  void accept() {
    acceptor_.async_accept([this](error_code failed, tcp::socket socket) {
      if (!acceptor_.is_open()) return;
      if (failed) {
        accept();
        return;
      }
      stream_.emplace(std::move(socket));
      stream_->expires_after(exchange_time);
      parser_.emplace();
      parser_->header_limit(request_bytes_max);
      parser_->body_limit(0);
      buffer_.clear();
      http::async_read(*stream_, buffer_, *parser_, [this](error_code unread, std::size_t) {
        if (unread) {
          stream_->close();
          accept();
        } else {
          answer();
        }
      });
    });
  }

  void answer() {
    const auto& request = parser_->get();
    const bool found = request.method() == http::verb::get && request.target() == "/metrics";
    response_ = {found ? http::status::ok : http::status::not_found, 11};
    response_.set(http::field::content_type, "text/plain; version=0.0.4; charset=utf-8");
    response_.keep_alive(false);
    response_.body() = found ? metrics_.text() : "GET /metrics\n";
    response_.prepare_payload();
    http::async_write(*stream_, response_, [this](error_code, std::size_t) {
      error_code failed;
      failed = stream_->socket().shutdown(tcp::socket::shutdown_send, failed);  // it ends either way
      accept();
    });
  }

  const Metrics& metrics_;
  asio::io_context loop_{1};
  tcp::acceptor acceptor_;
  std::uint16_t port_ = 0;
  std::thread thread_;
  std::optional<boost::beast::tcp_stream> stream_;
  std::optional<http::request_parser<http::empty_body>> parser_;
  boost::beast::flat_buffer buffer_;
  http::response<http::string_body> response_;
};

}  // namespace

std::expected<std::unique_ptr<MetricsListener>, std::string> MetricsListener::open(const std::string& address,
                                                                                   const Metrics& metrics) {
  const auto parsed = parse_address(address);
  if (!parsed) return std::unexpected(parsed.error());
  auto listener = std::make_unique<Listener>(metrics);
  if (auto listening = listener->listen(*parsed); !listening) return std::unexpected(listening.error());
  return listener;
}

}  // namespace encuentro::server::ops
