#include "aviso/rounds.h"

#include <algorithm>

#include "aviso/mail.h"
#include "protocol/api/notice_address.h"

namespace encuentro::aviso {

namespace {

constexpr Duration pause_first = seconds(30);
constexpr Duration pause_max = hours(6);
constexpr unsigned failures_max = 12;  // about two days: then it is given up

Duration pause_after(unsigned failures) { return {std::min(pause_first.ms << std::min(failures, 16U), pause_max.ms)}; }

}  // namespace

std::expected<Tally, std::string> Rounds::run(Timestamp now) {
  auto files = read_spool(config_.spool);
  if (!files) return std::unexpected(files.error());
  Tally tally;
  for (const SpoolFile& file : *files) {
    if (auto done = handle(file, now, tally); !done) return std::unexpected(done.error());
  }
  return tally;
}

std::expected<void, std::string> Rounds::handle(const SpoolFile& file, Timestamp now, Tally& tally) {
  auto notice = api::SpooledNotice::decode(file.bytes);
  auto address = notice ? api::open_notice_address(key_, notice->handle) : std::unexpected(notice.error());
  if (!address) {
    ++tally.set_aside;
    take_away(file);
    return {};
  }
  const Standing before = ledger_.of(*address);
  // The mail that went out since tells of it already.
  if (before.sent >= file.written) {
    take_away(file);
    return {};
  }
  const Duration interval = notice->interval == api::NoticeInterval::daily ? config_.daily : config_.immediate;
  if (now < before.sent + interval || now < before.next_try) {
    ++tally.waiting;
    return {};
  }
  const auto note = [&](const Standing& standing) -> std::expected<void, std::string> {
    if (ledger_.put(*address, standing, now)) return {};
    return std::unexpected("can't write what was sent into " + config_.state.string());
  };
  if (auto noted = note({now, before.failures, before.next_try}); !noted) return noted;
  switch (mailer_.send(*address, neutral_mail(config_.from, *address, now, random_))) {
    case Delivery::sent:
      ++tally.sent;
      take_away(file);
      return note({now, 0, {}});
    case Delivery::refused:
      ++tally.failed;
      take_away(file);
      return note({before.sent, 0, {}});
    case Delivery::later:
      break;
  }
  ++tally.failed;
  const bool last = before.failures + 1 >= failures_max;
  if (last) take_away(file);
  return note({before.sent, last ? 0 : before.failures + 1, now + pause_after(before.failures)});
}

}  // namespace encuentro::aviso
