// The server's side of every request (docs/FORMATS.md §7): handle(request, caller, now) → replies and pushes, over a
// store. No sockets, no threads, no clock of its own. All calls come on one thread.
//
//   hello, login            service_login.cpp          channels, log, append    service_channels.cpp
//   roster                  service_roster.cpp         key packages             service_key_packages.cpp
//   statements, dates       service_statements.cpp     tokens, blobs, chunks    service_transfers.cpp
//   notices outside         service_notices.cpp        after a restore         service_hand_back.cpp
#pragma once

#include <map>
#include <set>

#include "protocol/api/channel_calls.h"
#include "protocol/api/error_reply.h"
#include "protocol/api/hand_back_calls.h"
#include "protocol/api/key_package_calls.h"
#include "protocol/api/roster_calls.h"
#include "protocol/api/transfer_calls.h"
#include "server/service/channel_book.h"
#include "server/service/device_use.h"
#include "server/service/notices.h"
#include "server/service/quotas.h"
#include "server/service/rate.h"
#include "server/service/recovery.h"
#include "server/service/statement_book.h"
#include "server/service/sweeper.h"
#include "server/service/token.h"

namespace encuentro::server::service {

class Service {
 public:
  Service(Ports ports, Options options);
  ~Service();

  // Reads what is stored; nothing else may be called before `done`. Errors: storage_failed and the store's.
  void load(storage::Done<void> done);
  bool founded() const { return rosters_.founded(); }
  // What `encuentrod check` reports.
  std::uint64_t roster_entries() const { return founded() ? rosters_.roster().head().seq.value : 0; }
  std::uint64_t channel_count() const { return channels_.ids().size(); }
  std::uint64_t channel_entries() const;

  void on_open(Caller caller, const CallerFacts& facts);
  // One api frame. What isn't one ends the connection.
  void on_frame(Caller caller, BytesView frame);
  // Pushes of these channels were lost on the way: tells the client to read from its cursor.
  void on_lagged(Caller caller, const std::vector<ChannelId>& channels);
  void on_closed(Caller caller);
  // Takes away what nothing refers to (sweeper.h); by itself every Options::sweep_interval while anybody is there.
  void sweep(storage::Done<Sweeper::Report> done);
  // Whether a restored server is being given back what it lost; and the end of that, by the operator's word.
  bool recovering() const { return recovery_.running(); }
  void end_recovery(storage::Done<void> done);
  // Tells everybody that the server goes away.
  void on_stopping(Duration back_in);

  // Blobs and chunks, whose bytes come over HTTPS. `channel` is set for a chunk.
  struct Transfer {
    std::optional<ChannelId> channel;
    BlobId id;
    std::string_view token;
    std::uint64_t bytes = 0;
  };
  // Errors: not_logged_in (token), not_allowed (of another thing), too_large.
  Status admit_put(const Transfer& transfer) const;
  // Answered when durable.
  void put(const Transfer& transfer, Bytes body, storage::Done<void> done);
  // Errors: and not_found.
  void get(const Transfer& transfer, storage::Done<Bytes> done);

 private:
  void load_books(storage::Done<void> done);

  enum class Stage : std::uint8_t { connected, greeted, invited, member };

  struct Session {
    CallerFacts facts;
    Stage stage = Stage::connected;
    api::Nonce client_nonce;
    api::Nonce server_nonce;
    Timestamp challenged;
    InviteId invite;
    DeviceId device;
    MemberId person;
    std::map<ChannelId, api::Relation> told;  // what this client knows of its channels
    std::set<ChannelId> wanted;               // subscribed
  };
  // One request being answered.
  struct Call {
    Caller caller;
    std::uint32_t id = 0;
    api::Call kind{};
  };

  Session* session(Caller caller);
  template <class Reply>
  void reply(const Call& call, const Reply& message) {
    ports_.out.reply(call.caller, api::reply_frame(call.id, call.kind, message));
  }
  void refuse(const Call& call, const Error& error);
  template <class Request, class Handler>
  void with(const Call& call, BytesView body, Handler handler) {
    auto request = api::decode_message<Request>(body);
    if (!request) return refuse(call, request.error());
    handler(*request);
  }
  // Runs what a logged-in device asks for.
  template <class Request>
  void for_member(const Call& call, BytesView body, void (Service::*handler)(const Call&, Session&, const Request&)) {
    Session* caller = session(call.caller);
    if (caller->stage != Stage::member) return refuse(call, {Code::not_logged_in, "R-SRV-03"});
    with<Request>(call, body, [&](const Request& request) { (this->*handler)(call, *caller, request); });
  }
  void dispatch(const Call& call, BytesView body);

  void hello(const Call& call, Session& caller, const api::Hello& request);
  void login(const Call& call, Session& caller, const api::Login& request);
  void login_invite(const Call& call, Session& caller, const api::LoginInvite& request);
  Result<api::LoginContext> challenge_of(Session& caller, const std::string& address, const Hash32& spki);
  void login_refused(const Call& call, const Error& error);
  Status connection_caps(const DeviceId& device, const MemberId& person) const;

  void found(const Call& call, Session& caller, const api::Found& request);
  void roster_read(const Call& call, Session& caller, const api::RosterRead& request);
  void roster_append(const Call& call, Session& caller, const api::RosterAppend& request);
  void append_to_roster(const Call& call, roster::RosterEntry entry, Bytes bytes);
  void roster_grew(const Bytes& entry);

  void statement_put(const Call& call, Session& caller, const api::StatementPut& request);
  void statements(const Call& call, Session& caller, const api::Statements& request);
  void forget_statement(const Bytes& placed);
  // Ends the session of a device that doesn't stand any more by the clock (R-SRV-18).
  bool date_has_come(const Call& call, const Session& caller);

  void key_packages_put(const Call& call, Session& caller, const api::KeyPackagesPut& request);
  void key_package_take(const Call& call, Session& caller, const api::KeyPackageTake& request);
  Status may_take(const Session& caller, const api::KeyPackageTake& request);
  void take_single_use(const Call& call, const DeviceId& device);
  void take_last_resort(const Call& call, const DeviceId& device);
  void count_key_packages(const DeviceId& device, storage::Done<std::uint32_t> done);
  void warn_if_low(const DeviceId& device);

  void channels(const Call& call, Session& caller, const api::Channels& request);
  void log_read(const Call& call, Session& caller, const api::LogRead& request);
  void append(const Call& call, Session& caller, const api::Append& request);
  void subscribe(const Call& call, Session& caller, const api::Subscribe& request);
  std::optional<api::Relation> relation(const Session& caller, const ChannelId& id);
  // After the roster or a group moved: who may see the channel now is told, who no longer may isn't pushed to.
  void review(const ChannelId& id);
  void review(Caller number, Session& caller, const ChannelId& id);

  void notice_set(const Call& call, Session& caller, const api::NoticeSet& request);
  void notice_show(const Call& call, Session& caller, const api::NoticeShow& request);
  void tell_absent(const ChannelId& id, record::EntryKind kind, const MemberId& author);

  bool recovering(const Call& call);
  Status check_hand_back(const record::LogHead& after, const record::LogHead& own) const;
  void hand_back_roster(const Call& call, Session& caller, const api::HandBackRoster& request);
  void take_back_roster(const Call& call, std::shared_ptr<std::vector<Bytes>> entries, std::size_t next);
  void hand_back(const Call& call, Session& caller, const api::HandBack& request);
  record::LogHead head_of_log(const ChannelId& id) const;
  void take_back(const Call& call, std::shared_ptr<api::HandBack> request, record::LogHead head, std::size_t next);

  void upload_begin(const Call& call, Session& caller, const api::UploadBegin& request);
  void download_begin(const Call& call, Session& caller, const api::DownloadBegin& request);
  void blob_begin(const Call& call, Session& caller, const api::BlobBegin& request);
  void quota(const Call& call, Session& caller, const api::Quota& request);
  void give_token(const Call& call, Grant grant);
  void book_quota(const Call& call, const Booking& booking, const Upload& upload, const Grant& grant);
  Status check_upload(const Grant& grant, std::uint64_t bytes) const;
  void sweep_if_due();
  Status check_transfer(const Transfer& transfer, api::Direction direction) const;

  Ports ports_;
  Options options_;
  RosterBook rosters_;
  StatementBook statements_;
  ChannelBook channels_;
  NoticeBook notices_;
  DeviceUseBook device_use_;
  Recovery recovery_;
  TokenMint tokens_;
  std::map<Caller, Session> sessions_;
  std::map<DeviceId, Bucket> message_rate_;
  Bucket hand_back_rate_;  // of roster entries, all callers together
  std::map<ChannelId, Bucket> commit_rate_;
  std::map<std::pair<DeviceId, DeviceId>, Bucket> take_rate_;
  Quotas quotas_;
  Sweeper sweeper_;
  Timestamp sweep_at_;
};

}  // namespace encuentro::server::service
