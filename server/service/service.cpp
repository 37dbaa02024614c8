#include "server/service/service.h"

#include "protocol/api/server_moved.h"

namespace encuentro::server::service {

namespace {

// R-SRV-85: all that a signpost does.
bool only_reads(api::Call kind) {
  switch (kind) {
    case api::Call::hello:
    case api::Call::login:
    case api::Call::login_invite:
    case api::Call::roster_read:
    case api::Call::ping:
    case api::Call::channels:
    case api::Call::log_read:
      return true;
    default:
      return false;
  }
}

}  // namespace

Service::Service(Ports ports, Options options)
    : ports_(std::move(ports)),
      options_(std::move(options)),
      rosters_(ports_),
      statements_(ports_),
      channels_(ports_, rosters_),
      notices_(ports_),
      device_use_(ports_),
      recovery_(ports_, options_.recovery_window),
      tokens_(ports_.random),
      quotas_(ports_, options_.rates),
      sweeper_(ports_, channels_, quotas_),
      sweep_at_(ports_.now() + options_.sweep_interval) {}

Service::~Service() = default;

void Service::load(storage::Done<void> done) {
  recovery_.load([this, done = std::move(done)](Result<void> read) mutable {
    if (!read) return done(std::move(read));
    load_books(std::move(done));
  });
}

void Service::load_books(storage::Done<void> done) {
  rosters_.load([this, done = std::move(done)](Result<void> loaded) mutable {
    if (!loaded || !rosters_.founded()) return done(std::move(loaded));
    channels_.load([this, done = std::move(done)](Result<void> channels) mutable {
      if (!channels) return done(std::move(channels));
      statements_.load([this, done = std::move(done)](Result<void> statements) mutable {
        if (!statements) return done(std::move(statements));
        notices_.load([this, done = std::move(done)](Result<void> notices) mutable {
          if (!notices) return done(std::move(notices));
          device_use_.load([this, done = std::move(done)](Result<void> uses) mutable {
            if (!uses) return done(std::move(uses));
            auto countries = rosters_.roster().newest().countries();
            countries.push_back({});
            quotas_.load(std::move(countries), std::move(done));
          });
        });
      });
    });
  });
}

std::uint64_t Service::channel_entries() const {
  std::uint64_t entries = 0;
  for (const auto& id : channels_.ids()) entries += channels_.durable_head(id).seq.value;
  return entries;
}

Service::Session* Service::session(Caller caller) {
  auto found = sessions_.find(caller);
  return found == sessions_.end() ? nullptr : &found->second;
}

void Service::on_open(Caller caller, const CallerFacts& facts) { sessions_[caller].facts = facts; }

void Service::on_closed(Caller caller) {
  const Session* left = session(caller);
  if (left != nullptr && left->stage == Stage::member) {
    if (auto device = rosters_.roster().newest().device(left->device)) device_use_.used(*device);
  }
  sessions_.erase(caller);
}

void Service::on_frame(Caller caller, BytesView bytes) {
  if (session(caller) == nullptr) return;
  sweep_if_due();
  auto frame = api::decode_frame(bytes);
  if (!frame || frame->type != api::FrameType::request) return ports_.out.close(caller, true);
  dispatch({caller, frame->id, static_cast<api::Call>(frame->kind)}, frame->body);
}

void Service::sweep(storage::Done<Sweeper::Report> done) {
  if (sweeper_.running()) return done(fail(Code::too_many));
  sweeper_.run(std::move(done));
}

// What can't be done now is done the next time.
void Service::sweep_if_due() {
  if (ports_.now() < sweep_at_ || sweeper_.running()) return;
  sweep_at_ = ports_.now() + options_.sweep_interval;
  sweeper_.run([](Result<Sweeper::Report>) {});
}

void Service::on_lagged(Caller caller, const std::vector<ChannelId>& channels) {
  for (const auto& id : channels) ports_.out.push({&caller, 1}, api::push_frame(api::CatchUpPush{id}));
}

void Service::on_stopping(Duration back_in) {
  std::vector<Caller> everybody;
  for (const auto& [caller, one] : sessions_) everybody.push_back(caller);
  ports_.out.push(everybody, api::push_frame(api::ClosingPush{static_cast<std::uint32_t>(back_in.ms)}));
}

void Service::refuse(const Call& call, const Error& error) {
  bool later = error.code == Code::too_many || error.code == api::server_recovering;
  std::uint32_t retry_after_ms = later ? 1000 : 0;
  auto reply = api::ErrorReply::from(error, retry_after_ms);
  ports_.out.reply(call.caller, api::error_frame(call.id, static_cast<std::uint16_t>(call.kind), reply));
}

void Service::dispatch(const Call& call, BytesView body) {
  Session& caller = *session(call.caller);
  if (caller.stage == Stage::member && date_has_come(call, caller)) return;
  if (options_.signpost && !only_reads(call.kind)) return refuse(call, {api::server_moved, "R-SRV-85"});
  switch (call.kind) {
    case api::Call::hello:
      return with<api::Hello>(call, body, [&](const auto& request) { hello(call, caller, request); });
    case api::Call::login:
      return with<api::Login>(call, body, [&](const auto& request) { login(call, caller, request); });
    case api::Call::login_invite:
      return with<api::LoginInvite>(call, body, [&](const auto& request) { login_invite(call, caller, request); });
    case api::Call::found:
      return with<api::Found>(call, body, [&](const auto& request) { found(call, caller, request); });
    case api::Call::roster_read:
      return with<api::RosterRead>(call, body, [&](const auto& request) { roster_read(call, caller, request); });
    case api::Call::roster_append:
      return with<api::RosterAppend>(call, body, [&](const auto& request) { roster_append(call, caller, request); });
    case api::Call::ping:
      return with<api::Ping>(call, body, [&](const auto&) { reply(call, api::PingReply{ports_.now()}); });
    case api::Call::statement_put:
      return for_member<api::StatementPut>(call, body, &Service::statement_put);
    case api::Call::statements:
      return for_member<api::Statements>(call, body, &Service::statements);
    case api::Call::key_packages_put:
      return for_member<api::KeyPackagesPut>(call, body, &Service::key_packages_put);
    case api::Call::key_package_take:
      return for_member<api::KeyPackageTake>(call, body, &Service::key_package_take);
    case api::Call::channels:
      return for_member<api::Channels>(call, body, &Service::channels);
    case api::Call::log_read:
      return for_member<api::LogRead>(call, body, &Service::log_read);
    case api::Call::append:
      return for_member<api::Append>(call, body, &Service::append);
    case api::Call::subscribe:
      return for_member<api::Subscribe>(call, body, &Service::subscribe);
    case api::Call::notice_set:
      return for_member<api::NoticeSet>(call, body, &Service::notice_set);
    case api::Call::notice_show:
      return for_member<api::NoticeShow>(call, body, &Service::notice_show);
    case api::Call::hand_back_roster:
      return with<api::HandBackRoster>(call, body, [&](const auto& r) { hand_back_roster(call, caller, r); });
    case api::Call::hand_back:
      return for_member<api::HandBack>(call, body, &Service::hand_back);
    case api::Call::upload_begin:
      return for_member<api::UploadBegin>(call, body, &Service::upload_begin);
    case api::Call::download_begin:
      return for_member<api::DownloadBegin>(call, body, &Service::download_begin);
    case api::Call::blob_begin:
      return for_member<api::BlobBegin>(call, body, &Service::blob_begin);
    case api::Call::quota:
      return for_member<api::Quota>(call, body, &Service::quota);
  }
  refuse(call, {Code::unknown_kind, "R-SRV-04"});
}

}  // namespace encuentro::server::service
