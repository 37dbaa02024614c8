#include "client/core/notices.h"

#include <algorithm>

#include "client/core/roster_sync.h"
#include "client/core/session.h"
#include "protocol/api/notice_address.h"

namespace encuentro::client::core {
namespace {

// Waits for the connection, asks what stands, and goes on with the answer.
void ask(CoreState& state, std::uint32_t ticket, std::function<void(CoreState&, const api::NoticeShowReply&)> then) {
  state.goals.push_back([ticket, then = std::move(then)](CoreState& s) {
    if (failed_for_good(s, ticket)) return true;
    if (!ready(s) || !roster_current(s)) return false;
    call(s, api::NoticeShow{}, [ticket, then](CoreState& later, const Answer& answer) {
      auto reply = reply_of<api::NoticeShowReply>(answer);
      if (!reply) return failed(later, ticket, reply.error());
      then(later, *reply);
    });
    return true;
  });
}

Result<api::NoticeEnrolment> enrolment_of(CoreState& state, const SetNotices& command,
                                          const api::NoticeShowReply& shown) {
  api::NoticeEnrolment enrolment;
  enrolment.device = state.identity->self.device;
  // The newest word counts: this one comes after what stands there, whatever the other device's clock said.
  enrolment.time = std::max(state.now, shown.since + milliseconds(1));
  enrolment.interval = command.interval;
  if (command.interval != api::NoticeInterval::off) {
    TRY(enrolment.handle, api::seal_notice_address(shown.key, command.address, *state.random));
  }
  enrolment.sign(state.identity->self.network, state.identity->key);
  return enrolment;
}

}  // namespace

void set_notices(CoreState& state, std::uint32_t ticket, const SetNotices& command) {
  if (command.interval != api::NoticeInterval::off) {
    if (auto formed = api::check_mail_address(command.address); !formed) return failed(state, ticket, formed.error());
  }
  ask(state, ticket, [ticket, command](CoreState& s, const api::NoticeShowReply& shown) {
    if (shown.key.empty()) return failed(s, ticket, {Code::not_found, "notices", 0, 0});
    auto enrolment = enrolment_of(s, command, shown);
    if (!enrolment) return failed(s, ticket, enrolment.error());
    call(s, api::NoticeSet{std::move(*enrolment)}, [ticket](CoreState& later, const Answer& answer) {
      if (!answer) return failed(later, ticket, answer.error());
      done(later, ticket, Nothing{});
    });
  });
}

void show_notices(CoreState& state, std::uint32_t ticket) {
  ask(state, ticket, [ticket](CoreState& s, const api::NoticeShowReply& shown) {
    done(s, ticket, NoticesShown{!shown.key.empty(), shown.interval, shown.since, shown.key});
  });
}

}  // namespace encuentro::client::core
