#include "server/net/requests.h"

#include "protocol/crypto/hash.h"
#include "server/net/poll_request.h"

namespace encuentro::server::net {

namespace {

constexpr std::size_t read_bytes = 4 * limits::KiB;
constexpr std::size_t write_bytes = 64 * limits::KiB;

// Calls `start` with a TransferDone and waits until somebody, on any thread, has called it.
template <class T, class Start>
Task<Result<T>> completed(Executor executor, Start start) {
  Result<T> result = co_await asio::async_initiate<decltype(awaited), void(Result<T>)>(
      [executor](auto handler, Start begin) {
        begin(TransferDone<T>([executor, waiting = std::move(handler)](Result<T> done) mutable {
          asio::post(executor, [waiting = std::move(waiting), done = std::move(done)]() mutable {
            std::move(waiting)(std::move(done));
          });
        }));
      },
      awaited, std::move(start));
  co_return result;
}

// A PUT body's share of the memory that all bodies together may take.
class BodyShare {
 public:
  BodyShare(Surroundings& around, std::size_t bytes) : around_(around), bytes_(bytes) {
    granted_ = around.body_bytes_in_flight + bytes <= around.options.caps.body_bytes_in_flight;
    if (granted_) around.body_bytes_in_flight += bytes;
  }
  BodyShare(const BodyShare&) = delete;
  BodyShare& operator=(const BodyShare&) = delete;
  ~BodyShare() {
    if (granted_) around_.body_bytes_in_flight -= bytes_;
  }
  bool granted() const { return granted_; }

 private:
  Surroundings& around_;
  std::size_t bytes_;
  bool granted_ = false;
};

}  // namespace

Task<std::optional<Upgrade>> Requests::serve() {
  for (;;) {
    const std::optional<RequestHead> head = co_await read_head();
    if (!head) co_return std::nullopt;
    if (head->target == websocket_path && !around_.stopping) {
      auto upgrade = judge_upgrade(*head, around_.options.origins);
      if (upgrade) {
        const bool written = co_await write(as_bytes(switching_protocols(upgrade->accept_key)));
        if (!written) co_return std::nullopt;
        co_return std::move(*upgrade);
      }
      around_.note(upgrade.error().status == 403 ? Event::refused_origin : Event::refused_request);
      Response refusal = plain_text(upgrade.error().status, upgrade.error().why);
      if (refusal.status == 426) {
        refusal.fields.insert(refusal.fields.end(), {{"Upgrade", "websocket"}, {"Sec-WebSocket-Version", "13"}});
      }
      co_await respond(refusal, false);
      co_return std::nullopt;
    }
    body_unread_ = head->body_bytes;
    watch_ = {steady_now() + around_.options.deadlines.body, Event::write_stalled};
    const Response response = co_await answer(*head);
    const bool keep_alive = head->keep_alive && body_unread_ == 0 && !around_.stopping;
    const bool written = co_await respond(response, keep_alive);
    // Messages that were taken for an answer nobody got are lost: so is their session.
    const auto polled = std::exchange(polled_, nullptr);
    if (!written && polled) around_.polls.end(*polled);
    if (!written || !keep_alive) co_return std::nullopt;
    watch_ = {steady_now() + around_.options.deadlines.keep_alive, Event::closed};
  }
}

// R71: 8 KiB and 64 fields; the deadline is the watch's and isn't moved by single bytes (R70).
Task<std::optional<RequestHead>> Requests::read_head() {
  std::size_t searched = 0;
  std::optional<std::size_t> end;
  while (!(end = find_head_end(buffer_, searched))) {
    searched = buffer_.size();
    if (searched >= head_bytes_max) {
      around_.note(Event::refused_request);
      co_await respond(plain_text(431, "the head of the request is too large\n"), false);
      co_return std::nullopt;
    }
    buffer_.resize(std::min(searched + read_bytes, head_bytes_max));
    const std::size_t got = co_await tls_.read_some(MutableBytes(buffer_).subspan(searched));
    buffer_.resize(searched + got);
    if (got == 0) co_return std::nullopt;
  }
  auto head = parse_head(BytesView(buffer_).first(*end));
  buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(*end));
  if (head) co_return std::move(*head);
  around_.note(Event::refused_request);
  co_await respond(plain_text(head.error().status, "not a request this server takes\n"), false);
  co_return std::nullopt;
}

Task<Response> Requests::answer(const RequestHead& head) {
  if (is_transfer_path(head.target)) co_return co_await answer_transfer(head);
  if (head.target == poll_path) co_return co_await answer_poll(head);
  if (head.target == "/healthz") {
    if (head.method != "GET" && head.method != "HEAD") co_return plain_text(405, "GET only\n");
    co_return around_.stopping ? plain_text(503, "stopping\n") : plain_text(200, "ok\n");
  }
  if (around_.stopping) co_return plain_text(503, "stopping\n");
  const Response response = around_.files.answer(head);
  if (response.status >= 400) around_.note(Event::refused_request);
  co_return response;
}

Task<Response> Requests::answer_transfer(const RequestHead& head) {
  auto transfer = judge_transfer(head, remote_);
  if (transfer && !around_.doors.transfers) transfer = std::unexpected(plain_text(404, "no such path\n"));
  if (!transfer) {
    around_.note(Event::transfer_refused);
    co_return std::move(transfer.error());
  }
  if (transfer->put) {
    const auto expect = head.only("expect");
    const bool wants_continue = expect && lists(*expect, "100-continue", Case::ignored);
    Response response = co_await store(transfer->request, wants_continue);
    around_.note(response.status == 201 ? Event::transfer_put : Event::transfer_refused);
    co_return response;
  }
  TransferHandler& handler = *around_.doors.transfers;
  const auto start = [&handler, &transfer](TransferDone<std::shared_ptr<const Bytes>> done) {
    handler.get(transfer->request, std::move(done));
  };
  const auto found = co_await completed<std::shared_ptr<const Bytes>>(executor_, start);
  if (!found) {
    around_.note(Event::transfer_refused);
    co_return transfer_error(found.error());
  }
  around_.admission.prove(connection_);
  around_.note(Event::transfer_get);
  Response response;
  response.fields = {{"Content-Type", "application/octet-stream"}, {"Cache-Control", "no-store"}};
  response.body = *found;
  co_return response;
}

// Token first, then room, then the bytes, then their hash; the handler sees only whole and right ones.
Task<Response> Requests::store(const TransferRequest& request, bool wants_continue) {
  TransferHandler& handler = *around_.doors.transfers;
  const auto admit = [&](TransferDone<void> done) { handler.admit_put(request, std::move(done)); };
  const Status admitted = co_await completed<void>(executor_, admit);
  if (!admitted) co_return transfer_error(admitted.error());
  around_.admission.prove(connection_);

  const BodyShare share(around_, request.bytes);
  if (!share.granted()) co_return transfer_error(Error{Code::overloaded});
  if (wants_continue) {
    const bool written = co_await write(as_bytes("HTTP/1.1 100 Continue\r\n\r\n"));
    if (!written) co_return plain_text(400, "");
  }
  std::optional<Bytes> body = co_await read_body(request.bytes);
  if (!body) co_return plain_text(400, "the body ended early\n");
  if (!equal(crypto::sha256({*body}).view(), request.id.view())) co_return plain_text(400, "another hash\n");

  const auto put = [&](TransferDone<void> done) { handler.put(request, std::move(*body), std::move(done)); };
  const Status stored = co_await completed<void>(executor_, put);
  co_return stored ? plain_text(201, "stored\n") : transfer_error(stored.error());
}

Task<Response> Requests::answer_poll(const RequestHead& head) {
  using Verb = PollRequest::Verb;
  auto poll = judge_poll(head, around_.options.origins);
  if (!poll) {
    around_.note(poll.error().status == 403 ? Event::refused_origin : Event::refused_request);
    co_return std::move(poll.error());
  }
  if (poll->verb == Verb::open) {
    if (around_.stopping) co_return plain_text(503, "stopping\n");
    SessionInfo info;
    info.id = SessionId{++around_.last_session};
    info.remote = remote_;
    info.loopback = loopback_;
    info.browser = poll->browser;
    const auto token = around_.polls.open(around_, executor_, info);
    co_return token ? plain_text(200, *token) : plain_text(429, "too many sessions\n");
  }
  const auto session = around_.polls.find(poll->token);
  if (!session) co_return plain_text(404, "no such session\n");
  if (session->proved()) around_.admission.prove(connection_);
  if (poll->verb == Verb::send) co_return co_await take_message(*session, head.body_bytes);
  if (poll->verb == Verb::end) {
    around_.polls.end(*session);
    co_return plain_text(200, "");
  }
  if (session->waiting()) co_return plain_text(409, "another request waits already\n");
  auto messages = co_await PollSession::next(session);
  if (!messages) {
    around_.polls.end(*session);
    co_return plain_text(404, "the session has ended\n");
  }
  if (!messages->empty()) polled_ = session;
  Response response;
  response.fields = {{"Content-Type", "application/octet-stream"}, {"Cache-Control", "no-store"}};
  response.body = std::make_shared<const Bytes>(std::move(*messages));
  co_return response;
}

Task<Response> Requests::take_message(PollSession& session, std::uint64_t bytes) {
  if (bytes > session.message_bytes_max()) {
    around_.note(Event::refused_frame, session.id());
    co_return plain_text(413, "the message is too large\n");
  }
  const BodyShare share(around_, bytes);
  if (!share.granted()) co_return transfer_error(Error{Code::overloaded});
  const std::optional<Bytes> message = co_await read_body(bytes);
  if (!message) co_return plain_text(400, "the body ended early\n");
  co_return session.take(*message) ? plain_text(200, "") : plain_text(429, "fetch what waits first\n");
}

Task<std::optional<Bytes>> Requests::read_body(std::size_t bytes) {
  const std::size_t at_hand = std::min(bytes, buffer_.size());
  Bytes body(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(at_hand));
  buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(at_hand));
  body.resize(bytes);
  for (std::size_t have = at_hand; have < bytes;) {
    const std::size_t got = co_await tls_.read_some(MutableBytes(body).subspan(have));
    if (got == 0) co_return std::nullopt;
    if (around_.doors.observer) around_.doors.observer->on_received(got);
    have += got;
  }
  body_unread_ = 0;
  co_return body;
}

Task<bool> Requests::write(BytesView bytes) {
  while (!bytes.empty()) {
    const BytesView part = bytes.first(std::min(bytes.size(), write_bytes));
    if (!tls_.write(part)) co_return false;
    if (around_.doors.observer) around_.doors.observer->on_written(part.size(), 0, 0);
    const bool drained = co_await tls_.drain();
    if (!drained) co_return false;
    bytes = bytes.subspan(part.size());
  }
  co_return true;
}

Task<bool> Requests::respond(const Response& response, bool keep_alive) {
  const std::string head = around_.responses.head(response, keep_alive);
  const bool written = co_await write(as_bytes(head));
  if (!written || !response.body || response.head_only) co_return written;
  co_return co_await write(*response.body);
}

}  // namespace encuentro::server::net
