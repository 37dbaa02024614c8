// Opening a connection: hello, login by device or by invite (PROTOCOL L), ping.
#pragma once

#include <string>

#include "protocol/api/frame.h"
#include "protocol/base/time.h"
#include "protocol/crypto/signature.h"
#include "protocol/record/heads.h"

namespace encuentro::api {

using Nonce = Id<struct NonceTag, 32>;
using Spki = Hash32;  // SHA-256 of the server certificate's public key
// The TLS exporter's value bound into a login; zero where the transport has none (the browser).
using ExporterValue = Id<struct ExporterValueTag, 32>;

struct Hello {
  static constexpr Call call = Call::hello;
  std::uint16_t version = protocol_version;
  Nonce nonce;
  void encode(codec::Writer& w) const;
  static Result<Hello> decode(codec::Reader& r);
};
struct HelloReply {
  std::uint16_t version = protocol_version;
  Nonce nonce;
  bool founded = false;
  NetworkId network;  // zero before founding
  Timestamp now;
  record::RosterHead roster;
  void encode(codec::Writer& w) const;
  static Result<HelloReply> decode(codec::Reader& r);
};

// What both ends of one connection know and the login signs.
struct LoginContext {
  NetworkId network;
  Nonce client_nonce;
  Nonce server_nonce;
  std::string address;  // HOST:PORT as the client knows it from invitation or roster
  Spki spki;
  ExporterValue exporter;
};

struct Login {
  static constexpr Call call = Call::login;
  DeviceId device;
  std::string address;
  Spki spki;
  crypto::Ed25519Signature signature;  // the device's, label "login"
  void encode(codec::Writer& w) const;
  static Result<Login> decode(codec::Reader& r);
};
Login sign_login(const LoginContext& context, const DeviceId& device, const crypto::Ed25519Key& key);
// `context` holds the server's own nonces, exporter, address and key. Errors: bad_signature.
Status verify_login(const LoginContext& context, const Login& login, const crypto::Ed25519PublicKey& key);

struct LoginInvite {
  static constexpr Call call = Call::login_invite;
  InviteId invite;
  std::string address;
  Spki spki;
  crypto::Ed25519Signature signature;  // by the invite's link key, label "invite login"
  void encode(codec::Writer& w) const;
  static Result<LoginInvite> decode(codec::Reader& r);
};
LoginInvite sign_login_invite(const LoginContext& context, const InviteId& invite, const crypto::Ed25519Key& link_key);
Status verify_login_invite(const LoginContext& context, const LoginInvite& login,
                           const crypto::Ed25519PublicKey& link_key);

struct LoginReply {
  record::RosterHead roster;
  std::uint64_t server_generation = 0;  // rises when a server was restored from a backup
  void encode(codec::Writer& w) const;
  static Result<LoginReply> decode(codec::Reader& r);
};

struct Ping : Empty {
  static constexpr Call call = Call::ping;
  static Result<Ping> decode(codec::Reader&) { return Ping{}; }
};
struct PingReply {
  Timestamp now;
  void encode(codec::Writer& w) const;
  static Result<PingReply> decode(codec::Reader& r);
};

}  // namespace encuentro::api
