#include "protocol/api/error_reply.h"

#include "protocol/api/wire.h"

namespace encuentro::api {

ErrorReply ErrorReply::from(const Error& error, std::uint32_t retry_after_ms) {
  return {error.code, std::string(std::string_view(error.rule).substr(0, limits::rule_bytes_max)), error.expected,
          error.got, retry_after_ms};
}

Error ErrorReply::error() const {
  Error error{code, "", expected, got};
  bool is_told_apart = code == Code::quota_exceeded || code == Code::too_many;
  for (const char* told_apart : {"R-SRV-44", "R76", "R77"}) {
    if (is_told_apart && rule == told_apart) error.rule = told_apart;
  }
  return error;
}

void ErrorReply::encode(codec::Writer& w) const {
  w.number(code);
  w.text(rule);
  w.u64(expected);
  w.u64(got);
  w.u32(retry_after_ms);
}

Result<ErrorReply> ErrorReply::decode(codec::Reader& r) {
  ErrorReply reply;
  TRY(reply.code, r.number<Code>());
  TRY(reply.rule, read_text(r, limits::rule_bytes_max));
  TRY(reply.expected, r.u64());
  TRY(reply.got, r.u64());
  TRY(reply.retry_after_ms, r.u32());
  return reply;
}

Bytes error_frame(std::uint32_t id, std::uint16_t kind, const ErrorReply& reply) {
  codec::Writer w;
  encode_frame_header(w, FrameType::error, id, kind);
  reply.encode(w);
  return w.take();
}

}  // namespace encuentro::api
