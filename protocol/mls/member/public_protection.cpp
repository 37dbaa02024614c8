#include "protocol/mls/member/public_protection.h"

#include "protocol/crypto/compare.h"
#include "protocol/crypto/hash.h"
#include "protocol/mls/public/rules.h"

namespace encuentro::mls::member {

Digest membership_tag(crypto::Suite suite, const MembershipKey& key, const AuthenticatedContent& content,
                      const GroupContext& context) {
  return crypto::mac(suite, key.view(), {content.to_be_maced(context)});
}

Result<PublicMessage> protect_public(AuthenticatedContent content, const MembershipKey& key,
                                     const GroupContext& context) {
  ENC_CHECK(content.wire_format == WireFormat::public_message);
  if (content.content.type() == ContentType::application) return broken(Rule::no_public_application);
  PublicMessage out;
  if (content.content.sender.type == SenderType::member) {
    out.membership_tag = membership_tag(context.cipher_suite, key, content, context);
  }
  out.content = std::move(content.content);
  out.auth = std::move(content.auth);
  return out;
}

Result<AuthenticatedContent> unprotect_public(const PublicMessage& message, const MembershipKey& key,
                                              const GroupContext& context) {
  TRY_OK(demand(Rule::no_public_application, message.content.type() != ContentType::application));
  AuthenticatedContent content = message.authenticated();
  if (message.content.sender.type == SenderType::member && enforced(Rule::membership_tag)) {
    Digest expected = membership_tag(context.cipher_suite, key, content, context);
    if (!crypto::equal_constant_time(expected.view(), message.membership_tag.view())) {
      return broken(Rule::membership_tag);
    }
  }
  return content;
}

}  // namespace encuentro::mls::member
