#include "server/net/response.h"

#include "server/net/upgrade.h"

namespace encuentro::server::net {

namespace {

std::string_view phrase(int status) {
  switch (status) {
    case 101:
      return "Switching Protocols";
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 304:
      return "Not Modified";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 409:
      return "Conflict";
    case 411:
      return "Length Required";
    case 413:
      return "Content Too Large";
    case 426:
      return "Upgrade Required";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 501:
      return "Not Implemented";
    case 503:
      return "Service Unavailable";
    case 505:
      return "HTTP Version Not Supported";
    case 507:
      return "Insufficient Storage";
    default:
      return "Internal Server Error";
  }
}

std::string connect_sources(const std::vector<std::string>& origins) {
  static constexpr std::string_view https = "https://";
  std::string sources = "'self'";
  for (const std::string& origin : origins) {
    if (origin.starts_with(https)) sources += " wss://" + origin.substr(https.size());
  }
  return sources;
}

void add(std::string& head, std::string_view name, std::string_view value) {
  head.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

Response plain_text(int status, std::string_view text) {
  Response response;
  response.status = status;
  response.fields = {{"Content-Type", "text/plain; charset=utf-8"}, {"Cache-Control", "no-store"}};
  response.body = std::make_shared<const Bytes>(to_bytes(as_bytes(text)));
  return response;
}

ResponseWriter::ResponseWriter(const std::vector<std::string>& origins) {
  add(fixed_fields_, "Content-Security-Policy",
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self'; "
      "img-src 'self' blob:; font-src 'self'; connect-src " +
          connect_sources(origins) +
          "; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
          "require-trusted-types-for 'script'; trusted-types svelte-trusted-html enc-worker dompurify");
  add(fixed_fields_, "Cross-Origin-Opener-Policy", "same-origin");
  add(fixed_fields_, "Cross-Origin-Embedder-Policy", "require-corp");
  add(fixed_fields_, "Cross-Origin-Resource-Policy", "same-origin");
  add(fixed_fields_, "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
  add(fixed_fields_, "Referrer-Policy", "no-referrer");
  add(fixed_fields_, "Strict-Transport-Security", "max-age=63072000");
  add(fixed_fields_, "X-Content-Type-Options", "nosniff");
  add(fixed_fields_, "X-Frame-Options", "DENY");
}

std::string ResponseWriter::head(const Response& response, bool keep_alive) const {
  std::string head = "HTTP/1.1 " + std::to_string(response.status) + " ";
  head.append(phrase(response.status)).append("\r\n");
  for (const auto& [name, value] : response.fields) add(head, name, value);
  if (response.status != 304) {
    add(head, "Content-Length", std::to_string(response.body ? response.body->size() : 0));
  }
  add(head, "Connection", keep_alive ? "keep-alive" : "close");
  return head + fixed_fields_ + "\r\n";
}

std::string switching_protocols(std::string_view accept_key) {
  std::string head = "HTTP/1.1 101 Switching Protocols\r\n";
  add(head, "Upgrade", "websocket");
  add(head, "Connection", "Upgrade");
  add(head, "Sec-WebSocket-Accept", accept_key);
  add(head, "Sec-WebSocket-Protocol", websocket_subprotocol);
  return head + "\r\n";
}

}  // namespace encuentro::server::net
