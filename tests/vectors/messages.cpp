#include "protocol/mls/public/message.h"

#include "protocol/mls/member/group_secrets.h"
#include "protocol/mls/public/parent_node.h"
#include "tests/vectors/families.h"

namespace encuentro::vectors {

using namespace mls;

namespace {

template <class T>
Verdict same_bytes(const Fields& vector, const char* field) {
  TAKE(Bytes bytes, vector.bytes(field));
  auto object = decoded<T>(bytes);
  if (!object) return std::unexpected(std::string(field) + ": " + describe(object.error()));
  if (encoded(*object) != bytes) return std::unexpected(std::string(field) + ": encoded differently");
  return {};
}

Verdict same_group_secrets(const Fields& vector) {
  TAKE(Bytes bytes, vector.bytes("group_secrets"));
  TAKE(auto secrets, member::GroupSecrets::decode(bytes));
  EXPECT(equal(secrets.encode().view(), bytes));
  return {};
}

Verdict same_message(const Fields& vector, const char* field, WireFormat format, std::optional<ContentType> type = {}) {
  TAKE_OK(same_bytes<MlsMessage>(vector, field));
  TAKE(Bytes bytes, vector.bytes(field));
  TAKE(MlsMessage message, decoded<MlsMessage>(bytes));
  if (message.wire_format() != format || (type && message.as<PublicMessage>()->content.type() != *type)) {
    return std::unexpected(std::string(field) + ": another kind of message");
  }
  return {};
}

}  // namespace

Verdict verify_messages(const Fields& vector, Random&) {
  TAKE_OK(same_message(vector, "mls_welcome", WireFormat::welcome));
  TAKE_OK(same_message(vector, "mls_group_info", WireFormat::group_info));
  TAKE_OK(same_message(vector, "mls_key_package", WireFormat::key_package));
  TAKE_OK(same_bytes<RatchetTreeNodes>(vector, "ratchet_tree"));
  TAKE_OK(same_group_secrets(vector));
  TAKE_OK(same_bytes<Add>(vector, "add_proposal"));
  TAKE_OK(same_bytes<Update>(vector, "update_proposal"));
  TAKE_OK(same_bytes<Remove>(vector, "remove_proposal"));
  TAKE_OK(same_bytes<PreSharedKey>(vector, "pre_shared_key_proposal"));
  TAKE_OK(same_bytes<ReInit>(vector, "re_init_proposal"));
  TAKE_OK(same_bytes<ExternalInit>(vector, "external_init_proposal"));
  TAKE_OK(same_bytes<GroupContextExtensions>(vector, "group_context_extensions_proposal"));
  TAKE_OK(same_bytes<Commit>(vector, "commit"));
  TAKE_OK(same_message(vector, "public_message_application", WireFormat::public_message, ContentType::application));
  TAKE_OK(same_message(vector, "public_message_proposal", WireFormat::public_message, ContentType::proposal));
  TAKE_OK(same_message(vector, "public_message_commit", WireFormat::public_message, ContentType::commit));
  TAKE_OK(same_message(vector, "private_message", WireFormat::private_message));
  return {};
}

}  // namespace encuentro::vectors
