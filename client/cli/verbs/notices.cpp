#include "client/cli/verbs/notices.h"

#include "client/cli/clock.h"
#include "client/cli/show.h"
#include "client/core/wordlist.h"
#include "protocol/crypto/hash.h"

namespace encuentro::client::cli {
namespace {

using api::NoticeInterval;

constexpr std::size_t key_words = 4;

std::string name_of(NoticeInterval interval) {
  switch (interval) {
    case NoticeInterval::off:
      return "off";
    case NoticeInterval::immediate:
      return "immediate";
    case NoticeInterval::daily:
      return "daily";
  }
  return "off";
}

Status set(Session& session, Output& output, const std::string& address, NoticeInterval interval) {
  TRY_OK(session.run(core::SetNotices{address, interval}));
  output.line({{"notices", name_of(interval)}}, output.words().text("notices." + name_of(interval)));
  if (interval != NoticeInterval::off) output.say("notices.says_nothing");
  return {};
}

Status show(Session& session, Output& output) {
  TRY(auto outcome, session.run(core::ShowNotices{}));
  const auto& shown = std::get<core::NoticesShown>(outcome);
  std::string words = shown.offered ? core::words_for(crypto::sha256({shown.key}).view(), key_words) : "";
  nlohmann::json line{{"notices", name_of(shown.interval)}, {"offered", shown.offered}, {"key_words", words}};
  if (shown.since.ms != 0) line["since"] = rfc3339(shown.since);
  output.line(line, output.words().text("notices." + name_of(shown.interval)));
  if (shown.offered) {
    output.say("notices.key", {{"words", words}});
  } else {
    output.say("notices.none_here");
  }
  return {};
}

}  // namespace

void add_notice_verbs(CLI::App& app, Chosen& chosen) {
  CLI::App* notices = app.add_subcommand("notices")->require_subcommand(1);
  auto address = std::make_shared<std::string>();
  auto daily = std::make_shared<bool>(false);
  CLI::App* on = notices->add_subcommand("on");
  on->add_option("ADDRESS", *address)->required();
  on->add_flag("--daily", *daily);
  on->callback([address, daily, &chosen] {
    chosen.action = [address, daily](const Globals& globals, Output& output) {
      return with_session(globals, output, false, [&](Session& session) {
        return set(session, output, *address, *daily ? NoticeInterval::daily : NoticeInterval::immediate);
      });
    };
  });
  notices->add_subcommand("off")->callback([&chosen] {
    chosen.action = [](const Globals& globals, Output& output) {
      return with_session(globals, output, false,
                          [&](Session& session) { return set(session, output, "", NoticeInterval::off); });
    };
  });
  notices->add_subcommand("show")->callback([&chosen] {
    chosen.action = [](const Globals& globals, Output& output) {
      return with_session(globals, output, false, [&](Session& session) { return show(session, output); });
    };
  });
}

}  // namespace encuentro::client::cli
