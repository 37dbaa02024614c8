// The one unit of the command that sees Beast's HTTP server and WebSocket without TLS.
#include "client/cli/ui/listener.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>
#include <deque>

#include "client/cli/ui/messages.h"
#include "protocol/base/secret.h"

namespace encuentro::client::cli::ui {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;
using boost::system::error_code;
using tcp = asio::ip::tcp;

namespace {

constexpr auto awaited = asio::as_tuple(asio::use_awaitable);
constexpr auto patience = std::chrono::seconds(10);        // for a request's head, and an answer
constexpr auto hello_patience = std::chrono::seconds(30);  // a machine that is busy loads the page slowly
constexpr std::size_t head_bytes_max = 8 * 1024;
constexpr std::size_t connections_max = 64;

using Request = http::request<http::empty_body>;

std::optional<std::string> only(const Request& request, http::field name) {
  auto found = request.find(name);
  if (found == request.end()) return std::nullopt;
  return std::string(found->value());
}

Asked asked_of(const Request& request) {
  Asked asked;
  asked.method = std::string(request.method_string());
  asked.target = std::string(request.target());
  asked.host = only(request, http::field::host);
  asked.origin = only(request, http::field::origin);
  asked.repeated = request.count(http::field::host) > 1 || request.count(http::field::origin) > 1;
  asked.upgrade = websocket::is_upgrade(request);
  asked.subprotocol = only(request, http::field::sec_websocket_protocol).value_or("");
  return asked;
}

using Socket = websocket::stream<beast::tcp_stream>;

// A page's socket with what waits to be written to it.
struct Page {
  explicit Page(beast::tcp_stream stream) : socket(std::move(stream)) {}
  Socket socket;
  std::deque<Bytes> outgoing;
  bool writing = false;
  bool over = false;
};

class LoopbackListener final : public Listener {
 public:
  LoopbackListener(tcp::acceptor acceptor, std::unique_ptr<asio::io_context> loop, PageFiles files, Random& random)
      : loop_(std::move(loop)),
        acceptor_(std::move(acceptor)),
        files_(std::move(files)),
        gate_(random, acceptor_.local_endpoint().port()) {}

  std::uint16_t port() const override { return acceptor_.local_endpoint().port(); }
  const Gate& gate() const override { return gate_; }

  void listen(PageListener& page) override {
    listener_ = &page;
    asio::co_spawn(*loop_, accept(), asio::detached);
  }

  void send(Bytes message) override {
    if (inside_ == nullptr) return;
    inside_->outgoing.push_back(std::move(message));
    if (!std::exchange(inside_->writing, true)) asio::co_spawn(*loop_, write(inside_), asio::detached);
  }

  void post(std::function<void()> work) override { asio::post(*loop_, std::move(work)); }

  void run_some(Duration wait) override {
    loop_->run_one_for(std::chrono::milliseconds(std::max<std::int64_t>(0, wait.ms)));
    loop_->poll();
  }

 private:
  asio::awaitable<void> accept() {
    for (;;) {
      auto [failed, socket] = co_await acceptor_.async_accept(awaited);
      if (failed == asio::error::operation_aborted) co_return;
      if (failed || connections_ >= connections_max) continue;
      ++connections_;
      asio::co_spawn(*loop_, serve(beast::tcp_stream(std::move(socket))),
                     [this](std::exception_ptr) { --connections_; });
    }
  }

  asio::awaitable<void> serve(beast::tcp_stream stream) {
    beast::flat_buffer buffer;
    for (;;) {
      http::request_parser<http::empty_body> parser;
      parser.header_limit(head_bytes_max);
      stream.expires_after(patience);
      auto [failed, bytes] = co_await http::async_read(stream, buffer, parser, awaited);
      if (failed) break;
      const Request& request = parser.get();
      Answer given = answer(asked_of(request), gate_, files_);
      if (given.socket) {
        stream.expires_never();
        co_await talk(std::make_shared<Page>(std::move(stream)), request);
        co_return;
      }
      bool go_on = request.keep_alive();
      if (!co_await reply(stream, given, go_on) || !go_on) break;
    }
    error_code ignored;
    ignored = stream.socket().shutdown(tcp::socket::shutdown_both, ignored);
  }

  asio::awaitable<bool> reply(beast::tcp_stream& stream, const Answer& given, bool keep_alive) {
    http::response<http::string_body> response(static_cast<http::status>(given.status), 11);
    for (const auto& [name, value] : given.fields) response.set(name, value);
    for (const auto& [name, value] : strict_fields(gate_)) response.set(name, value);
    response.keep_alive(keep_alive);
    response.content_length(given.body.size());
    if (!given.head_only) response.body() = given.body;
    http::response_serializer<http::string_body> serializer(response);
    stream.expires_after(patience);
    if (given.head_only) {
      auto [failed, bytes] = co_await http::async_write_header(stream, serializer, awaited);
      co_return !failed;
    }
    auto [failed, bytes] = co_await http::async_write(stream, serializer, awaited);
    co_return !failed;
  }

  asio::awaitable<void> talk(std::shared_ptr<Page> page, Request request) {
    Socket& socket = page->socket;
    socket.binary(true);
    socket.auto_fragment(false);
    socket.read_message_max(message_bytes_max);
    // Both ends are this machine: a page that is gone closes its socket, one that sleeps keeps it.
    socket.set_option(websocket::stream_base::timeout{patience, websocket::stream_base::none(), false});
    socket.set_option(websocket::stream_base::decorator([this](websocket::response_type& response) {
      response.set(http::field::sec_websocket_protocol, std::string(socket_subprotocol));
      for (const auto& [name, value] : strict_fields(gate_)) response.set(name, value);
    }));
    auto [failed] = co_await socket.async_accept(request, awaited);
    if (failed || !co_await let_in(page)) co_return;
    beast::flat_buffer buffer;
    while (inside_ == page) {
      auto [broken, bytes] = co_await socket.async_read(buffer, awaited);
      if (broken || !socket.got_binary() || inside_ != page) break;
      listener_->page_said(view_of(buffer));
      buffer.consume(bytes);
    }
    if (inside_ == page) {
      inside_.reset();
      listener_->page_left();
    }
    co_await close(page, websocket::close_code::normal);
  }

  // Hello, in time and with a right token: from then on this is the page, and the one before is out.
  asio::awaitable<bool> let_in(const std::shared_ptr<Page>& page) {
    beast::flat_buffer buffer;
    beast::get_lowest_layer(page->socket).expires_after(hello_patience);
    auto [failed, bytes] = co_await page->socket.async_read(buffer, awaited);
    if (failed) co_return false;
    beast::get_lowest_layer(page->socket).expires_never();
    auto said = core::decode_fields<FromPage>(view_of(buffer));
    const auto* hello = said ? std::get_if<Hello>(&*said) : nullptr;
    auto way_back = hello != nullptr ? gate_.enter(hello->token) : std::nullopt;
    if (!way_back) {
      co_await close(page, close_not_let_in);
      co_return false;
    }
    if (auto before = std::exchange(inside_, page)) {
      asio::co_spawn(*loop_, close(before, close_replaced), asio::detached);
      listener_->page_left();
    }
    listener_->page_entered(*way_back);
    co_return true;
  }

  asio::awaitable<void> write(std::shared_ptr<Page> page) {
    while (!page->outgoing.empty() && !page->over) {
      Bytes message = std::move(page->outgoing.front());
      page->outgoing.pop_front();
      auto [failed, bytes] = co_await page->socket.async_write(asio::buffer(message.data(), message.size()), awaited);
      wipe(message.data(), message.size());
      if (failed) break;
    }
    page->writing = false;
  }

  asio::awaitable<void> close(std::shared_ptr<Page> page, std::uint16_t code) {
    if (std::exchange(page->over, true)) co_return;
    [[maybe_unused]] auto [failed] =
        co_await page->socket.async_close(static_cast<websocket::close_code>(code), awaited);
  }

  static BytesView view_of(const beast::flat_buffer& buffer) {
    return {static_cast<const std::uint8_t*>(buffer.cdata().data()), buffer.cdata().size()};
  }

  std::unique_ptr<asio::io_context> loop_;
  tcp::acceptor acceptor_;
  PageFiles files_;
  Gate gate_;
  PageListener* listener_ = nullptr;
  std::shared_ptr<Page> inside_;
  std::size_t connections_ = 0;
};

}  // namespace

Result<std::unique_ptr<Listener>> Listener::open(std::uint16_t port, PageFiles files, Random& random) {
  auto loop = std::make_unique<asio::io_context>(1);
  tcp::acceptor acceptor(*loop);
  error_code failed;
  failed = acceptor.open(tcp::v4(), failed);
  if (!failed) failed = acceptor.bind({asio::ip::address_v4::loopback(), port}, failed);
  if (!failed) failed = acceptor.listen(tcp::acceptor::max_listen_connections, failed);
  if (failed) return fail(Code::unreachable, "port", 0, port);
  return std::make_unique<LoopbackListener>(std::move(acceptor), std::move(loop), std::move(files), random);
}

}  // namespace encuentro::client::cli::ui
