// The body of an error reply: a stable code and facts, never words.
#pragma once

#include <string>

#include "protocol/api/frame.h"

namespace encuentro::api {

struct ErrorReply {
  Code code = Code::none;
  std::string rule;  // the rule that was broken, ASCII; empty where none has a name
  std::uint64_t expected = 0;
  std::uint64_t got = 0;
  std::uint32_t retry_after_ms = 0;
  friend bool operator==(const ErrorReply&, const ErrorReply&) = default;

  static ErrorReply from(const Error& error, std::uint32_t retry_after_ms = 0);
  // The code and numbers. An Error holds literals only: the rule stays here, but for those that a person is told apart
  // (whose room is full, what there are too many of).
  Error error() const;

  void encode(codec::Writer& w) const;
  static Result<ErrorReply> decode(codec::Reader& r);
};

Bytes error_frame(std::uint32_t id, std::uint16_t kind, const ErrorReply& reply);

}  // namespace encuentro::api
