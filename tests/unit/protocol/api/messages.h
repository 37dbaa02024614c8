// The check every message of this folder passes.
#pragma once

#include "protocol/api/frame.h"
#include "tests/support/decoder_checks.h"
#include "tests/support/seeded_random.h"

namespace encuentro::tests {

template <class Message>
Result<Bytes> message_again(BytesView bytes) {
  TRY(Message message, api::decode_message<Message>(bytes));
  codec::Writer w;
  message.encode(w);
  return w.take();
}

template <class Message>
Bytes message_bytes(const Message& message) {
  codec::Writer w;
  message.encode(w);
  return w.take();
}

template <class Message>
void check_message(const Message& message) {
  Bytes bytes = message_bytes(message);
  check_decoder(bytes, message_again<Message>);
  check_canonical(bytes, message_again<Message>);
}

template <class Message>
Code refused(const Message& message) {
  return code_of(api::decode_message<Message>(message_bytes(message)));
}

}  // namespace encuentro::tests
