// compare
#include "client/cli/resolve.h"
#include "client/cli/show.h"
#include "client/cli/verb.h"
#include "client/core/wordlist.h"
#include "client/views/page_proof.h"

namespace encuentro::client::cli {
namespace {

std::string words_of(BytesView hash) { return core::words_for(hash, views::short_words_count); }

void show_roster(const core::Core& core, Output& output) {
  const roster::RosterHead& head = core.roster().head();
  std::string words = words_of(head.hash.view());
  output.line({{"kind", "roster"}, {"number", head.seq.value}, {"words", words}, {"hash", hex(head.hash.view())}},
              output.words().text("compare.roster", {{"number", std::to_string(head.seq.value)}, {"words", words}}));
}

void show_channel(const core::Core& core, const ChannelId& id, const core::ChannelLook& look, Output& output) {
  std::string log = words_of(look.head.hash.view());
  std::string keys = look.epoch_authenticator.empty() ? "" : words_of(look.epoch_authenticator);
  output.line({{"kind", "channel"},
               {"channel", hex(id.view())},
               {"title", core.title(id)},
               {"number", look.head.seq.value},
               {"words", log},
               {"hash", hex(look.head.hash.view())},
               {"epoch", look.at.epoch.value},
               {"epoch_words", keys}},
              output.words().text("compare.channel", {{"title", core.title(id)},
                                                      {"number", std::to_string(look.head.seq.value)},
                                                      {"words", log},
                                                      {"period", std::to_string(look.at.epoch.value)},
                                                      {"period_words", keys}}));
}

// What two people read to each other, over the telephone or across a table: the same numbers must have the same words.
Status compare(const std::string& channel, Session& session, Output& output) {
  const core::Core& core = session.core();
  std::optional<ChannelId> only;
  if (!channel.empty()) {
    TRY(only, open_channel_named(core, channel));
  }
  show_roster(core, output);
  if (only) show_channel(core, *only, *core.channel(*only), output);
  output.say("compare.how");
  return {};
}

}  // namespace

void add_comparing_verbs(CLI::App& app, Chosen& chosen) {
  auto channel = std::make_shared<std::string>();
  CLI::App* verb = app.add_subcommand("compare");
  verb->add_option("CHANNEL", *channel);
  verb->callback([channel, &chosen] {
    chosen.action = [channel](const Globals& globals, Output& output) {
      return with_session(globals, output, true, [&](Session& session) { return compare(*channel, session, output); });
    };
  });
}

}  // namespace encuentro::client::cli
