#include "client/cli/net/transfers.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/span_body.hpp>
#include <boost/beast/http/vector_body.hpp>
#include <boost/beast/http/write.hpp>

#include "client/cli/net/pinned_tls.h"
#include "protocol/base/limits.h"
#include "protocol/crypto/hash.h"

namespace encuentro::client::cli::net {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;

namespace {

constexpr auto awaited = asio::as_tuple(asio::use_awaitable);

using Request = http::request<http::span_body<const std::uint8_t>>;
using Answer = http::response<http::vector_body<std::uint8_t>>;

Code code_of(unsigned status) {
  switch (status) {
    case 401:
      return Code::not_logged_in;
    case 403:
      return Code::not_allowed;
    case 404:
      return Code::not_found;
    case 413:
      return Code::too_large;
    case 429:
      return Code::too_many;
    case 503:
      return Code::overloaded;
    case 507:
      return Code::quota_exceeded;
    default:
      return status >= 500 ? Code::storage_failed : Code::malformed;
  }
}

std::string path_of(const TransferAddress& address) {
  const std::string hash = to_hex(address.id.view());
  return address.channel ? "/v1/chunk/" + to_hex(address.channel->view()) + "/" + hash : "/v1/blob/" + hash;
}

// One TLS connection and what belongs to it; given up as a whole when anything goes wrong.
class Line {
 public:
  explicit Line(const Endpoint& endpoint)
      : endpoint_(endpoint),
        pinning_{endpoint.spki, std::nullopt, "", false},
        context_(pinned_context(pinning_)),
        socket_(loop_, context_) {}

  struct Outcome {
    std::optional<Answer> answer;
    Error error{Code::unreachable};
    bool reached = false;  // the handshake was done: a refused key isn't tried again
  };
  Outcome exchange(const Request& request, std::size_t body_bytes_max, Duration timeout);
  bool used() const { return used_; }

 private:
  asio::awaitable<void> converse(const Request& request, std::size_t body_bytes_max, Outcome& outcome);

  asio::io_context loop_{1};
  Endpoint endpoint_;
  Pinning pinning_;
  asio::ssl::context context_;
  TlsSocket socket_;
  boost::beast::flat_buffer buffer_;
  bool connected_ = false;
  bool used_ = false;  // has answered before: a failure now may only mean that the server closed it meanwhile
};

asio::awaitable<void> Line::converse(const Request& request, std::size_t body_bytes_max, Outcome& outcome) {
  if (!std::exchange(connected_, true)) {
    if (const error_code failed = co_await connect_pinned(socket_, endpoint_)) {
      outcome.error = connect_failure(pinning_, "").error;
      co_return;
    }
  }
  outcome.reached = true;
  // A refusal may come while the body is still going out, so an error in writing isn't the end of the matter.
  co_await http::async_write(socket_, request, awaited);
  http::response_parser<http::vector_body<std::uint8_t>> parser;
  parser.body_limit(body_bytes_max);
  const error_code unread = std::get<0>(co_await http::async_read(socket_, buffer_, parser, awaited));
  if (unread == http::error::body_limit) outcome.error = Error{Code::too_large};
  if (!unread) outcome.answer = parser.release();
}

Line::Outcome Line::exchange(const Request& request, std::size_t body_bytes_max, Duration timeout) {
  Outcome outcome;
  bool done = false;
  asio::co_spawn(loop_, converse(request, body_bytes_max, outcome), [&done](std::exception_ptr) { done = true; });
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(timeout.ms);
  if (!run_until(loop_, done, deadline)) outcome = {};
  if (outcome.answer) used_ = true;
  return outcome;
}

class PinnedTransfers final : public Transfers {
 public:
  PinnedTransfers(const Endpoint& endpoint, Duration timeout) : endpoint_(endpoint), timeout_(timeout) {}

  Status put(const TransferAddress& address, std::string_view token, BytesView body) override {
    if (body.size() > limits::blob_bytes_max) return fail(Code::too_large);
    TRY(const Answer answer, exchange(http::verb::put, address, token, body));
    if (answer.result_int() != 201) return fail(code_of(answer.result_int()));
    return {};
  }

  Result<Bytes> get(const TransferAddress& address, std::string_view token) override {
    TRY(Answer answer, exchange(http::verb::get, address, token, {}));
    if (answer.result_int() != 200) return fail(code_of(answer.result_int()));
    if (!equal(crypto::sha256({answer.body()}).view(), address.id.view())) return fail(Code::malformed);
    return std::move(answer.body());
  }

 private:
  Result<Answer> exchange(http::verb verb, const TransferAddress& address, std::string_view token, BytesView body) {
    Request request(verb, path_of(address), 11);
    request.set(http::field::host, endpoint_.host + ":" + std::to_string(endpoint_.port));
    request.set(http::field::authorization, "Bearer " + std::string(token));
    request.body() = {body.data(), body.size()};
    if (verb == http::verb::put) request.content_length(body.size());
    for (;;) {
      if (!line_) line_ = std::make_unique<Line>(endpoint_);
      const bool used = line_->used();
      Line::Outcome outcome = line_->exchange(request, limits::blob_bytes_max, timeout_);
      if (!outcome.answer || !outcome.answer->keep_alive()) line_.reset();
      if (outcome.answer) return std::move(*outcome.answer);
      // Both verbs may be repeated: the name is the hash of the bytes.
      if (!used || !outcome.reached || outcome.error.code != Code::unreachable) return std::unexpected(outcome.error);
    }
  }

  Endpoint endpoint_;
  Duration timeout_;
  std::unique_ptr<Line> line_;
};

}  // namespace

std::unique_ptr<Transfers> Transfers::open(const Endpoint& endpoint, Duration timeout) {
  return std::make_unique<PinnedTransfers>(endpoint, timeout);
}

}  // namespace encuentro::client::cli::net
