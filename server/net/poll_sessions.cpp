#include "server/net/poll_sessions.h"

#include "protocol/codec/base64url.h"
#include "protocol/crypto/hash.h"
#include "protocol/crypto/system_random.h"
#include "server/net/poll_session.h"

namespace encuentro::server::net {

namespace {

// A lookup by hash tells nobody by its time how much of a guess was right.
Hash32 hash_of(std::string_view token) { return crypto::sha256({as_bytes(token)}); }

}  // namespace

PollSessions::~PollSessions() = default;

std::optional<std::string> PollSessions::open(Surroundings& around, Executor executor, SessionInfo info) {
  const ConnectionNumber number{info.id.value};
  const Admission::Verdict verdict = admission_.enter(number, info.remote);
  if (!verdict.admitted || verdict.evict) around.note(Event::refused_cap);
  if (!verdict.admitted) return std::nullopt;
  if (verdict.evict) end(*sessions_.at(SessionId{verdict.evict->value}).session);
  std::array<std::uint8_t, 32> secret{};
  crypto::SystemRandom().fill(secret);
  std::string token = codec::to_base64url(secret);
  const auto session = std::make_shared<PollSession>(around, std::move(executor), info);
  sessions_[info.id] = {hash_of(token), session};
  by_token_[hash_of(token)] = info.id;
  session->begin();
  return token;
}

std::shared_ptr<PollSession> PollSessions::find(std::string_view token) const {
  const auto found = by_token_.find(hash_of(token));
  return found == by_token_.end() ? nullptr : sessions_.at(found->second).session;
}

void PollSessions::end(PollSession& session) {
  const auto found = sessions_.find(session.id());
  if (found == sessions_.end()) return;
  const Member member = found->second;
  by_token_.erase(member.token_hash);
  admission_.leave(ConnectionNumber{session.id().value});
  sessions_.erase(found);
  member.session->end();
}

void PollSessions::check(Timestamp now) {
  std::vector<std::shared_ptr<PollSession>> over;
  for (const auto& [id, member] : sessions_) {
    if (!member.session->check(now)) over.push_back(member.session);
  }
  for (const auto& session : over) end(*session);
}

void PollSessions::stop() {
  for (const auto& [id, member] : sessions_) member.session->close(CloseReason::going_away);
}

void PollSessions::end_all() {
  while (!sessions_.empty()) {
    const auto session = sessions_.begin()->second.session;
    end(*session);
  }
}

}  // namespace encuentro::server::net
