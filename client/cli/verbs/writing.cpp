// send, edit, react, mark
#include <algorithm>

#include "client/cli/attaching.h"
#include "client/cli/body.h"
#include "client/cli/resolve.h"
#include "client/cli/show.h"
#include "client/cli/verb.h"
#include "client/views/conversation.h"

namespace encuentro::client::cli {
namespace {

struct SendOptions {
  std::string channel, reply, file;
  std::vector<std::string> attach, mention;
};

// The body is read before the profile is opened, so that nothing waits for a person typing while holding it.
Exit send(const SendOptions& options, const Globals& globals, Output& output) {
  auto body = read_body(options.file);
  if (!body) return output.error(body.error()), Exit::failed;
  return with_writing(globals, output, [&](Session& session) -> Status {
    TRY(ChannelId channel, open_channel_named(session.core(), options.channel));
    TRY(auto attachments, attach(session, output, globals, channel, options.attach));
    core::Send command{channel, *body, {}, {}, outgoing(attachments)};
    if (!options.reply.empty()) {
      TRY(Place place, item_named(session.core(), options.reply));
      command.reply_to = place.id;
    }
    for (const auto& words : options.mention) {
      TRY(MemberId member, member_named(session.core(), words));
      command.mentions.push_back(member);
    }
    TRY(auto outcome, session.run(command, globals.wait));
    show_sent(output, outcome);
    return {};
  });
}

void add_send(CLI::App& app, Chosen& chosen) {
  auto options = std::make_shared<SendOptions>();
  CLI::App* verb = app.add_subcommand("send");
  verb->add_option("CHANNEL", options->channel)->required();
  verb->add_option("--reply", options->reply);
  verb->add_option("--mention", options->mention)->take_all();
  verb->add_option("--attach", options->attach)->take_all();
  verb->add_option("--file", options->file);
  verb->callback([options, &chosen] {
    chosen.action = [options](const Globals& globals, Output& output) { return send(*options, globals, output); };
  });
}

// Verbs on one item: what `make` builds is sent and its place printed.
Exit on_item(const std::string& words, const Globals& globals, Output& output,
             const std::function<core::Command(const core::Core&, const Place&)>& make) {
  return with_writing(globals, output, [&](Session& session) -> Status {
    TRY(Place place, item_named(session.core(), words));
    TRY(auto outcome, session.run(make(session.core(), place), globals.wait));
    show_sent(output, outcome);
    return {};
  });
}

// Whoever is mentioned stays so: the command's texts don't say whom they name.
std::vector<MemberId> mentioned_in(const core::Core& core, const Place& place) {
  auto items = views::conversation(core, place.channel);
  auto item = std::find_if(items.begin(), items.end(), [&](const views::Item& one) { return one.id == place.id; });
  return item == items.end() ? std::vector<MemberId>() : item->mentions;
}

void add_edit(CLI::App& app, Chosen& chosen) {
  struct Options {
    std::string id, title, file;
  };
  auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("edit");
  verb->add_option("ID", options->id)->required();
  verb->add_option("--title", options->title);
  verb->add_option("--file", options->file);
  verb->callback([options, &chosen] {
    chosen.action = [options](const Globals& globals, Output& output) {
      auto body = read_body(options->file);
      if (!body) return output.error(body.error()), Exit::failed;
      return on_item(options->id, globals, output, [&](const core::Core& core, const Place& place) -> core::Command {
        return core::Edit{place.channel, place.id, options->title, *body, mentioned_in(core, place)};
      });
    };
  });
}

}  // namespace

void add_writing_verbs(CLI::App& app, Chosen& chosen) {
  add_send(app, chosen);
  add_edit(app, chosen);
  struct Options {
    std::string id, emoji, channel;
  };
  auto reaction = std::make_shared<Options>();
  CLI::App* react = app.add_subcommand("react");
  react->add_option("ID", reaction->id)->required();
  react->add_option("EMOJI", reaction->emoji);
  react->callback([reaction, &chosen] {
    chosen.action = [reaction](const Globals& globals, Output& output) {
      return on_item(reaction->id, globals, output, [&](const core::Core&, const Place& place) -> core::Command {
        return core::React{place.channel, place.id, reaction->emoji};
      });
    };
  });
  auto read = std::make_shared<Options>();
  CLI::App* mark = app.add_subcommand("mark");
  mark->add_option("CHANNEL", read->channel)->required();
  mark->add_option("ID", read->id)->required();
  mark->callback([read, &chosen] {
    chosen.action = [read](const Globals& globals, Output& output) {
      return on_item(read->id, globals, output, [](const core::Core&, const Place& place) -> core::Command {
        return core::Mark{place.channel, place.id};
      });
    };
  });
  auto withdrawn = std::make_shared<Options>();
  CLI::App* withdraw = app.add_subcommand("withdraw");
  withdraw->add_option("ID", withdrawn->id)->required();
  withdraw->callback([withdrawn, &chosen] {
    chosen.action = [withdrawn](const Globals& globals, Output& output) {
      return on_item(withdrawn->id, globals, output, [](const core::Core&, const Place& place) -> core::Command {
        return core::Withdraw{place.channel, place.id};
      });
    };
  });
}

}  // namespace encuentro::client::cli
