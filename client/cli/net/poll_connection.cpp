#include "client/cli/net/poll_connection.h"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <deque>

#include "client/cli/net/https_line.h"
#include "client/cli/net/poll_answer.h"
#include "protocol/base/limits.h"

namespace encuentro::client::cli::net {

namespace asio = boost::asio;
namespace http = boost::beast::http;

namespace {

constexpr const char* path = "/v1/poll";
constexpr std::size_t token_bytes_max = 512;
constexpr std::chrono::seconds idle_max{5};  // the server keeps an idle connection for 15 s
// One batch of the server's: 64 KiB, or one message that is larger.
constexpr std::size_t answer_bytes_max = limits::frame_bytes_max + 64 * limits::KiB;

using Clock = std::chrono::steady_clock;
using Request = HttpsLine::Request;

Clock::time_point after(Duration time) { return Clock::now() + std::chrono::milliseconds(time.ms); }

// Two lines: one waits for what comes, the other carries what goes. Whatever fails ends it: what an answer that
// didn't come may have held is lost, and the client catches up from its cursors.
class PollConnection final : public Connection {
 public:
  PollConnection(const Endpoint& endpoint, Duration silence)
      : endpoint_(endpoint), silence_(silence), in_(loop_, endpoint) {
    out_.emplace(loop_, endpoint);
  }

  std::optional<ConnectFailure> establish(Duration timeout);

  Status send(BytesView message) override;
  Result<std::optional<Bytes>> receive(Duration timeout) override;
  void interrupt() override;
  void close() override;
  const Hash32& server_spki() const override { return spki_; }
  // All zero: requests of one session come over any number of TLS connections.
  const LoginExporter& login_exporter() const override { return exporter_; }

 private:
  Request request(http::verb verb) const;
  void wait_for_messages();

  asio::io_context loop_{1};
  Endpoint endpoint_;
  Duration silence_;
  std::optional<HttpsLine> out_;
  Clock::time_point out_used_ = Clock::now();
  Hash32 spki_;
  HttpsLine in_;
  std::string token_;
  Request waiting_request_;
  std::deque<Bytes> inbox_;
  LoginExporter exporter_{};
  Clock::time_point asked_;
  bool waiting_ = false;
  bool gone_ = false;
  bool woken_ = false;  // an answer came, or interrupt()
  bool interrupted_ = false;
};

Request PollConnection::request(http::verb verb) const {
  Request made(verb, path, 11);
  made.set(http::field::host, endpoint_.host + ":" + std::to_string(endpoint_.port));
  if (!token_.empty()) made.set(http::field::authorization, "Bearer " + token_);
  if (verb == http::verb::post) made.content_length(0);
  return made;
}

std::optional<ConnectFailure> PollConnection::establish(Duration timeout) {
  const Request open = request(http::verb::post);
  auto outcome = out_->exchange(open, token_bytes_max, timeout);
  if (!outcome.answer) return std::move(outcome.failure);
  if (outcome.answer->result() != http::status::ok || outcome.answer->body().empty()) {
    outcome.failure.detail = "HTTP " + std::to_string(outcome.answer->result_int());
    return std::move(outcome.failure);
  }
  token_ = as_text(outcome.answer->body());
  spki_ = *out_->presented();
  return std::nullopt;
}

Status PollConnection::send(BytesView message) {
  if (message.size() > limits::frame_bytes_max) return fail(Code::too_large);
  if (gone_) return fail(Code::unreachable);
  Request post = request(http::verb::post);
  post.body() = {message.data(), message.size()};
  post.content_length(message.size());
  // The loop runs on both lines' account: what comes meanwhile goes into the inbox.
  // A line the server may have closed for being idle isn't used again: the message would be lost, or sent twice.
  if (std::exchange(out_used_, Clock::now()) + idle_max < Clock::now()) out_.emplace(loop_, endpoint_);
  const auto outcome = out_->exchange(post, token_bytes_max, silence_);
  out_used_ = Clock::now();
  if (outcome.answer && outcome.answer->result() == http::status::ok) return {};
  gone_ = true;
  return fail(Code::unreachable);
}

void PollConnection::wait_for_messages() {
  waiting_ = true;
  asked_ = Clock::now();
  waiting_request_ = request(http::verb::get);
  in_.start(waiting_request_, answer_bytes_max, [this](HttpsLine::Outcome outcome) {
    waiting_ = false;
    woken_ = true;
    const bool answered = outcome.answer && outcome.answer->result() == http::status::ok;
    auto messages = answered ? split_messages(outcome.answer->body()) : fail(Code::unreachable);
    if (!messages) {
      gone_ = true;
      return;
    }
    std::move(messages->begin(), messages->end(), std::back_inserter(inbox_));
  });
}

Result<std::optional<Bytes>> PollConnection::receive(Duration timeout) {
  const auto deadline = after(timeout);
  woken_ = false;
  while (inbox_.empty() && !gone_) {
    if (!waiting_) wait_for_messages();
    const auto silent = asked_ + std::chrono::milliseconds(silence_.ms);
    if (!std::exchange(interrupted_, false) && run_until(loop_, woken_, std::min(deadline, silent))) {
      woken_ = false;
      if (!std::exchange(interrupted_, false)) continue;
    }
    if (waiting_ && Clock::now() >= silent) gone_ = true;
    if (inbox_.empty() && !gone_) return std::nullopt;
  }
  if (inbox_.empty()) return fail(Code::unreachable);
  Bytes message = std::move(inbox_.front());
  inbox_.pop_front();
  return message;
}

void PollConnection::interrupt() {
  asio::post(loop_, [this] { interrupted_ = woken_ = true; });
}

void PollConnection::close() {
  if (std::exchange(gone_, true)) return;
  // The server may learn it or wait for its deadline.
  const Request goodbye = request(http::verb::delete_);
  out_->exchange(goodbye, token_bytes_max, seconds(2));
}

}  // namespace

std::expected<std::unique_ptr<Connection>, ConnectFailure> open_polling(const Endpoint& endpoint, Duration timeout,
                                                                        Duration silence) {
  auto connection = std::make_unique<PollConnection>(endpoint, silence);
  if (auto failure = connection->establish(timeout)) return std::unexpected(std::move(*failure));
  return connection;
}

}  // namespace encuentro::client::cli::net
