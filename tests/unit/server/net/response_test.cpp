#include "server/net/response.h"

#include <catch2/catch.hpp>

using namespace encuentro;
using namespace encuentro::server::net;

TEST_CASE("every answer carries the strict headers") {
  const ResponseWriter writer({"https://meet.example.org"});
  for (const int status : {200, 304, 404, 500}) {
    const std::string head = writer.head(plain_text(status, "x"), true);
    CHECK(head.starts_with("HTTP/1.1 " + std::to_string(status) + " "));
    CHECK(head.ends_with("\r\n\r\n"));
    for (const char* field :
         {"\r\nContent-Security-Policy: default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; ",
          " connect-src 'self' wss://meet.example.org; ", " frame-ancestors 'none'; ",
          " require-trusted-types-for 'script'; ", "\r\nCross-Origin-Opener-Policy: same-origin\r\n",
          "\r\nCross-Origin-Resource-Policy: same-origin\r\n", "\r\nReferrer-Policy: no-referrer\r\n",
          "\r\nX-Content-Type-Options: nosniff\r\n"}) {
      INFO(field);
      CHECK(head.find(field) != std::string::npos);
    }
    CHECK(head.find("unsafe-inline") == std::string::npos);
    CHECK(head.find("'unsafe-eval'") == std::string::npos);
    CHECK(head.find("Set-Cookie") == std::string::npos);
    CHECK(head.find("\r\nServer:") == std::string::npos);
  }
}

TEST_CASE("length and what follows") {
  const ResponseWriter writer({});
  CHECK(writer.head(plain_text(200, "four"), true).find("\r\nContent-Length: 4\r\nConnection: keep-alive\r\n") !=
        std::string::npos);
  CHECK(writer.head(plain_text(200, "four"), false).find("\r\nConnection: close\r\n") != std::string::npos);
  Response unchanged;
  unchanged.status = 304;
  CHECK(writer.head(unchanged, true).find("Content-Length") == std::string::npos);
}

TEST_CASE("the 101 names the subprotocol and no extension") {
  const std::string head = switching_protocols("KEY");
  CHECK(head ==
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Accept: KEY\r\nSec-WebSocket-Protocol: encuentro.v1\r\n\r\n");
}
