#include "client/views/page_re_entry.h"

#include "client/core/wordlist.h"

namespace encuentro::client::views {
namespace {

constexpr std::size_t comparison_words = 6;

std::optional<PageComingBack> coming_back(const core::Core& core, const roster::PendingStatement& statement) {
  auto decoded = statement.decoded_body();
  const auto* body = decoded ? std::get_if<roster::DeviceBody>(&*decoded) : nullptr;
  if (body == nullptr || body->action != roster::DeviceAction::re_enter) return std::nullopt;
  Hash32 comparison = roster::re_entry_comparison(core.self().fingerprint, *body);
  return PageComingBack{statement.backing.id, body->member, core::words_for(comparison.view(), comparison_words),
                        statement.backing.expires,
                        statement.signed_by(roster::BackingKind::device, core.self().device.view())};
}

}  // namespace

PageReEntry re_entry(const core::Core& core, const AskReEntry& question) {
  PageReEntry page;
  if (auto asked = core.asked_re_entry()) {
    page.own = PageAsked{asked->request, core::words_for(asked->comparison.view(), comparison_words), asked->expires};
  }
  if (!core.has_identity()) return page;
  for (const core::WaitingStatement& waiting : core.statements()) {
    if (auto one = coming_back(core, waiting.statement)) page.waiting.push_back(std::move(*one));
  }
  if (question.request.empty()) return page;
  if (auto read = core.re_entry_request(question.request)) page.read = coming_back(core, *read);
  return page;
}

}  // namespace encuentro::client::views
