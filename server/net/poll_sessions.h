// All conversations by long polling of one server, by the hash of their tokens. Counted like connections (R73); the
// network's thread only.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "protocol/base/time.h"
#include "server/net/admission.h"
#include "server/net/coroutine.h"

namespace encuentro::server::net {

class PollSession;
struct Surroundings;

class PollSessions {
 public:
  PollSessions(std::size_t sessions_max, std::size_t before_login_per_remote_max)
      : admission_(sessions_max, before_login_per_remote_max) {}
  ~PollSessions();

  // Its token; nullopt: over a cap.
  std::optional<std::string> open(Surroundings& around, Executor executor, SessionInfo info);
  // Null: no such session, or it has ended.
  std::shared_ptr<PollSession> find(std::string_view token) const;
  void prove(SessionId session) { admission_.prove(ConnectionNumber{session.value}); }
  void end(PollSession& session);

  // The sweep.
  void check(Timestamp now);
  // Each is told (its next GET) that the server goes away.
  void stop();
  void end_all();
  std::size_t count() const { return sessions_.size(); }

 private:
  struct Member {
    Hash32 token_hash;
    std::shared_ptr<PollSession> session;
  };
  Admission admission_;
  std::map<SessionId, Member> sessions_;
  std::map<Hash32, SessionId> by_token_;
};

}  // namespace encuentro::server::net
