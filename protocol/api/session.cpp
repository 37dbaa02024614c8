#include "protocol/api/session.h"

#include "protocol/api/wire.h"

namespace encuentro::api {
namespace {

constexpr std::string_view login_label = "login";
constexpr std::string_view invite_login_label = "invite login";

// What a login signs; `subject` is the device's or the invite's id.
Bytes login_statement(const LoginContext& context, BytesView subject) {
  codec::Writer w;
  w.id(context.client_nonce);
  w.id(context.server_nonce);
  w.raw(subject);
  w.text(context.address);
  w.id(context.spki);
  w.id(context.exporter);
  return w.take();
}

}  // namespace

void Hello::encode(codec::Writer& w) const {
  w.u16(version);
  w.id(nonce);
}

Result<Hello> Hello::decode(codec::Reader& r) {
  Hello hello;
  TRY(hello.version, r.u16());
  TRY(hello.nonce, r.id<Nonce>());
  return hello;
}

void HelloReply::encode(codec::Writer& w) const {
  w.u16(version);
  w.id(nonce);
  w.u8(founded ? 1 : 0);
  w.id(network);
  write_time(w, now);
  roster.encode(w);
}

Result<HelloReply> HelloReply::decode(codec::Reader& r) {
  HelloReply reply;
  TRY(reply.version, r.u16());
  TRY(reply.nonce, r.id<Nonce>());
  TRY(reply.founded, read_flag(r));
  TRY(reply.network, r.id<NetworkId>());
  TRY(reply.now, read_time(r));
  TRY(reply.roster, record::RosterHead::decode(r));
  return reply;
}

void Login::encode(codec::Writer& w) const {
  w.id(device);
  w.text(address);
  w.id(spki);
  w.id(signature);
}

Result<Login> Login::decode(codec::Reader& r) {
  Login login;
  TRY(login.device, r.id<DeviceId>());
  TRY(login.address, read_text(r, limits::address_bytes_max));
  TRY(login.spki, r.id<Spki>());
  TRY(login.signature, r.id<crypto::Ed25519Signature>());
  return login;
}

Login sign_login(const LoginContext& context, const DeviceId& device, const crypto::Ed25519Key& key) {
  return {device, context.address, context.spki,
          crypto::sign_as_encuentro(key, login_label, context.network, login_statement(context, device.view()))};
}

Status verify_login(const LoginContext& context, const Login& login, const crypto::Ed25519PublicKey& key) {
  return crypto::verify_as_encuentro(key, login_label, context.network, login_statement(context, login.device.view()),
                                     login.signature);
}

void LoginInvite::encode(codec::Writer& w) const {
  w.id(invite);
  w.text(address);
  w.id(spki);
  w.id(signature);
}

Result<LoginInvite> LoginInvite::decode(codec::Reader& r) {
  LoginInvite login;
  TRY(login.invite, r.id<InviteId>());
  TRY(login.address, read_text(r, limits::address_bytes_max));
  TRY(login.spki, r.id<Spki>());
  TRY(login.signature, r.id<crypto::Ed25519Signature>());
  return login;
}

LoginInvite sign_login_invite(const LoginContext& context, const InviteId& invite, const crypto::Ed25519Key& link_key) {
  return {invite, context.address, context.spki,
          crypto::sign_as_encuentro(link_key, invite_login_label, context.network,
                                    login_statement(context, invite.view()))};
}

Status verify_login_invite(const LoginContext& context, const LoginInvite& login,
                           const crypto::Ed25519PublicKey& link_key) {
  return crypto::verify_as_encuentro(link_key, invite_login_label, context.network,
                                     login_statement(context, login.invite.view()), login.signature);
}

void LoginReply::encode(codec::Writer& w) const {
  roster.encode(w);
  w.u64(server_generation);
}

Result<LoginReply> LoginReply::decode(codec::Reader& r) {
  LoginReply reply;
  TRY(reply.roster, record::RosterHead::decode(r));
  TRY(reply.server_generation, r.u64());
  return reply;
}

void PingReply::encode(codec::Writer& w) const { write_time(w, now); }

Result<PingReply> PingReply::decode(codec::Reader& r) {
  TRY(Timestamp now, read_time(r));
  return PingReply{now};
}

}  // namespace encuentro::api
