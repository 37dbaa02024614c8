// read, watch
#include <atomic>
#include <csignal>
#include <map>
#include <set>

#include "client/cli/event_dates.h"
#include "client/cli/resolve.h"
#include "client/cli/show.h"
#include "client/cli/standing.h"
#include "client/cli/verb.h"

namespace encuentro::client::cli {
namespace {

std::atomic<bool> interrupted = false;

void stop_on_signals() {
  for (int signal : {SIGINT, SIGTERM, SIGHUP}) std::signal(signal, [](int) { interrupted = true; });
}

// Prints the items of a channel after `after`, and answers with the last place it printed.
Seq print_items(const core::Core& core, const ChannelId& channel, Seq after, Output& output) {
  for (const views::Item& item : views::conversation(core, channel)) {
    if (item.seq.value != 0 && item.seq <= after) continue;
    output.line(json_of(core, channel, item), text_of(core, item, output.words()));
    if (item.seq > after) after = item.seq;
  }
  return after;
}

Result<Seq> place_of(const core::Core& core, const ChannelId& channel, const std::string& since) {
  if (since.empty()) return Seq{};
  TRY(Place place, item_named(core, since));
  for (const core::Record* record : core.records(channel)) {
    if (record->id == place.id) return record->seq;
  }
  return fail(Code::not_found);
}

// What comes in while a verb stays: new records of the channels looked at, each printed once, and alarms.
class Follower {
 public:
  Follower(Session& session, Output& output, std::optional<ChannelId> only)
      : session_(session), output_(output), only_(only) {}

  void printed(const ChannelId& channel, Seq up_to) { up_to_[channel] = std::max(up_to_[channel], up_to); }

  void on_event(const core::Event& event) {
    const auto* read = std::get_if<core::RecordRead>(&event);
    if (read == nullptr || (only_ && *only_ != read->channel)) return;
    if (!up_to_.contains(read->channel)) up_to_[read->channel] = Seq{};
    // Older ones that open later (history) are told too, by their place.
    if (read->seq <= up_to_[read->channel] && !late_.insert({read->channel, read->seq}).second) return;
    for (const views::Item& item : views::conversation(session_.core(), read->channel)) {
      if (item.seq != read->seq) continue;
      auto object = json_of(session_.core(), read->channel, item);
      object["channel_title"] = session_.core().title(read->channel);
      output_.line(object,
                   session_.core().title(read->channel) + "\n" + text_of(session_.core(), item, output_.words()));
    }
    if (read->seq > up_to_[read->channel]) up_to_[read->channel] = read->seq;
  }

 private:
  Session& session_;
  Output& output_;
  std::optional<ChannelId> only_;
  std::map<ChannelId, Seq> up_to_;
  std::set<std::pair<ChannelId, Seq>> late_;
};

// What a verb that stays looks at, and how far it has printed.
class Stay {
 public:
  Stay(Session& session, Output& output) : session_(session), output_(output), reminding_(session, output) {}

  // `read --follow` begins with what is there; `watch` with what comes. Without `words`: every channel.
  Status begin(const std::optional<std::string>& words) {
    if (words) {
      TRY(only_, open_channel_named(session_.core(), *words));
    } else {
      for (const ChannelId& id : session_.core().channels()) up_to_[id] = session_.core().channel(id)->head.seq;
    }
    go_on();
    if (!words) output_.line({{"kind", "watching"}}, output_.words().text("watch.started"));
    return {};
  }

  // Prints what has come since.
  void go_on() {
    for (const ChannelId& id : session_.core().channels()) {
      if (!only_ || *only_ == id) up_to_[id] = print_items(session_.core(), id, up_to_[id], output_);
    }
  }

  void follow() {
    Follower follower(session_, output_, only_);
    for (const auto& [id, seq] : up_to_) follower.printed(id, seq);
    reminding_.changed();
    auto on_event = [&](const core::Event& event) {
      if (std::holds_alternative<core::RecordRead>(event)) reminding_.changed();
      follower.on_event(event);
    };
    session_.follow(on_event, [&] {
      if (!only_) reminding_.look();
      return interrupted || session_.wanted_by_another();
    });
    for (const ChannelId& id : session_.core().channels()) {
      if (auto look = session_.core().channel(id)) up_to_[id] = std::max(up_to_[id], look->head.seq);
    }
  }

 private:
  Session& session_;
  Output& output_;
  std::optional<ChannelId> only_;
  std::map<ChannelId, Seq> up_to_;
  Reminding reminding_;
};

// Stays until a signal; lets go of the profile when another process wants it, and takes it back after.
Exit stay(const Globals& globals, Output& output, const std::optional<std::string>& channel_words) {
  stop_on_signals();
  auto session = Session::open(globals, output);
  if (!session) return output.error(session.error()), Exit::failed;
  auto synced = session->sync();
  session->say_alarms();
  if (session->core().network_alarm() == Code::rolled_back) return Exit::failed;
  if (!synced) show_error(output, synced.error(), *session);
  Stay stay(*session, output);
  if (auto begun = stay.begin(channel_words); !begun) return show_error(output, begun.error(), *session), Exit::failed;
  for (;;) {
    stay.follow();
    if (interrupted) return Exit::done;
    auto back = session->give_way([] { return interrupted.load(); });
    if (interrupted) return Exit::done;
    if (!back) return output.error(back.error()), Exit::failed;
    // Without a connection it is made again while following.
    [[maybe_unused]] auto again = session->sync();
    session->say_alarms();
    stay.go_on();
  }
}

}  // namespace

void add_reading_verbs(CLI::App& app, Chosen& chosen) {
  struct Options {
    std::string channel, since;
    bool follow = false;
  };
  auto options = std::make_shared<Options>();
  CLI::App* read = app.add_subcommand("read");
  read->add_option("CHANNEL", options->channel)->required();
  read->add_option("--since", options->since);
  read->add_flag("--follow", options->follow);
  read->callback([options, &chosen] {
    chosen.action = [options](const Globals& globals, Output& output) {
      if (options->follow) return stay(globals, output, options->channel);
      return with_session(globals, output, true, [&](Session& session) -> Status {
        TRY(ChannelId channel, open_channel_named(session.core(), options->channel));
        TRY(Seq after, place_of(session.core(), channel, options->since));
        print_items(session.core(), channel, after, output);
        return in_order(session.core(), channel);
      });
    };
  });
  app.add_subcommand("watch")->callback([&chosen] {
    chosen.action = [](const Globals& globals, Output& output) { return stay(globals, output, std::nullopt); };
  });
}

}  // namespace encuentro::client::cli
