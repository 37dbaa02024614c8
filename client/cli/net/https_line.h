// One TLS connection to the pinned server and the requests that go over it, one after the other. For the .cpp files of
// this folder.
#pragma once

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/span_body.hpp>
#include <boost/beast/http/vector_body.hpp>
#include <functional>

#include "client/cli/net/pinned_tls.h"

namespace encuentro::client::cli::net {

using AnswerParser = boost::beast::http::response_parser<boost::beast::http::vector_body<std::uint8_t>>;

class HttpsLine {
 public:
  using Request = boost::beast::http::request<boost::beast::http::span_body<const std::uint8_t>>;
  using Answer = AnswerParser::value_type;
  struct Outcome {
    std::optional<Answer> answer;
    ConnectFailure failure{Error{Code::unreachable}, std::nullopt, std::nullopt, "", ""};
    bool reached = false;  // the handshake was done: a refused key isn't tried again
  };

  // Connects at the first request. When a request isn't over in time, line and loop are given up together.
  HttpsLine(boost::asio::io_context& loop, const Endpoint& endpoint)
      : loop_(loop),
        endpoint_(endpoint),
        pinning_{endpoint.spki, std::nullopt, "", false},
        context_(pinned_context(pinning_)),
        socket_(loop_, context_) {}

  // `done` comes from the loop. `request` must stay in place until then.
  void start(const Request& request, std::size_t body_bytes_max, std::function<void(Outcome)> done);
  Outcome exchange(const Request& request, std::size_t body_bytes_max, Duration timeout);

  // Has answered before: a failure now may only mean that the server closed it meanwhile.
  bool used() const { return used_; }
  const std::optional<Hash32>& presented() const { return pinning_.presented; }

 private:
  boost::asio::awaitable<void> converse(const Request& request, std::size_t body_bytes_max, Outcome& outcome);

  boost::asio::io_context& loop_;
  Endpoint endpoint_;
  Pinning pinning_;
  boost::asio::ssl::context context_;
  TlsSocket socket_;
  boost::beast::flat_buffer buffer_;
  bool connected_ = false;
  bool used_ = false;
};

}  // namespace encuentro::client::cli::net
