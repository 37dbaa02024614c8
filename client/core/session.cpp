#include "client/core/session.h"

#include <algorithm>

#include "client/core/entering.h"
#include "client/core/hand_back.h"
#include "client/core/key_packages.h"
#include "client/core/log_sync.h"
#include "client/core/places.h"
#include "client/core/roster_sync.h"
#include "protocol/api/channel_calls.h"
#include "protocol/api/error_reply.h"
#include "protocol/api/key_package_calls.h"
#include "protocol/api/roster_calls.h"

namespace encuentro::client::core {
namespace {

constexpr Duration answer_within = seconds(30);
constexpr Duration pause_first = milliseconds(500);
constexpr Duration pause_max = minutes(2);
constexpr Duration sleeps_after = days(180);
constexpr Duration roster_lag = days(2);
constexpr Duration clock_difference_max = minutes(5);  // what the server takes of a roster entry's time, too

// The server as a whole isn't what it was, or isn't ours: what it said stays as evidence.
void raise_server(CoreState& state, Code code, const char* rule, const record::RosterHead& told) {
  codec::Writer w;
  told.encode(w);
  Alarm alarm;
  alarm.code = code;
  alarm.rule = rule;
  alarm.seq = Seq{told.seq.value};
  alarm.evidence = w.take();
  state.session.server_alarm = code;
  raise(state, std::move(alarm));
}

// An identity that isn't entered yet also connects: its accept may have arrived before this program last stopped.
std::optional<Place> destination(const CoreState& state) {
  if (state.entrance) {
    if (state.entrance->kind == Entrance::Kind::found) {
      return Place{state.entrance->found.address, state.entrance->found.spki};
    }
    return Place{state.entrance->link->address, state.entrance->link->spki};
  }
  auto all = places(state);
  if (all.empty()) return std::nullopt;
  return all[std::min(state.session.place, all.size() - 1)];
}

// Doubles with each failure; half of it is random, so that clients don't come back all at once.
Duration pause(CoreState& state) {
  std::int64_t ms = pause_first.ms << std::min<std::uint32_t>(state.session.failures, 10);
  ms = std::min(ms, pause_max.ms);
  std::array<std::uint8_t, 2> noise;
  state.random->fill(noise);
  return milliseconds(ms / 2 + ms / 2 * (noise[0] * 256 + noise[1]) / 65536);
}

// A browser that nobody has used for so long connects no more, whatever the server says: it may be in other hands
// (PROTOCOL L7). The newest roster entry it has read is at most `roster_lag` older than its last use: whoever is here
// for longer reads one of others, or makes one (checkpoint_due).
Error asleep() { return {Code::expired, "asleep", 0, 0}; }
bool is_asleep(const CoreState& state) {
  if (state.options.device_kind != roster::DeviceKind::browser || !state.identity->entered) return false;
  if (state.book.roster.empty()) return false;
  return state.now >= state.book.roster.head().time + roster_lag + sleeps_after;
}

void logged_in(CoreState& state, const Answer& answer) {
  auto reply = reply_of<api::LoginReply>(answer);
  if (!reply) {
    Error why = reply.error();
    // Who waits for his re-entry isn't known yet: asked again until two have confirmed.
    if (state.re_entry && why.code == Code::unknown_device) why = {Code::provisional, "E8", 0, 0};
    if (why.code == Code::expired) why = asleep();
    bool passing = why.code == Code::unreachable || why.code >= Code::not_logged_in;
    if (!passing) state.session.refused = why;
    state.effects.disconnect = true;
    connection_ended(state, why);
    state.changed = true;
    return;
  }
  Session& session = state.session;
  session.refused = {};
  session.step = Session::Step::ready;
  session.server_alarm = Code::none;
  session.failures = 0;
  session.deadline.reset();
  place_worked(state);
  generation_told(state, reply->server_generation, reply->roster);
  state.book.server_head = reply->roster;
  judge_server_head(state, reply->roster);
  if (!state.book.roster.empty() && reply->roster.seq < state.book.roster.head().seq && !state.past.lacks) {
    raise_server(state, Code::server_rolled_back, "roster", reply->roster);
  }
  show_session(state, SessionState::catching_up);
  state.changed = true;
}

void log_in(CoreState& state, const api::HelloReply& greeting) {
  const Self& self = state.identity->self;
  state.session.step = Session::Step::login;
  const Place& at = state.session.at;
  api::LoginContext context{self.network, state.session.nonce,   greeting.nonce, at.address,
                            at.spki,      state.session.exporter};
  call(state, api::sign_login(context, self.device, state.identity->key), logged_in);
}

// Before anything is signed with a time in it: whose clock is wrong would sign what nobody takes, or what counts too
// long. Expected is the server's time, got this device's, in milliseconds.
std::optional<Error> clock_error(const CoreState& state, Timestamp told) {
  Duration apart = state.now > told ? state.now - told : told - state.now;
  if (apart <= clock_difference_max) return std::nullopt;
  return Error{Code::clock_wrong, "hello", static_cast<std::uint64_t>(told.ms),
               static_cast<std::uint64_t>(state.now.ms)};
}

void refuse_to_connect(CoreState& state, const Error& why) {
  state.session.refused = why;
  state.effects.disconnect = true;
  connection_ended(state, why);
  state.changed = true;
}

void greeted(CoreState& state, const Answer& answer) {
  auto reply = reply_of<api::HelloReply>(answer);
  if (!reply || reply->version != api::protocol_version) {
    Error why = reply ? Error{Code::unknown_version, "hello", api::protocol_version, reply->version} : reply.error();
    state.effects.disconnect = true;
    connection_ended(state, why);
    return;
  }
  state.session.clock_ahead = state.now - reply->now;
  if (auto wrong = clock_error(state, reply->now)) return refuse_to_connect(state, *wrong);
  if (state.entrance) {
    entrance_greeted(state, *reply);
    return;
  }
  if (is_asleep(state)) return refuse_to_connect(state, asleep());
  const Self& self = state.identity->self;
  bool known = state.identity->entered || state.re_entry;
  if (known && (!reply->founded || reply->network != self.network)) {
    Code code = reply->founded ? Code::wrong_network : Code::server_rolled_back;
    raise_server(state, code, "network", reply->roster);
    state.effects.disconnect = true;
    connection_ended(state, {code, "network", 0, 0});
    return;
  }
  if (!hand_back_before_login(state, *reply, log_in)) log_in(state, *reply);
}

void reply_received(CoreState& state, const api::Frame& frame) {
  auto found = state.session.calls.find(frame.id);
  if (found == state.session.calls.end()) return;
  OnAnswer on_answer = std::move(found->second);
  state.session.calls.erase(found);
  if (frame.type == api::FrameType::reply) {
    on_answer(state, Answer(frame.body));
  } else {
    auto error = api::decode_message<api::ErrorReply>(frame.body);
    on_answer(state, std::unexpected(error ? error->error() : error.error()));
  }
  state.changed = true;
}

void push_received(CoreState& state, const api::Frame& frame) {
  switch (static_cast<api::Push>(frame.kind)) {
    case api::Push::entry:
      if (auto push = api::decode_message<api::EntryPush>(frame.body)) entry_pushed(state, *push);
      break;
    case api::Push::roster:
      if (auto push = api::decode_message<api::RosterPush>(frame.body)) roster_pushed(state, push->entry);
      break;
    case api::Push::catch_up:
      if (auto push = api::decode_message<api::CatchUpPush>(frame.body)) log_lagged(state, push->channel);
      break;
    case api::Push::channel:
      if (auto push = api::decode_message<api::ChannelPush>(frame.body)) channel_announced(state, push->head);
      break;
    case api::Push::key_packages_low:
      if (auto push = api::decode_message<api::KeyPackagesLowPush>(frame.body)) key_packages_low(state, push->held);
      break;
    case api::Push::closing:
      if (auto push = api::decode_message<api::ClosingPush>(frame.body)) {
        state.effects.disconnect = true;
        connection_ended(state, {Code::shutting_down, "", 0, 0});
        state.session.connect_at = state.now + milliseconds(push->retry_after_ms);
      }
      break;
  }
  state.changed = true;
}

// A line on which nothing comes any more may be gone without anybody's word (PROTOCOL L4).
void look_for_silence(CoreState& state) {
  Session& session = state.session;
  const Options& options = state.options;
  if (!ready(state) || options.ping_after.ms == 0) return;
  if (session.pinged && state.now >= session.heard_at + options.ping_after + options.ping_answer) {
    state.effects.disconnect = true;
    connection_ended(state, {Code::unreachable, "no answer", 0, 0});
  } else if (!session.pinged && state.now >= session.heard_at + options.ping_after) {
    session.pinged = true;
    // From now on, also where this program itself stood still meanwhile.
    session.heard_at = state.now - options.ping_after;
    call(state, api::Ping{}, [](CoreState&, const Answer&) {});  // any frame counts
  }
}

}  // namespace

bool ready(const CoreState& state) { return state.session.step == Session::Step::ready; }

void show_session(CoreState& state, SessionState shown, const Error& why) {
  if (state.session.shown == shown && why.code == Code::none) return;
  state.session.shown = shown;
  show(state, SessionChanged{shown, {why.code, why.rule, why.expected, why.got}});
}

void connect(CoreState& state) {
  if (state.session.step != Session::Step::idle || state.rolled_back || !state.options.online) return;
  auto to = destination(state);
  if (!to) return;
  state.session.connect_at.reset();
  state.session.step = Session::Step::wait_connection;
  state.session.at = *to;
  state.effects.connect = ConnectTo{to->address, to->spki};
  show_session(state, SessionState::connecting);
}

void reconnect(CoreState& state) {
  state.effects.disconnect = true;
  connection_ended(state, {Code::unreachable, "", 0, 0});
  state.session.failures = 0;
  connect(state);
}

void connection_opened(CoreState& state, const api::ExporterValue& exporter) {
  Session& session = state.session;
  if (session.step != Session::Step::wait_connection) return;
  session.step = Session::Step::hello;
  session.exporter = exporter;
  session.heard_at = state.now;
  session.nonce = state.fresh_id<api::Nonce>();
  session.deadline = state.now + answer_within;
  call(state, api::Hello{api::protocol_version, session.nonce}, greeted);
}

void connection_ended(CoreState& state, const Error& why) {
  Session& session = state.session;
  if (session.step == Session::Step::idle) return;
  bool further = further_place(state);
  session.step = Session::Step::idle;
  session.deadline.reset();
  session.pinged = false;
  session.channels_listed = false;
  session.listing = false;
  session.subscribed.clear();
  state.statements.reading = state.statements.read = false;
  auto calls = std::move(session.calls);
  session.calls.clear();
  session.connect_at = further ? state.now : state.now + pause(state);
  session.failures += further ? 0 : 1;
  Error ended{Code::unreachable, "", 0, 0};
  for (auto& [id, on_answer] : calls) on_answer(state, std::unexpected(ended));
  state.book.reading = false;
  state.book.named = state.book.withheld = RosterSeq{};
  state.past.handing_roster = false;
  state.past.not_before.reset();
  for (auto& [id, channel] : state.channels) {
    channel->reading = channel->appending = channel->listed = channel->alarmed = false;
    channel->packages_wanted = false;
    channel->told = {};
    channel->handing_back = channel->claimed = channel->held_up = false;
    channel->server_lacks.reset();
    channel->read_at.reset();
    channel->no_key_package.clear();
    channel->settled.reset();
    std::erase_if(channel->key_packages, [](const auto& fetched) { return !fetched.second; });
  }
  show_session(state, SessionState::offline, why.code == Code::none ? ended : why);
  if (state.entrance) entrance_failed(state, why);
}

void frame_received(CoreState& state, BytesView bytes) {
  state.session.heard_at = state.now;
  state.session.pinged = false;
  auto frame = api::decode_frame(bytes);
  if (!frame || frame->type == api::FrameType::request) {
    state.effects.disconnect = true;
    connection_ended(state, frame ? Error{Code::malformed, "frame type", 0, 0} : frame.error());
    return;
  }
  if (frame->type == api::FrameType::push) {
    if (ready(state)) push_received(state, *frame);
  } else {
    reply_received(state, *frame);
  }
}

void session_time(CoreState& state) {
  Session& session = state.session;
  look_for_silence(state);
  if (session.deadline && state.now >= *session.deadline) {
    state.effects.disconnect = true;
    connection_ended(state, {Code::unreachable, "no answer", 0, 0});
  }
  if (session.connect_at && state.now >= *session.connect_at) connect(state);
}

std::optional<Timestamp> session_wake(const CoreState& state) {
  const Session& session = state.session;
  if (session.deadline) return session.deadline;
  const Options& options = state.options;
  if (ready(state) && options.ping_after.ms > 0) {
    Timestamp silent = session.heard_at + options.ping_after;
    return session.pinged ? silent + options.ping_answer : silent;
  }
  return session.step == Session::Step::idle ? session.connect_at : std::nullopt;
}

}  // namespace encuentro::client::core
