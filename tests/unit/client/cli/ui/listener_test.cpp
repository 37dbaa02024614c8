// The listener over real sockets: a browser's side played by Beast on a thread of its own.
#include "client/cli/ui/listener.h"

#include <atomic>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>
#include <catch2/catch.hpp>
#include <thread>

#include "client/cli/ui/messages.h"
#include "tests/support/seeded_random.h"

using namespace encuentro;
using namespace encuentro::client;
using namespace encuentro::client::cli::ui;
namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;

namespace {

struct Written final : PageListener {
  std::vector<std::string> way_backs;
  std::vector<Bytes> said;
  int left = 0;
  void page_entered(const std::string& way_back) override { way_backs.push_back(way_back); }
  void page_said(BytesView message) override { said.push_back(to_bytes(message)); }
  void page_left() override { ++left; }
};

struct Running {
  tests::SeededRandom random{11};
  Written page;
  std::unique_ptr<Listener> listener;

  Running() {
    PageFiles files;
    files.add("index.html", to_bytes(as_bytes("<html><head></head></html>")));
    REQUIRE(files.finish());
    auto opened = Listener::open(0, std::move(files), random);
    REQUIRE(opened);
    listener = std::move(*opened);
    listener->listen(page);
  }
  // Does the browser's part on another thread while the listener runs here.
  template <class Part>
  void meanwhile(Part part) {
    std::atomic<bool> over = false;
    std::jthread browser([&] {
      part();
      over = true;
    });
    while (!over) listener->run_some(milliseconds(10));
  }
  void run_until(const std::function<bool()>& condition) {
    while (!condition()) listener->run_some(milliseconds(10));
  }
};

struct Browser {
  asio::io_context loop;
  beast::websocket::stream<asio::ip::tcp::socket> socket{loop};
  std::string host;

  explicit Browser(const Listener& listener) : host(listener.gate().host()) {
    socket.next_layer().connect({asio::ip::address_v4::loopback(), listener.port()});
  }
  http::response<http::string_body> get(std::string_view target, std::string_view with_host) {
    http::request<http::empty_body> request(http::verb::get, std::string(target), 11);
    request.set(http::field::host, std::string(with_host));
    http::write(socket.next_layer(), request);
    beast::flat_buffer buffer;
    http::response<http::string_body> response;
    http::read(socket.next_layer(), buffer, response);
    return response;
  }
  void begin(const std::string& origin) {
    socket.set_option(beast::websocket::stream_base::decorator([origin](beast::websocket::request_type& request) {
      request.set(http::field::origin, origin);
      request.set(http::field::sec_websocket_protocol, std::string(socket_subprotocol));
    }));
    socket.handshake(host, std::string(socket_path));
    socket.binary(true);
  }
  void say(const FromPage& message) {
    Bytes bytes = core::encode_fields(message);
    socket.write(asio::buffer(bytes));
  }
  // The next message, or why there is none.
  Bytes hear(beast::error_code& failed) {
    beast::flat_buffer buffer;
    socket.read(buffer, failed);
    const auto* data = static_cast<const std::uint8_t*>(buffer.cdata().data());
    return Bytes(data, data + buffer.size());
  }
  std::uint16_t closed_with() {
    beast::error_code failed;
    while (!failed) hear(failed);
    return socket.reason().code;
  }
};

}  // namespace

TEST_CASE("files over HTTP, several on a connection, with the strict headers on refusals too") {
  Running running;
  running.meanwhile([&] {
    Browser browser(*running.listener);
    for (const auto& [target, host, status] :
         {std::tuple("/", browser.host, 200U), std::tuple("/none", browser.host, 404U),
          std::tuple("/", std::string("evil.example"), 421U)}) {
      auto response = browser.get(target, host);
      CHECK(response.result_int() == status);
      CHECK(response[http::field::cache_control] == "no-store");
      for (const auto& [name, value] : strict_fields(running.listener->gate())) CHECK(response[name] == value);
    }
  });
  CHECK(running.page.way_backs.empty());
}

TEST_CASE("R60: the socket lets one page in by its token; a used one is turned away; another page replaces it") {
  Running running;
  const std::string origin = running.listener->gate().origin();
  const std::string token = running.listener->gate().entrance();
  Browser first(*running.listener);
  running.meanwhile([&] {
    first.begin(origin);
    first.say(Hello{token});
    first.say(LockUp{});
  });
  running.run_until([&] { return running.page.said.size() == 1; });
  CHECK(running.page.said[0] == core::encode_fields(FromPage(LockUp{})));
  REQUIRE(running.page.way_backs.size() == 1);

  running.meanwhile([&] {
    Browser second(*running.listener);
    second.begin(origin);
    second.say(Hello{token});
    CHECK(second.closed_with() == close_not_let_in);
    Browser third(*running.listener);
    third.begin(origin);
    third.say(LockUp{});  // not Hello
    CHECK(third.closed_with() == close_not_let_in);
  });
  CHECK(running.page.way_backs.size() == 1);
  CHECK(running.page.left == 0);

  running.listener->send(core::encode_fields(ToPage(Staged{Stage::locked})));
  running.meanwhile([&] {
    beast::error_code failed;
    CHECK(first.hear(failed) == core::encode_fields(ToPage(Staged{Stage::locked})));
    Browser again(*running.listener);
    again.begin(origin);
    again.say(Hello{running.page.way_backs[0]});
    CHECK(first.closed_with() == close_replaced);
  });
  running.run_until([&] { return running.page.left == 2; });  // the first, and the one that ended with its thread
  CHECK(running.page.way_backs.size() == 2);
  running.listener->send({1});  // nobody is in: it goes nowhere
}

TEST_CASE("R60: another origin and none get no socket") {
  Running running;
  running.meanwhile([&] {
    for (const char* origin : {"https://evil.example", "null", "http://localhost"}) {
      Browser browser(*running.listener);
      CHECK_THROWS(browser.begin(origin));
    }
  });
  CHECK(running.page.way_backs.empty());
}

TEST_CASE("a page that speaks in text, or too much at once, is out") {
  Running running;
  const std::string origin = running.listener->gate().origin();
  running.meanwhile([&] {
    Browser browser(*running.listener);
    browser.begin(origin);
    browser.say(Hello{running.listener->gate().entrance()});
    browser.socket.text(true);
    browser.socket.write(asio::buffer(std::string("x")));
    browser.closed_with();
  });
  running.run_until([&] { return running.page.left == 1; });
  running.meanwhile([&] {
    Browser browser(*running.listener);
    browser.begin(origin);
    browser.say(Hello{running.listener->gate().entrance()});
    Bytes large(message_bytes_max + 1);
    beast::error_code failed;
    browser.socket.write(asio::buffer(large), failed);
    browser.closed_with();
  });
  running.run_until([&] { return running.page.left == 2; });
  CHECK(running.page.said.empty());
}

TEST_CASE("a port that somebody has is named") {
  Running running;
  PageFiles files;
  auto second = Listener::open(running.listener->port(), std::move(files), running.random);
  REQUIRE_FALSE(second);
  CHECK(second.error().code == Code::unreachable);
  CHECK(second.error().got == running.listener->port());
}
