#include "client/core/drafts.h"

namespace encuentro::client::core {
namespace {

std::string row_name(std::string_view place) { return "draft/" + to_hex(as_bytes(place)); }

Status judge(const CoreState& state, const KeepDraft& draft) {
  if (draft.place.empty()) return fail(Code::malformed, "place");
  if (draft.place.size() > draft_place_bytes_max) {
    return fail(Code::too_large, "place", draft_place_bytes_max, draft.place.size());
  }
  if (draft.text.size() > draft_text_bytes_max) {
    return fail(Code::too_large, "draft", draft_text_bytes_max, draft.text.size());
  }
  if (state.drafts.size() >= drafts_max && !state.drafts.contains(draft.place) && !draft.text.empty()) {
    return fail(Code::too_many, "drafts", drafts_max, state.drafts.size() + 1);
  }
  return {};
}

}  // namespace

void keep_draft(CoreState& state, std::uint32_t ticket, const KeepDraft& command) {
  if (auto may = judge(state, command); !may) return failed(state, ticket, may.error());
  if (command.text.empty()) {
    if (state.drafts.erase(command.place) > 0) state.vault->erase(row_name(command.place));
  } else {
    state.vault->put(row_name(command.place), encode_fields(command));
    state.drafts.insert_or_assign(command.place, command.text);
  }
  done(state, ticket, Nothing{});
}

Status load_draft(CoreState& state, BytesView value) {
  TRY(auto kept, decode_fields<KeepDraft>(value));
  state.drafts.insert_or_assign(std::move(kept.place), std::move(kept.text));
  return {};
}

}  // namespace encuentro::client::core
