#include "client/views/page_statements.h"

#include <algorithm>
#include <optional>

#include "client/core/wordlist.h"

namespace encuentro::client::views {
namespace {

// One body in what a screen needs to say it. Names come from the roster as this device holds it.
class Telling {
 public:
  Telling(const core::Core& core, Names& names) : core_(core), names_(names), view_(core.roster().newest()) {}

  using Told = std::optional<Stated>;
  Told operator()(const roster::RootsBody& body) {
    StatedRoots roots{body.new_roots.threshold, {}};
    for (const auto& key : body.new_roots.keys) roots.keys.push_back(core::words_for(key.view(), root_key_words));
    return roots;
  }
  Told operator()(const roster::CountryBody& body) {
    const auto* before = view_.country(body.code);
    CountryChange change = CountryChange::added;
    if (before != nullptr) change = before->status != body.status ? CountryChange::status : CountryChange::other;
    return StatedCountry{std::string(body.code.text()), body.name, static_cast<std::uint8_t>(body.status),
                         body.decision, change};
  }
  Told operator()(const roster::RoleBody& body) {
    PageAuthor member = names_.author(body.member);
    if (body.action != roster::RoleAction::relieve) return StatedEnd{member, body.end};
    return StatedRelief{member, names_.author(*body.successor), body.start, body.end};
  }
  Told operator()(const roster::InviteBody& body) {
    auto name = core_.name_on(body);
    return StatedInvitation{names_.invited(body), name ? name->institution : std::string()};
  }
  Told operator()(const roster::DeviceBody& body) { return StatedReEntry{names_.author(body.member)}; }
  Told operator()(const roster::RevokeBody& body) {
    StatedRemoval removal{static_cast<std::uint8_t>(body.target), {}, {}};
    switch (body.target) {
      case roster::RevokeTarget::member:
        removal.member = names_.author(body.member());
        break;
      case roster::RevokeTarget::device:
        if (auto device = view_.device(body.device())) removal.member = names_.author(device->member);
        removal.device = core_.device_label(body.device());
        break;
      case roster::RevokeTarget::invite:
        if (auto invite = view_.invite(body.invite())) removal.member = names_.invited(*invite->body);
        break;
    }
    return removal;
  }
  Told operator()(const roster::ServerBody& body) { return StatedServer{body.addresses}; }
  Told operator()(const roster::ReleaseBody& body) { return StatedRelease{body.version}; }
  // No other body waits for several (roster/pending.h).
  template <class Other>
  Told operator()(const Other&) {
    return std::nullopt;
  }

 private:
  const core::Core& core_;
  Names& names_;
  roster::View view_;
};

PageCount count_of(const roster::Support::Count& count) {
  return {static_cast<std::uint32_t>(count.have), static_cast<std::uint32_t>(count.need)};
}

// Each person once, whatever number of devices signed.
std::vector<PageAuthor> signers_of(const core::Core& core, const roster::PendingStatement& statement, Names& names) {
  std::vector<MemberId> members;
  for (const auto& signature : statement.backing.signatures) {
    auto device = signature.kind == roster::BackingKind::device ? core.roster().newest().device(DeviceId(signature.key))
                                                                : std::nullopt;
    if (device && std::find(members.begin(), members.end(), device->member) == members.end())
      members.push_back(device->member);
  }
  std::vector<PageAuthor> people;
  people.reserve(members.size());
  for (const MemberId& member : members) people.push_back(names.author(member));
  return people;
}

}  // namespace

PageStatements waiting_for_several(const core::Core& core) {
  PageStatements page;
  if (!core.has_identity()) return page;
  const auto& roots = core.roster().newest().roots();
  page.threshold = roots.threshold;
  page.keys = static_cast<std::uint32_t>(roots.keys.size());
  page.holds_key = core.self().holds_root;
  Names names(core);
  for (const core::WaitingStatement& waiting : core.statements()) {
    auto body = waiting.statement.decoded_body();
    auto stated = body ? std::visit(Telling(core, names), *body) : std::nullopt;
    if (!stated) continue;
    page.waiting.push_back({waiting.statement.backing.id, std::move(*stated), count_of(waiting.support.roots),
                            count_of(waiting.support.countries), count_of(waiting.support.people),
                            signers_of(core, waiting.statement, names), waiting.signed_here, waiting.may_sign,
                            waiting.statement.backing.expires});
  }
  return page;
}

}  // namespace encuentro::client::views
