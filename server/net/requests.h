// The HTTPS side of a connection: requests one after the other, until one of them opens the conversation.
#pragma once

#include "server/net/poll_session.h"
#include "server/net/surroundings.h"
#include "server/net/tls_stream.h"
#include "server/net/transfer_request.h"
#include "server/net/upgrade.h"

namespace encuentro::server::net {

class Requests {
 public:
  Requests(Surroundings& around, Executor executor, TlsStream& tls, Watch& watch, ConnectionNumber connection,
           RemoteBucket remote, bool loopback)
      : around_(around),
        executor_(executor),
        tls_(tls),
        watch_(watch),
        connection_(connection),
        remote_(remote),
        loopback_(loopback) {}

  // The upgrade, its 101 written; nullopt: no more requests come, what was said has been said.
  Task<std::optional<Upgrade>> serve();
  // What came behind the last head.
  Bytes take_rest() { return std::exchange(buffer_, {}); }

 private:
  Task<std::optional<RequestHead>> read_head();
  Task<Response> answer(const RequestHead& head);
  Task<Response> answer_transfer(const RequestHead& head);
  Task<Response> store(const TransferRequest& request, bool wants_continue);
  Task<Response> answer_poll(const RequestHead& head);
  Task<Response> take_message(PollSession& session, std::uint64_t bytes);
  Task<std::optional<Bytes>> read_body(std::size_t bytes);
  Task<bool> write(BytesView bytes);
  Task<bool> respond(const Response& response, bool keep_alive);

  Surroundings& around_;
  Executor executor_;
  TlsStream& tls_;
  Watch& watch_;
  ConnectionNumber connection_;
  RemoteBucket remote_;
  bool loopback_;
  Bytes buffer_;                         // read and not yet used
  std::uint64_t body_unread_ = 0;        // of the request being answered
  std::shared_ptr<PollSession> polled_;  // whose messages the answer being written holds
};

}  // namespace encuentro::server::net
