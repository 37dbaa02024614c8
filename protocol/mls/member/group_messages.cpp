// Application data (RFC 9420 §6.3, §15).
#include "protocol/mls/member/group_state.h"
#include "protocol/mls/public/rules.h"

namespace encuentro::mls::member {

Result<Bytes> Group::protect(BytesView plaintext, BytesView authenticated_data, Random& random) {
  GroupState& state = *state_;
  TRY_OK(state.demand_active());
  TRY_OK(demand(Rule::data_after_reinit, !state.shared.reinit().has_value()));
  TRY_OK(demand(Rule::data_after_proposals, state.shared.proposals().held().empty()));
  AuthenticatedContent content;
  content.wire_format = WireFormat::private_message;
  content.content = state.framed({WireFormat::private_message, to_bytes(authenticated_data)});
  content.content.body = to_bytes(plaintext);
  content.sign(state.suite(), state.signing_key, &context());
  TRY(PrivateMessage sealed, protect_private(content, state.keys->secrets.sender_data, state.keys->messages,
                                             state.options.padding_multiple, random));
  Bytes& copy = std::get<Bytes>(content.content.body);
  if (!copy.empty()) wipe(copy.data(), copy.size());
  ++state.counter;
  return encoded(MlsMessage{std::move(sealed)});
}

Result<OpenedMessage> Group::unprotect(const PrivateMessage& message) {
  GroupState& state = *state_;
  TRY_OK(state.demand_active());
  if (message.content_type != ContentType::application) return fail(Code::unknown_kind);
  TRY(OpenedContent opened, state.open_private(message));
  const FramedContent& content = opened.content.content;
  const LeafNode* sender = tree().leaf(content.sender.leaf());
  if (sender == nullptr) return fail(Code::not_a_member);
  if (enforced(Rule::message_signature)) {
    TRY_OK(demand(Rule::message_signature,
                  opened.content.verify(state.suite(), (*sender)->signature_key.view(), &context()).has_value()));
  }
  OpenedMessage out;
  out.sender = content.sender.leaf();
  out.generation = opened.reached.generation;
  Bytes& plaintext = std::get<Bytes>(opened.content.content.body);
  out.plaintext = SecretBytes(BytesView(plaintext));
  if (!plaintext.empty()) wipe(plaintext.data(), plaintext.size());
  out.authenticated_data = message.authenticated_data;
  state.consume(content.sender, ContentType::application, std::move(opened.reached));
  return out;
}

}  // namespace encuentro::mls::member
