// Messages of the current epoch to and from the wire (RFC 9420 §6).
#include "protocol/mls/member/group_state.h"
#include "protocol/mls/member/public_protection.h"
#include "protocol/mls/public/rules.h"

namespace encuentro::mls::member {

FramedContent GroupState::framed(const Framing& framing) const {
  FramedContent out;
  out.group_id = shared.context().group_id;
  out.epoch = shared.context().epoch;
  out.sender = Sender::member(own_leaf);
  out.authenticated_data = framing.authenticated_data;
  return out;
}

// A joiner from outside has no keys yet: its Commit is a PublicMessage without membership tag.
Result<Bytes> GroupState::seal(AuthenticatedContent content, Random& random) {
  if (content.wire_format == WireFormat::private_message) {
    TRY_OK(demand_active());
    TRY(PrivateMessage sealed,
        protect_private(content, keys->secrets.sender_data, keys->messages, options.padding_multiple, random));
    ++counter;
    return encoded(MlsMessage{std::move(sealed)});
  }
  const MembershipKey none;
  TRY(PublicMessage sealed,
      protect_public(std::move(content), keys ? keys->secrets.membership : none, shared.context()));
  return encoded(MlsMessage{std::move(sealed)});
}

Result<OpenedHandshake> GroupState::open(const MlsMessage& message) {
  if (const auto* readable = message.as<PublicMessage>()) {
    // Of another epoch the tag can't be right: the epoch is the better answer.
    TRY_OK(shared.check_framing(readable->content));
    TRY(AuthenticatedContent content, unprotect_public(*readable, keys->secrets.membership, shared.context()));
    return OpenedHandshake{std::move(content), std::nullopt};
  }
  const auto* sealed = message.as<PrivateMessage>();
  if (sealed == nullptr || sealed->content_type == ContentType::application) return fail(Code::unknown_kind);
  TRY(OpenedContent opened, open_private(*sealed));
  return OpenedHandshake{std::move(opened.content), std::move(opened.reached)};
}

Result<OpenedContent> GroupState::open_private(const PrivateMessage& message) {
  const GroupContext& context = shared.context();
  TRY_OK(demand(Rule::group_id_matches, message.group_id == context.group_id));
  TRY_OK(demand(Rule::epoch_matches, message.epoch == context.epoch, context.epoch.value, message.epoch.value));
  TRY(SenderData sender, open_sender_data(message, suite(), keys->secrets.sender_data));
  TRY_OK(demand(Rule::sender_data_leaf, shared.tree().leaf(sender.leaf) != nullptr, 0, sender.leaf.value));
  return open_content(message, sender, keys->messages);
}

void GroupState::consume(const Sender& sender, ContentType type, HashRatchet::Reached reached) {
  keys->messages.ratchet(sender.leaf(), ratchet_of(type)).consume(std::move(reached));
  ++counter;
}

}  // namespace encuentro::mls::member
