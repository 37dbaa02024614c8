#include "client/cli/show.h"

#include "client/cli/clock.h"
#include "client/cli/standing.h"
#include "client/cli/statement_show.h"
#include "client/cli/support_code.h"
#include "client/core/wordlist.h"

namespace encuentro::client::cli {
namespace {

using nlohmann::json;

template <class List, class Word>
json words_of(const List& list, Word word) {
  json words = json::array();
  for (const auto& item : list) words.push_back(word(item));
  return words;
}

std::string role_word(const std::optional<roster::Role>& role) {
  return role ? std::string(roster::name(*role)) : std::string();
}

json reactions_of(const views::Item& item) {
  json all = json::array();
  for (const views::Reaction& reaction : item.reactions) {
    all.push_back({{"emoji", reaction.emoji},
                   {"members", words_of(reaction.members, [](const MemberId& m) { return hex(m.view()); })}});
  }
  return all;
}

std::string_view sending_word(views::Sending sending) {
  return sending == views::Sending::on_server      ? "on_server"
         : sending == views::Sending::acknowledged ? "acknowledged"
         : sending == views::Sending::refused      ? "refused"
                                                   : "waiting";
}

std::string indented(std::string_view text) {
  std::string out = "  ";
  for (char c : text) {
    out.push_back(c);
    if (c == '\n') out += "  ";
  }
  return out;
}

// With these a queued item waits for better days; with any other it was given up.
bool stays_in_outbox(Code code) {
  return code == Code::queued || code == core::admission_changed || code == core::channel_alarmed ||
         code == Code::wrong_server_key || code == Code::inspected_connection;
}

std::string country_list(const std::vector<roster::Country>& countries) {
  std::string text;
  for (roster::Country country : countries) text += (text.empty() ? "" : ", ") + std::string(country.text());
  return text;
}

}  // namespace

std::string hex(BytesView id) { return to_hex(id); }

json attachments_json(const std::vector<content::Attachment>& attachments) {
  return words_of(attachments, [](const content::Attachment& a) {
    json object = {{"name", a.name}, {"media_type", a.media_type}, {"bytes", a.bytes}};
    if (a.document) object["version"] = hex(a.document->version.view());
    return object;
  });
}

std::string kind_word(const views::Item& item) {
  switch (item.reading) {
    case core::Reading::closed:
      return "closed";
    case core::Reading::unreadable:
      return "unreadable";
    case core::Reading::refused:
      return "refused";
    case core::Reading::unknown:
      return "unknown";
    case core::Reading::opened:
      break;
  }
  return item.kind == static_cast<std::uint16_t>(content::Kind::announcement) ? "announcement" : "message";
}

std::string author_name(const Telling& telling, const views::Author& author) {
  auto name = telling.name_of(author.member);
  return name ? name->name : hex(author.member.view()).substr(0, 8);
}

json json_of(const Telling& telling, const ChannelId& channel, const views::Item& item) {
  json object = {{"id", hex(item.id.view())},
                 {"channel", hex(channel.view())},
                 {"seq", item.seq.value},
                 {"author", hex(item.author.member.view())},
                 {"name", author_name(telling, item.author)},
                 {"device", hex(item.author.device.view())},
                 {"country", std::string(item.author.country.text())},
                 {"role", role_word(item.author.role)},
                 {"time", rfc3339(item.time)},
                 {"kind", kind_word(item)},
                 {"body", item.body},
                 {"sending", sending_word(item.sending)},
                 {"edited", item.edited},
                 {"reactions", reactions_of(item)},
                 {"mentions", words_of(item.mentions, [](const MemberId& m) { return hex(m.view()); })},
                 {"attachments", attachments_json(item.attachments)}};
  if (!item.title.empty()) object["title"] = item.title;
  if (item.reply) object["reply"] = hex(item.reply->view());
  if (item.withdrawn) object["withdrawn"] = true;
  if (item.problem != Code::none) object["problem"] = std::string(name(item.problem));
  return object;
}

std::string text_of(const Telling& telling, const views::Item& item, const Catalogue& words) {
  std::string head = telling.time_text(item.time) + "  " + author_name(telling, item.author);
  if (!item.author.country.none()) head += " (" + std::string(item.author.country.text()) + ")";
  head += "  " + hex(item.id.view()).substr(0, 8);
  if (item.edited) head += "  " + words.text("item.edited");
  if (item.sending == views::Sending::refused) {
    head += "  " + words.text("item.not_sent", {{"why", words.error_text(Error{item.problem, "", 0, 0})}});
  } else if (item.sending != views::Sending::on_server) {
    head += "  " + words.text("item.waiting");
  }
  if (item.reply) head += "  ↪ " + hex(item.reply->view()).substr(0, 8);
  std::string body = item.body;
  if (item.withdrawn) body = words.text("item.withdrawn");
  if (item.reading != core::Reading::opened) body = words.text("item." + kind_word(item));
  std::string text = head + "\n" + indented(body);
  for (const content::Attachment& a : item.attachments) text += "\n  + " + a.name;
  std::string reactions;
  for (const views::Reaction& r : item.reactions) reactions += r.emoji + " " + std::to_string(r.members.size()) + "  ";
  if (!reactions.empty()) text += "\n  " + reactions;
  return text;
}

json json_of(const Telling& telling, const views::Announcement& announcement) {
  const views::Item& item = announcement.item;
  json object = json_of(telling, announcement.channel, item);
  object["title"] = item.title;
  object["number"] = item.number;
  object["board"] = announcement.general ? "general" : "focal-points";
  object["acks"] = words_of(item.acknowledged_countries, [](roster::Country c) { return std::string(c.text()); });
  object["ask_ack"] = item.acknowledge_by.has_value();
  if (item.acknowledge_by && item.acknowledge_by->ms > 0) object["ack_by"] = rfc3339(*item.acknowledge_by);
  return object;
}

std::string text_of(const Telling& telling, const views::Announcement& announcement, const Catalogue& words) {
  const views::Item& item = announcement.item;
  std::string title = item.title;
  if (item.number > 0) title = std::to_string(item.number) + ". " + title;
  std::string text = title + "\n" + text_of(telling, item, words);
  if (item.acknowledge_by) {
    text += "\n  " + words.text("board.acknowledged", {{"countries", country_list(item.acknowledged_countries)}});
  }
  return text + "\n";
}

json json_of(const core::Core& core, const ChannelId& channel, const core::ChannelLook& look) {
  const policy::Admission& admission = look.policy.admission;
  return {{"id", hex(channel.view())},
          {"title", core.title(channel)},
          {"kind", std::string(policy::name(look.policy.kind))},
          {"history", std::string(policy::name(look.policy.history))},
          {"countries", words_of(admission.countries, [](roster::Country c) { return std::string(c.text()); })},
          {"roles", words_of(admission.roles, [](roster::Role r) { return std::string(roster::name(r)); })},
          {"members", words_of(look.members, [](const MemberId& m) { return hex(m.view()); })},
          {"epoch", look.at.epoch.value},
          {"unread", views::unread(core, channel)},
          {"unreadable", core.unreadable(channel)},
          {"alarm", look.alarm == Code::none ? json() : json(std::string(name(look.alarm)))},
          {"admission_changed", admission_json(core, look)},
          {"state", look.state == core::ChannelState::in        ? "in"
                    : look.state == core::ChannelState::out     ? "out"
                    : look.state == core::ChannelState::stopped ? "stopped"
                    : look.state == core::ChannelState::joining ? "joining"
                                                                : "visible"}};
}

std::string text_of(const core::Core& core, const ChannelId& channel, const core::ChannelLook& look,
                    const Catalogue& words) {
  std::string title = core.title(channel);
  if (look.policy.kind == policy::ChannelKind::board) {
    title = words.text(look.policy.is_general_board() ? "board.general" : "board.focal_points");
  }
  bool shared = look.policy.history == policy::History::shared;
  std::size_t unread = views::unread(core, channel);
  std::string text = hex(channel.view()).substr(0, 8) + "  " + title + "  · " +
                     words.text("channel.kind." + std::string(policy::name(look.policy.kind))) + " · " +
                     words.text(shared ? "channel.shared" : "channel.sealed") + " · " +
                     words.text("channel.people", {{"n", std::to_string(look.members.size())}});
  if (unread > 0) text += " · " + words.text("channel.unread", {{"n", std::to_string(unread)}});
  if (std::size_t n = core.unreadable(channel)) {
    text += " · " + words.text("channel.unreadable", {{"n", std::to_string(n)}});
  }
  if (look.state == core::ChannelState::stopped) text += " · " + words.text("channel.stopped");
  if (look.alarm != Code::none)
    text += "\n  " + words.text("channel.alarm") + " " + words.error_text(Error{look.alarm});
  if (look.admission_change) {
    text += "\n  " + words.text("channel.admission_changed", admission_words(core, look, words));
  }
  return text;
}

json json_of(const views::Person& person) {
  json object = {{"country", std::string(person.grant.country.text())},
                 {"status", person.status ? std::string(roster::name(*person.status)) : std::string()},
                 {"member", hex(person.member.view())},
                 {"name", person.name ? person.name->name : std::string()},
                 {"institution", person.name ? person.name->institution : std::string()},
                 {"role", std::string(roster::name(person.grant.role))},
                 {"principal", person.grant.principal},
                 {"devices", words_of(person.devices, [](const views::PersonDevice& d) { return hex(d.id.view()); })}};
  if (person.standing == roster::Standing::provisional) object["provisional"] = true;
  if (person.standing == roster::Standing::unseated) object["unseated"] = true;
  if (person.standing == roster::Standing::gone) object["gone"] = true;
  if (person.no_position_before) object["no_position_before"] = rfc3339(*person.no_position_before);
  if (person.relief) {
    object["relieved_by"] = hex(person.relief->successor.view());
    object["until"] = rfc3339(person.relief->end);
  }
  return object;
}

std::string text_of(const views::Person& person, const Catalogue& words) {
  std::string country = person.grant.country.none() ? "--" : std::string(person.grant.country.text());
  std::string role = words.text("role." + std::string(roster::name(person.grant.role)));
  std::string text = country + "  " + (person.name ? person.name->name : words.text("person.unnamed")) + "  · " + role;
  if (person.grant.role == roster::Role::focal_point) {
    text += " · " + words.text(person.grant.principal ? "role.principal" : "role.alternate");
  }
  if (person.standing == roster::Standing::provisional) text += " · " + words.text("standing.provisional");
  if (person.standing == roster::Standing::unseated) text += " · " + words.text("standing.unseated");
  if (person.no_position_before) {
    text += " · " + words.text("person.no_position", {{"until", local_time(*person.no_position_before)}});
  }
  if (person.relief) text += " · " + words.text("person.relieved", {{"until", local_time(person.relief->end)}});
  text += " · " + words.text("person.devices", {{"n", std::to_string(person.devices.size())}});
  return text + "  " + hex(person.member.view()).substr(0, 8);
}

void show_sent(Output& output, const core::Outcome& outcome) {
  const auto* sent = std::get_if<core::Sent>(&outcome);
  if (sent == nullptr) return;
  json object = {{"id", hex(sent->id.view())}, {"channel", hex(sent->channel.view())}, {"seq", sent->seq.value}};
  output.line(object, hex(sent->id.view()));
}

void show_asked(Output& output, const core::ReEntryAsked& asked) {
  std::string words = core::words_for(asked.comparison.view(), 6);
  output.line({{"state", "waiting"}, {"request", asked.request}, {"words", words}, {"expires", rfc3339(asked.expires)}},
              asked.request);
  output.say("re_entry.asked", {{"words", words}, {"expires", local_time(asked.expires)}});
}

void show_decided(Output& output, const core::Outcome& outcome, Key placed) {
  if (const auto* waits = std::get_if<core::Proposed>(&outcome)) {
    std::string id = hex(waits->id.view());
    output.line({{"decided", false}, {"id", id}, {"have", waits->have}, {"need", waits->need}}, id);
    output.say("approve.waits", {{"id", statement_name(waits->id)},
                                 {"have", std::to_string(waits->have)},
                                 {"need", std::to_string(waits->need)}});
    return;
  }
  const auto* place = std::get_if<core::RosterPlace>(&outcome);
  if (place == nullptr) return;
  output.line({{"decided", true}, {"roster_seq", place->seq.value}}, std::to_string(place->seq.value));
  output.say(placed);
}

void show_error(Output& output, const Error& error, Session& session) {
  json extra = json::object();
  Arguments arguments;
  if (const auto& queued = session.last_queued(); queued && stays_in_outbox(error.code)) {
    extra["id"] = hex(queued->id.view());
    extra["channel"] = hex(queued->channel.view());
    auto look = session.core().channel(queued->channel);
    if (look) arguments = admission_words(session.core(), *look, output.words());
    if (error.code == core::admission_changed && look)
      extra["admission_changed"] = admission_json(session.core(), *look);
  }
  if (const auto& failure = session.connect_failure()) {
    if (failure->pinned) extra["pinned"] = net::spki_text(*failure->pinned);
    if (failure->presented) extra["presented"] = net::spki_text(*failure->presented);
    if (!failure->issuer.empty()) extra["issuer"] = failure->issuer;
    if (!failure->detail.empty()) extra["detail"] = failure->detail;
  }
  bool clock = error.code == Code::clock_wrong;
  std::string server = rfc3339(Timestamp{static_cast<std::int64_t>(error.expected)});
  std::string own = rfc3339(Timestamp{static_cast<std::int64_t>(error.got)});
  if (clock) extra.update({{"server_time", server}, {"own_time", own}});
  std::string support = support_code(error, session.connect_failure());
  if (!support.empty()) extra["support"] = support;
  output.error(error, arguments, extra);
  if (clock) output.say("connect.clock", {{"server", server}, {"own", own}});
  if (!support.empty()) output.say("connect.support", {{"code", support}});
}

}  // namespace encuentro::client::cli
