#include "client/cli/net/poll_answer.h"

#include "protocol/base/limits.h"
#include "protocol/codec/reader.h"

namespace encuentro::client::cli::net {

Result<std::vector<Bytes>> split_messages(BytesView body) {
  std::vector<Bytes> messages;
  codec::Reader r(body);
  while (!r.at_end()) {
    TRY(const std::uint32_t size, r.u32());
    if (size > limits::frame_bytes_max) return fail(Code::too_large, "poll", limits::frame_bytes_max, size);
    TRY(const BytesView message, r.raw(size));
    messages.push_back(to_bytes(message));
  }
  return messages;
}

}  // namespace encuentro::client::cli::net
