// Every message of the connection: what decodes encodes to the same bytes. The first byte picks the message.
#include "fuzz/api_messages.h"

using namespace encuentro;

namespace {

template <class Message>
void again(BytesView body) {
  auto message = api::decode_message<Message>(body);
  if (!message) return;
  codec::Writer w;
  message->encode(w);
  ENC_CHECK(equal(w.view(), body));
}

template <class... Messages>
void pick(std::uint8_t choice, BytesView body, fuzz::MessageList<Messages...>) {
  using Check = void (*)(BytesView);
  constexpr Check checks[] = {again<Messages>...};
  checks[choice % sizeof...(Messages)](body);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  BytesView input(data, size);
  if (size == 0) return 0;
  if (auto frame = api::decode_frame(input.subspan(1))) ENC_CHECK(frame->body.size() + api::frame_header_bytes < size);
  if (auto notice = api::SpooledNotice::decode(input)) ENC_CHECK(equal(notice->encode(), input));
  pick(data[0], input.subspan(1), fuzz::ApiMessages{});
  return 0;
}
