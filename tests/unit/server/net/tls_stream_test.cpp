#include "server/net/tls_stream.h"

#include <boost/asio/co_spawn.hpp>
#include <catch2/catch.hpp>
#include <thread>

#include "tests/unit/server/net/live_server.h"
#include "tests/unit/server/net/raw_client.h"

using namespace encuentro;
using namespace encuentro::server::net;

namespace {

// One accepted stream; `serve` is its coroutine, `talk` the client on this thread.
template <class Serve, class Talk>
void meet(Serve serve, Talk talk) {
  const LiveServer certificates(test_options());
  const auto context = make_server_context(certificates.certificate());
  REQUIRE(context);
  asio::io_context loop(1);
  asio::basic_socket_acceptor<tcp, Executor> acceptor(loop.get_executor(),
                                                      tcp::endpoint(asio::ip::address_v4::loopback(), 0));
  std::thread server([&] {
    Socket socket = acceptor.accept();
    TlsStream stream(std::move(socket), context->get());
    asio::co_spawn(loop, serve(stream), [](std::exception_ptr) {});
    loop.run();
  });
  talk(acceptor.local_endpoint().port());
  server.join();
}

}  // namespace

TEST_CASE("bytes both ways, a write of any size arrives whole") {
  static constexpr std::size_t size = 3'000'000;  // more than the socket takes at once
  const auto serve = [](TlsStream& stream) -> Task<> {
    if (!co_await stream.handshake()) co_return;
    Bytes got(5);
    std::size_t have = 0;
    while (have < got.size()) have += co_await stream.read_some(MutableBytes(got).subspan(have));
    stream.write(got);
    stream.write(Bytes(size, 'x'));
    co_await stream.drain();
    stream.shutdown();
  };
  meet(serve, [](std::uint16_t port) {
    RawClient client(port);
    REQUIRE(client.tls());
    client.write("he");
    client.write("llo");
    const std::string all = client.read_to_end();
    CHECK(all.size() == 5 + size);
    CHECK(all.starts_with("hello"));
  });
}

TEST_CASE("what is written at once is one record and one call") {
  std::uint64_t records = 0;
  std::uint64_t calls = 0;
  const auto serve = [&](TlsStream& stream) -> Task<> {
    if (!co_await stream.handshake()) co_return;
    const TlsStream::Sent before = stream.sent();
    stream.write(Bytes(16384, 'x'));
    records = stream.sent().records - before.records;
    calls = stream.sent().calls - before.calls;
    co_await stream.drain();
    stream.shutdown();
  };
  meet(serve, [](std::uint16_t port) {
    RawClient client(port);
    REQUIRE(client.tls());
    const std::size_t before = client.records();
    CHECK(client.read_to_end().size() == 16384);
    CHECK(client.records() - before == 2);  // the second is the goodbye
  });
  CHECK(records == 1);
  CHECK(calls == 1);
}

TEST_CASE("the end of the other side, with and without goodbye, ends the stream") {
  bool ended = false;
  const auto serve = [&](TlsStream& stream) -> Task<> {
    if (!co_await stream.handshake()) co_return;
    Bytes got(100);
    while (co_await stream.read_some(got) > 0) {
    }
    ended = stream.ended() && !stream.write(as_bytes("too late"));
  };
  meet(serve, [](std::uint16_t port) {
    RawClient client(port);
    REQUIRE(client.tls());
    client.write("x");
  });
  CHECK(ended);
}

TEST_CASE("no TLS at all") {
  bool refused = false;
  const auto serve = [&](TlsStream& stream) -> Task<> { refused = !co_await stream.handshake(); };
  meet(serve, [](std::uint16_t port) {
    RawClient client(port);
    client.write_plain("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(client.ended_within(5000));
  });
  CHECK(refused);
}
