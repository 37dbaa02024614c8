// roots show|key|hand-over, approve
#include <algorithm>

#include "client/cli/resolve.h"
#include "client/cli/show.h"
#include "client/cli/statement_show.h"
#include "client/cli/verb.h"
#include "client/core/wordlist.h"

namespace encuentro::client::cli {
namespace {

Status show_roots(Session& session, Output& output) {
  const core::Core& core = session.core();
  const auto& roots = core.roster().newest().roots();
  auto own = core.root_keys();
  nlohmann::json keys = nlohmann::json::array();
  std::string text = output.words().text(
      "roots.state", {{"threshold", std::to_string(roots.threshold)}, {"n", std::to_string(roots.keys.size())}});
  for (const auto& key : roots.keys) {
    bool here = std::find(own.begin(), own.end(), to_bytes(key.view())) != own.end();
    std::string words = core::words_for(key.view(), 6);
    keys.push_back({{"key", root_key_text(key.view())}, {"words", words}, {"here", here}});
    text += "\n" + root_key_text(key.view()).substr(0, 8) + "  " + words;
    if (here) text += "  · " + output.words().text("roots.here");
  }
  for (const Bytes& key : own) {
    bool counts =
        std::any_of(roots.keys.begin(), roots.keys.end(), [&](const auto& k) { return equal(k.view(), key); });
    if (counts) continue;
    text += "\n" + root_key_text(key).substr(0, 8) + "  " + core::words_for(key, 6) + "  · " +
            output.words().text("roots.unused");
  }
  nlohmann::json unused = nlohmann::json::array();
  for (const Bytes& key : own) unused.push_back(root_key_text(key));
  output.line({{"threshold", roots.threshold}, {"keys", keys}, {"own", unused}}, text);
  return {};
}

Status make_key(Session& session, Output& output) {
  TRY(auto outcome, session.run(core::MakeRootKey{}));
  const Bytes& key = std::get<core::RootKeyMade>(outcome).key;
  std::string words = core::words_for(key, 6);
  output.line({{"key", root_key_text(key)}, {"words", words}}, root_key_text(key));
  output.say("roots.made", {{"words", words}});
  return {};
}

// Keys are named whole, or by their beginning where the network or this profile has them.
Result<Bytes> key_named(const core::Core& core, std::string_view text) {
  constexpr std::size_t digits_min = 4;
  if (auto whole = parse_root_key(text)) return *whole;
  std::vector<Bytes> known = core.root_keys();
  for (const auto& key : core.roster().newest().roots().keys) known.push_back(to_bytes(key.view()));
  std::optional<Bytes> found;
  for (const Bytes& key : known) {
    if (text.size() < digits_min || !to_hex(key).starts_with(text)) continue;
    if (found && *found != key) return fail(Code::ambiguous);
    found = key;
  }
  if (!found) return fail(Code::malformed, "root key");
  return *found;
}

struct HandOver {
  unsigned threshold = 0;
  std::vector<std::string> keys;
};

Status hand_over(const HandOver& options, Session& session, Output& output) {
  core::ProposeRoots command;
  command.threshold = static_cast<std::uint8_t>(options.threshold);
  for (const auto& text : options.keys) {
    TRY(Bytes key, key_named(session.core(), text));
    command.keys.push_back(std::move(key));
  }
  TRY(auto outcome, session.run(command));
  show_decided(output, outcome, "roots.changed");
  return {};
}

Result<RecordId> statement_named(const core::Core& core, std::string_view words) {
  std::optional<RecordId> found;
  for (const auto& waiting : core.statements()) {
    const RecordId& id = waiting.statement.backing.id;
    if (words.size() < statement_digits || !to_hex(id.view()).starts_with(words)) continue;
    if (found) return fail(Code::ambiguous);
    found = id;
  }
  if (!found) return fail(Code::not_found);
  return *found;
}

Status approve(const std::string& which, Session& session, Output& output) {
  const core::Core& core = session.core();
  if (which.empty()) {
    auto all = core.statements();
    for (const auto& waiting : all) {
      output.line(json_of(core, waiting, output.words()), text_of(core, waiting, output.words()));
    }
    output.say(all.empty() ? "approve.nothing" : "approve.how");
    return {};
  }
  TRY(RecordId id, statement_named(core, which));
  for (const auto& waiting : core.statements()) {
    if (waiting.statement.backing.id == id)
      output.say("approve.what", {{"text", sentence_of(core, waiting.statement, output.words())}});
  }
  TRY(auto outcome, session.run(core::Approve{id}));
  show_decided(output, outcome, "approve.placed");
  return {};
}

}  // namespace

void add_roots_verbs(CLI::App& app, Chosen& chosen) {
  CLI::App* roots = app.add_subcommand("roots");
  roots->require_subcommand(1);
  roots->add_subcommand("show")->callback([&chosen] {
    chosen.action = [](const Globals& globals, Output& output) {
      return with_session(globals, output, true, [&](Session& s) { return show_roots(s, output); });
    };
  });
  roots->add_subcommand("key")->callback([&chosen] {
    chosen.action = [](const Globals& globals, Output& output) {
      return with_session(globals, output, true, [&](Session& s) { return make_key(s, output); });
    };
  });
  auto options = std::make_shared<HandOver>();
  CLI::App* over = roots->add_subcommand("hand-over");
  over->add_option("--threshold", options->threshold)->required()->check(CLI::Range(1, 31));
  over->add_option("KEY", options->keys)->required();
  over->callback([options, &chosen] {
    chosen.action = [options](const Globals& globals, Output& output) {
      return with_session(globals, output, true, [&](Session& s) { return hand_over(*options, s, output); });
    };
  });
  auto which = std::make_shared<std::string>();
  CLI::App* verb = app.add_subcommand("approve");
  verb->add_option("ID", *which);
  verb->callback([which, &chosen] {
    chosen.action = [which](const Globals& globals, Output& output) {
      return with_session(globals, output, true, [&](Session& s) { return approve(*which, s, output); });
    };
  });
}

}  // namespace encuentro::client::cli
