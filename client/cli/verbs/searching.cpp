// search
#include "client/cli/clock.h"
#include "client/cli/documents/text_inside.h"
#include "client/cli/show.h"
#include "client/cli/standing.h"
#include "client/cli/verb.h"
#include "client/views/search.h"

namespace encuentro::client::cli {
namespace {

using nlohmann::json;

constexpr std::size_t excerpt_bytes_max = 160;

struct SearchOptions {
  std::vector<std::string> words;
  std::size_t at_most = 50;
};

std::string_view word_of(views::FoundKind kind) {
  switch (kind) {
    case views::FoundKind::message:
      return "message";
    case views::FoundKind::announcement:
      return "announcement";
    case views::FoundKind::event:
      return "event";
    case views::FoundKind::document:
      return "document";
    case views::FoundKind::comment:
      return "comment";
    case views::FoundKind::initiative:
      return "initiative";
    case views::FoundKind::meeting:
      return "meeting";
  }
  return "";
}

void show(const core::Core& core, const views::SearchEntry& entry, const std::string& query, Output& output) {
  std::string author = author_name(core, entry.author), place = core.title(entry.channel), time = rfc3339(entry.time);
  std::string line = views::excerpt(entry.text.empty() ? entry.title : entry.text, query, excerpt_bytes_max);
  std::string kind = output.words().text("search.kind." + std::string(word_of(entry.kind)));
  std::string text = hex(entry.id.view()).substr(0, 8) + "  " + kind +
                     (entry.title.empty() ? "" : " «" + entry.title + "»") + " · " + place + " · " + author + " · " +
                     time.substr(0, 10) + "\n  " + line;
  json object = {{"id", hex(entry.id.view())},
                 {"channel", hex(entry.channel.view())},
                 {"channel_title", place},
                 {"kind", std::string(word_of(entry.kind))},
                 {"title", entry.title},
                 {"excerpt", line},
                 {"author", hex(entry.author.member.view())},
                 {"name", author},
                 {"country", std::string(entry.author.country.text())},
                 {"time", time}};
  output.line(object, text);
}

Status search(const SearchOptions& options, Session& session, Output& output) {
  std::string query;
  for (const std::string& word : options.words) query += (query.empty() ? "" : " ") + word;
  TRY_OK(forget_texts(session));
  views::Search search(session.core());
  auto found = search.find(query);
  for (std::size_t i = 0; i < std::min(found.size(), options.at_most); ++i) {
    show(session.core(), *found[i], query, output);
  }
  if (found.empty()) output.say("search.none");
  if (found.size() > options.at_most)
    output.say("search.more", {{"n", std::to_string(found.size() - options.at_most)}});
  return in_order(session.core());
}

}  // namespace

void add_searching_verbs(CLI::App& app, Chosen& chosen) {
  auto options = std::make_shared<SearchOptions>();
  CLI::App* verb = app.add_subcommand("search");
  verb->add_option("WORDS", options->words)->required();
  verb->add_option("--at-most", options->at_most)->check(CLI::Range(1, 100000));
  verb->callback([options, &chosen] {
    chosen.action = [options](const Globals& globals, Output& output) {
      return with_session(globals, output, true, [&](Session& session) { return search(*options, session, output); });
    };
  });
}

}  // namespace encuentro::client::cli
