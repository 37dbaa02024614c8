#include "client/core/texts.h"

namespace encuentro::client::core {
namespace {

constexpr std::string_view prefix = "text/";

std::string row_name(const RecordId& version) { return std::string(prefix) + to_hex(version.view()); }

}  // namespace

void keep_text(CoreState& state, std::uint32_t ticket, const KeepText& command) {
  if (command.text.size() > KeepText::bytes_max) {
    return failed(state, ticket, {Code::too_large, "text", KeepText::bytes_max, command.text.size()});
  }
  if (!command.text.empty()) {
    state.vault->put(row_name(command.version), as_bytes(command.text));
    state.kept_texts[command.version] = command.text;
  } else if (state.kept_texts.erase(command.version) > 0) {
    state.vault->erase(row_name(command.version));
  }
  done(state, ticket, Nothing{});
}

Status load_text(CoreState& state, std::string_view name, BytesView value) {
  Bytes version;
  bool formed = from_hex(name.substr(prefix.size()), version) && version.size() == RecordId::bytes;
  if (!formed) return fail(Code::malformed, "row name");
  state.kept_texts[RecordId(version)] = as_text(value);
  return {};
}

}  // namespace encuentro::client::core
