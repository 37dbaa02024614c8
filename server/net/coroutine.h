// The names under which this folder uses Asio: one thread, one executor type, errors as values. Only included by .cpp
// files and the headers that only they include.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <functional>

#include "protocol/base/check.h"

namespace encuentro::server::net {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

using Executor = asio::io_context::executor_type;
template <class T = void>
using Task = asio::awaitable<T, Executor>;
using Socket = asio::basic_stream_socket<tcp, Executor>;
inline constexpr asio::use_awaitable_t<Executor> awaited{};
inline constexpr asio::as_tuple_t<asio::use_awaitable_t<Executor>> awaited_tuple{};

// A place where one coroutine waits until somebody on the same thread says so. Saying so with nobody waiting is
// nothing: the waiter looks at its condition first. The waiter goes on at a later turn of the loop, so whatever else
// this turn queues is seen by it at once.
class Wakeup {
 public:
  explicit Wakeup(Executor executor) : executor_(std::move(executor)) {}

  Task<> wait() {
    return asio::async_initiate<decltype(awaited), void()>(
        [this](auto handler) {
          ENC_CHECK(!waiter_);
          waiter_ = std::move(handler);
        },
        awaited);
  }

  void notify() {
    if (waiter_) asio::post(executor_, std::exchange(waiter_, nullptr));
  }

 private:
  Executor executor_;
  std::move_only_function<void()> waiter_;
};

}  // namespace encuentro::server::net
