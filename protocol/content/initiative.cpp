#include "protocol/content/initiative.h"

namespace encuentro::content {
namespace {

namespace key {
constexpr std::uint16_t act = 32, country = 33, date = 34, theme = 35, confirm_by = 36, version = 37, destination = 38,
                        original = 39;
}

constexpr bool has_words(InitiativeAct act) { return act == InitiativeAct::file || act == InitiativeAct::correct; }

}  // namespace

Content content_of(const Initiative& initiative) {
  Content content;
  content.replaces = initiative.initiative;
  content.set_number(key::act, static_cast<std::uint64_t>(initiative.act));
  if (has_words(initiative.act)) {
    set_text(content, key::country, initiative.country);
    set_text(content, key::date, initiative.date);
    set_text(content, key::theme, initiative.theme);
    set_text(content, key::confirm_by, initiative.confirm_by);
    if (initiative.destination) set_id(content, key::destination, initiative.destination->view());
    if (initiative.original) set_id(content, key::original, initiative.original->view());
    content.title = initiative.title;
    content.body = initiative.text;
    content.attachments = initiative.attachments;
  } else if (initiative.version) {
    set_id(content, key::version, initiative.version->view());
  }
  return content;
}

Result<Initiative> initiative_of(const Content& content) {
  Initiative initiative;
  TRY(std::uint8_t act, act_of(content, key::act, 4, "initiative act"));
  initiative.act = static_cast<InitiativeAct>(act);
  initiative.initiative = content.replaces;
  if (initiative.initiative.has_value() == (initiative.act == InitiativeAct::file)) {
    return fail(Code::malformed, "initiative replaces");
  }
  if (!has_words(initiative.act)) {
    TRY(initiative.version, id_of(content, key::version, "initiative version"));
    return initiative;
  }
  TRY(initiative.country, text_of(content, key::country, is_country_code, "initiative country"));
  TRY(initiative.date, text_of(content, key::date, is_date, "initiative date"));
  TRY(initiative.theme, text_of(content, key::theme, is_line, "initiative theme"));
  TRY(initiative.confirm_by, text_of(content, key::confirm_by, is_day, "initiative confirm_by"));
  if (content.field(key::destination) != nullptr) {
    TRY(RecordId destination, id_of(content, key::destination, "initiative destination"));
    initiative.destination = ChannelId(destination.view());
  }
  if (content.field(key::original) != nullptr) {
    TRY(initiative.original, id_of(content, key::original, "initiative original"));
  }
  if (initiative.date.empty()) return fail(Code::malformed, "initiative date");
  if (!is_line(content.title)) return fail(Code::malformed, "initiative title");
  initiative.title = content.title;
  initiative.text = content.body;
  initiative.attachments = content.attachments;
  return initiative;
}

}  // namespace encuentro::content
