#include "client/cli/net/https_line.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>

namespace encuentro::client::cli::net {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;

namespace {

constexpr auto awaited = asio::as_tuple(asio::use_awaitable);

}  // namespace

asio::awaitable<void> HttpsLine::converse(const Request& request, std::size_t body_bytes_max, Outcome& outcome) {
  if (!std::exchange(connected_, true)) {
    if (const error_code failed = co_await connect_pinned(socket_, endpoint_)) {
      outcome.failure = connect_failure(pinning_, failed.message());
      co_return;
    }
  }
  outcome.reached = true;
  // A refusal may come while the body is still going out, so an error in writing isn't the end of the matter.
  co_await http::async_write(socket_, request, awaited);
  AnswerParser parser;
  parser.body_limit(body_bytes_max);
  const error_code unread = std::get<0>(co_await http::async_read(socket_, buffer_, parser, awaited));
  if (unread == http::error::body_limit) outcome.failure.error = Error{Code::too_large};
  if (unread) outcome.failure.detail = unread.message();
  if (!unread) outcome.answer = parser.release();
  used_ = used_ || outcome.answer;
}

void HttpsLine::start(const Request& request, std::size_t body_bytes_max, std::function<void(Outcome)> done) {
  auto outcome = std::make_shared<Outcome>();
  asio::co_spawn(loop_, converse(request, body_bytes_max, *outcome),
                 [done = std::move(done), outcome](std::exception_ptr) { done(std::move(*outcome)); });
}

HttpsLine::Outcome HttpsLine::exchange(const Request& request, std::size_t body_bytes_max, Duration timeout) {
  // Shared: when time is over the request goes on to the loop's end.
  struct Awaited {
    Outcome outcome;
    bool done = false;
  };
  const auto came = std::make_shared<Awaited>();
  start(request, body_bytes_max, [came](Outcome outcome) { *came = {std::move(outcome), true}; });
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(timeout.ms);
  if (!run_until(loop_, came->done, deadline)) return {};
  return std::move(came->outcome);
}

}  // namespace encuentro::client::cli::net
