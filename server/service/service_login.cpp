// Hello and login (docs/PROTOCOL.md L): a challenge counts once, for 30 seconds, on its own connection.
#include "server/service/service.h"

namespace encuentro::server::service {

namespace {

constexpr Duration challenge_life = seconds(30);

record::RosterHead head_of(const roster::RosterHead& head) { return {head.seq, head.hash}; }

}  // namespace

void Service::hello(const Call& call, Session& caller, const api::Hello& request) {
  if (request.version != api::protocol_version) {
    return refuse(call, {Code::unknown_version, "R-SRV-05", api::protocol_version, request.version});
  }
  if (caller.stage != Stage::connected && caller.stage != Stage::greeted) {
    return refuse(call, {Code::not_allowed, "R-SRV-05"});
  }
  caller.stage = Stage::greeted;
  caller.client_nonce = request.nonce;
  std::array<std::uint8_t, api::Nonce::bytes> nonce{};
  ports_.random.fill(nonce);
  caller.server_nonce = api::Nonce(nonce);
  caller.challenged = ports_.now();
  api::HelloReply answer;
  answer.nonce = caller.server_nonce;
  answer.founded = rosters_.founded();
  answer.now = ports_.now();
  if (answer.founded) {
    answer.network = rosters_.roster().network();
    answer.roster = head_of(rosters_.roster().head());
  }
  reply(call, answer);
}

// The challenge is used up by asking for it. R-SRV-06: there is one and it is fresh; R-SRV-07: for this server's key.
Result<api::LoginContext> Service::challenge_of(Session& caller, const std::string& address, const Hash32& spki) {
  if (caller.stage != Stage::greeted) return fail(Code::not_allowed, "R-SRV-06");
  caller.stage = Stage::connected;
  if (ports_.now() >= caller.challenged + challenge_life) return fail(Code::expired, "R-SRV-06");
  if (!rosters_.founded()) return fail(Code::not_founded, "R-SRV-06");
  if (spki != options_.spki) return fail(Code::wrong_server_key, "R-SRV-07");
  return api::LoginContext{
      rosters_.roster().network(), caller.client_nonce, caller.server_nonce, address, options_.spki,
      caller.facts.exporter};
}

void Service::login_refused(const Call& call, const Error& error) {
  refuse(call, error);
  ports_.out.close(call.caller, true);
}

Status Service::connection_caps(const DeviceId& device, const MemberId& person) const {
  std::size_t of_device = 0, of_person = 0;
  for (const auto& [caller, one] : sessions_) {
    if (one.stage != Stage::member) continue;
    of_device += one.device == device ? 1 : 0;
    of_person += one.person == person ? 1 : 0;
  }
  const Rates& rates = options_.rates;
  bool fits = of_device < rates.connections_per_device && of_person < rates.connections_per_member;
  return fits ? Status{} : fail(Code::too_many, "R73");
}

void Service::login(const Call& call, Session& caller, const api::Login& request) {
  auto context = challenge_of(caller, request.address, request.spki);
  if (!context) return login_refused(call, context.error());
  // By the clock: whose last day has passed is shut out, whether or not the log knows the date yet (R-SRV-18).
  auto device = rosters_.roster().newest(ports_.now()).device(request.device);
  if (!device) return login_refused(call, {Code::unknown_device, "R-SRV-08"});
  if (device->standing == roster::Standing::gone) return login_refused(call, {Code::revoked, "R-SRV-08"});
  // A sheet that has spoken opens nothing any more (PROTOCOL E7).
  if (device->spent) return login_refused(call, {Code::invite_used, "R-SRV-08"});
  if (!api::verify_login(*context, request, device->key)) {
    return login_refused(call, {Code::bad_signature, "R-SRV-09"});
  }
  if (device_use_.asleep(*device)) return login_refused(call, {Code::expired, "R-SRV-86"});
  if (auto fits = connection_caps(request.device, device->member); !fits) return login_refused(call, fits.error());
  device_use_.used(*device);
  caller.stage = Stage::member;
  caller.device = request.device;
  caller.person = device->member;
  notices_.has_come(caller.person);
  ports_.out.logged_in(call.caller);
  reply(call, api::LoginReply{head_of(rosters_.roster().head()), options_.generation});
}

void Service::login_invite(const Call& call, Session& caller, const api::LoginInvite& request) {
  auto context = challenge_of(caller, request.address, request.spki);
  if (!context) return login_refused(call, context.error());
  auto invite = rosters_.roster().newest().invite(request.invite);
  if (!invite) return login_refused(call, {Code::not_found, "R-SRV-08"});
  if (!api::verify_login_invite(*context, request, invite->body->link_key)) {
    return login_refused(call, {Code::bad_signature, "R-SRV-09"});
  }
  // Whoever holds the link learns why it doesn't open any more.
  if (invite->used) return login_refused(call, {Code::invite_used, "R-SRV-08"});
  if (!invite->open) return login_refused(call, {Code::revoked, "R-SRV-08"});
  if (ports_.now() >= invite->body->expires) return login_refused(call, {Code::expired, "R-SRV-08"});
  caller.stage = Stage::invited;
  caller.invite = request.invite;
  ports_.out.logged_in(call.caller);
  reply(call, api::LoginReply{head_of(rosters_.roster().head()), options_.generation});
}

}  // namespace encuentro::server::service
