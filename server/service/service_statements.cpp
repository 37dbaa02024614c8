// Statements that several people sign, until one of them appends them; and devices whose date has come.
#include "server/service/partitions.h"
#include "server/service/service.h"

namespace encuentro::server::service {

namespace {

constexpr Duration statement_life = days(30);
constexpr std::size_t reply_room = limits::frame_bytes_max - 4 * limits::KiB;

}  // namespace

bool Service::date_has_come(const Call& call, const Session& caller) {
  auto device = rosters_.roster().newest(ports_.now()).device(caller.device);
  if (device && device->standing != roster::Standing::gone) return false;
  refuse(call, {Code::revoked, "R-SRV-18"});
  ports_.out.close(call.caller, true);
  sessions_.erase(call.caller);
  return true;
}

// R-SRV-19: by somebody who stands in full, with signatures that count, for a month at most.
void Service::statement_put(const Call& call, Session& caller, const api::StatementPut& request) {
  auto device = rosters_.roster().newest(ports_.now()).device(caller.device);
  if (!device || device->standing != roster::Standing::full || device->kind == roster::DeviceKind::paper) {
    return refuse(call, {Code::not_allowed, "R-SRV-19"});
  }
  auto statement = roster::PendingStatement::decode(request.statement);
  if (!statement) return refuse(call, statement.error());
  if (statement->backing.expires > ports_.now() + statement_life) return refuse(call, {Code::not_allowed, "R-SRV-19"});
  if (auto right = rosters_.roster().check_consents(*statement, ports_.now()); !right) {
    return refuse(call, right.error());
  }
  statements_.put(*statement, [this, call](Result<std::uint32_t> count) {
    if (!count) return refuse(call, count.error());
    reply(call, api::StatementPutReply{*count});
  });
}

void Service::statements(const Call& call, Session&, const api::Statements& request) {
  api::StatementsReply answer;
  std::size_t bytes = 0;
  const auto& kept = statements_.kept();
  for (auto at = kept.upper_bound(request.after); at != kept.end(); ++at) {
    if (at->second.backing.expires < ports_.now()) continue;
    Bytes one = at->second.encode();
    bytes += one.size() + 4;
    if (bytes > reply_room || answer.statements.size() >= limits::items_per_reply_max) break;
    answer.statements.push_back(std::move(one));
  }
  reply(call, answer);
}

void Service::forget_statement(const Bytes& placed) {
  auto entry = roster::RosterEntry::decode(placed);
  if (entry && entry->backing) statements_.forget(entry->backing->id);
}

}  // namespace encuentro::server::service
