#include "client/cli/statement_show.h"

#include "client/cli/clock.h"
#include "client/core/statements.h"
#include "client/core/wordlist.h"

namespace encuentro::client::cli {
namespace {

std::string short_hex(BytesView id) { return to_hex(id).substr(0, 8); }

// One body's sentence. Names come from the roster as this device holds it.
class Teller {
 public:
  Teller(const core::Core& core, const Catalogue& words) : core_(core), words_(words) {}

  std::string operator()(const roster::RootsBody& body) const {
    std::string keys;
    for (const auto& key : body.new_roots.keys) keys += (keys.empty() ? "" : ", ") + short_hex(key.view());
    return words_.text("statement.roots", {{"threshold", std::to_string(body.new_roots.threshold)},
                                           {"n", std::to_string(body.new_roots.keys.size())},
                                           {"keys", keys}});
  }
  std::string operator()(const roster::CountryBody& body) const {
    const auto* before = core_.roster().newest().country(body.code);
    Arguments arguments = {{"code", std::string(body.code.text())},
                           {"name", body.name},
                           {"status", words_.text("status." + std::string(roster::name(body.status)))},
                           {"decision", body.decision}};
    if (before == nullptr) return words_.text("statement.country_new", arguments);
    bool status = before->status != body.status;
    return words_.text(status ? "statement.country_status" : "statement.country_other", arguments);
  }
  std::string operator()(const roster::RoleBody& body) const {
    Arguments arguments = {{"name", person(body.member)}, {"end", local_time(body.end)}};
    if (body.action != roster::RoleAction::relieve) return words_.text("statement.end", arguments);
    arguments["successor"] = person(*body.successor);
    arguments["start"] = local_time(body.start);
    return words_.text("statement.relieve", arguments);
  }
  std::string operator()(const roster::InviteBody& body) const {
    auto name = core_.name_on(body);
    std::string role = words_.text("role." + std::string(roster::name(body.grant.role)));
    if (!body.grant.country.none()) role += " " + std::string(body.grant.country.text());
    return words_.text("statement.invite",
                       {{"name", name ? name->name : words_.text("person.unnamed")}, {"role", role}});
  }
  std::string operator()(const roster::DeviceBody& body) const {
    Hash32 comparison = roster::re_entry_comparison(core_.roster().fingerprint(), body);
    return words_.text("statement.re_entry",
                       {{"name", person(body.member)}, {"words", core::words_for(comparison.view(), 6)}});
  }
  std::string operator()(const roster::RevokeBody& body) const {
    switch (body.target) {
      case roster::RevokeTarget::member:
        return words_.text("statement.revoke_member", {{"name", person(body.member())}});
      case roster::RevokeTarget::device:
        return words_.text("statement.revoke_device", {{"id", short_hex(body.id)}});
      case roster::RevokeTarget::invite:
        return words_.text("statement.revoke_invite", {{"id", short_hex(body.id)}});
    }
    return {};
  }
  std::string operator()(const roster::ServerBody& body) const {
    std::string addresses;
    for (const auto& address : body.addresses) addresses += (addresses.empty() ? "" : ", ") + address;
    return words_.text("statement.server", {{"addresses", addresses}});
  }
  std::string operator()(const roster::ReleaseBody& body) const {
    return words_.text("statement.release", {{"version", body.version}});
  }
  // No other body waits for several (roster/pending.h).
  template <class Other>
  std::string operator()(const Other&) const {
    return {};
  }

 private:
  std::string person(const MemberId& id) const {
    auto name = core_.name_of(id);
    return name ? name->name : short_hex(id.view());
  }

  const core::Core& core_;
  const Catalogue& words_;
};

}  // namespace

std::string kind_word(const roster::PendingStatement& statement) {
  switch (static_cast<roster::EntryType>(statement.type)) {
    case roster::EntryType::roots:
      return "roots";
    case roster::EntryType::country:
      return "country";
    case roster::EntryType::role:
      return "role";
    case roster::EntryType::invite:
      return "invite";
    case roster::EntryType::device:
      return "re-entry";
    case roster::EntryType::revoke:
      return "revoke";
    case roster::EntryType::server:
      return "server";
    default:
      return "release";
  }
}

std::string sentence_of(const core::Core& core, const roster::PendingStatement& statement, const Catalogue& words) {
  auto body = statement.decoded_body();
  return body ? std::visit(Teller(core, words), *body) : std::string();
}

std::string statement_name(const RecordId& id) { return to_hex(id.view()).substr(0, statement_digits); }

roster::Support::Count nearest_of(const roster::Support& support) { return core::nearest(support); }

nlohmann::json json_of(const core::Core& core, const core::WaitingStatement& waiting, const Catalogue& words) {
  auto count = nearest_of(waiting.support);
  return {{"id", to_hex(waiting.statement.backing.id.view())},
          {"kind", kind_word(waiting.statement)},
          {"text", sentence_of(core, waiting.statement, words)},
          {"have", count.have},
          {"need", count.need},
          {"signed", waiting.signed_here},
          {"may_sign", waiting.may_sign},
          {"expires", rfc3339(waiting.statement.backing.expires)}};
}

std::string text_of(const core::Core& core, const core::WaitingStatement& waiting, const Catalogue& words) {
  auto count = nearest_of(waiting.support);
  std::string text = statement_name(waiting.statement.backing.id) + "  " + sentence_of(core, waiting.statement, words) +
                     "  · " +
                     words.text("statement.have", {{"have", std::to_string(count.have)},
                                                   {"need", std::to_string(count.need)},
                                                   {"expires", local_time(waiting.statement.backing.expires)}});
  if (waiting.signed_here) text += " · " + words.text("statement.signed");
  return text;
}

std::string root_key_text(BytesView key) { return to_hex(key); }

Result<Bytes> parse_root_key(std::string_view text) {
  Bytes key;
  if (!from_hex(text, key) || key.size() != crypto::Ed25519PublicKey::bytes) return fail(Code::malformed, "root key");
  return key;
}

}  // namespace encuentro::client::cli
