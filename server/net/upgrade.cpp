#include "server/net/upgrade.h"

#include <openssl/evp.h>

#include <algorithm>

namespace encuentro::server::net {

namespace {

// 16 bytes in base64: 22 letters of the alphabet and "==".
bool is_websocket_key(std::string_view key) {
  if (key.size() != 24 || !key.ends_with("==")) return false;
  return std::all_of(key.begin(), key.end() - 2, [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
  });
}

}  // namespace

std::expected<Upgrade, UpgradeRefusal> judge_upgrade(const RequestHead& head, const std::vector<std::string>& origins) {
  const auto refuse = [](int status, std::string_view why) { return std::unexpected(UpgradeRefusal{status, why}); };
  if (head.method != "GET") return refuse(405, "only GET opens the conversation\n");
  if (head.body_bytes != 0) return refuse(400, "a request to upgrade has no body\n");
  const auto upgrade = head.only("upgrade");
  const auto connection = head.only("connection");
  if (!upgrade || !lists(*upgrade, "websocket", Case::ignored)) return refuse(426, "this path speaks WebSocket\n");
  if (!connection || !lists(*connection, "upgrade", Case::ignored))
    return refuse(400, "Connection: Upgrade is missing\n");
  if (head.only("sec-websocket-version") != "13") return refuse(426, "WebSocket version 13 only\n");
  const auto key = head.only("sec-websocket-key");
  if (!key || !is_websocket_key(*key)) return refuse(400, "Sec-WebSocket-Key is wrong\n");
  const auto protocols = head.only("sec-websocket-protocol");
  if (!protocols || !lists(*protocols, websocket_subprotocol, Case::exact)) {
    return refuse(400, "subprotocol encuentro.v1 only\n");
  }
  if (!origin_allowed(head, origins)) return refuse(403, "this origin may not connect\n");
  return Upgrade{websocket_accept_key(*key), head.count("origin") != 0};
}

std::string websocket_accept_key(std::string_view key) {
  const std::string text = std::string(key) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  unsigned char digest[20];
  std::size_t digest_bytes = sizeof digest;
  const int done = EVP_Q_digest(nullptr, "SHA1", nullptr, text.data(), text.size(), digest, &digest_bytes);
  ENC_CHECK(done == 1 && digest_bytes == sizeof digest);
  unsigned char base64[29];
  EVP_EncodeBlock(base64, digest, sizeof digest);
  return reinterpret_cast<const char*>(base64);
}

}  // namespace encuentro::server::net
