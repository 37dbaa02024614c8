// The service over a store in memory, and clients that speak to it in frames, as devices of an invented network with
// real groups.
#pragma once

#include <deque>

#include "protocol/mls/member/group.h"
#include "server/service/service.h"
#include "storage/memory/memory_store.h"
#include "tests/support/test_network.h"

namespace encuentro::tests {

using namespace server::service;

class TestServer final : public Outlet {
 public:
  explicit TestServer(Rates rates = {}) : spki_(random.id<Hash32>()) {
    options_.spki = spki_;
    options_.founding_code = "code";
    options_.rates = rates;
    restart();
  }

  // Both from the next start on.
  void be_signpost() { options_.signpost = true; }
  void offer_notices(Bytes key, Spool* spool) {
    options_.notice_key = std::move(key);
    spool_ = spool;
  }

  // A new process over the same store. Sessions are gone.
  void restart() {
    service.reset();
    work_.clear();
    Ports ports{store,
                store,
                random,
                *this,
                [this](std::move_only_function<void()> work) { work_.push_back(std::move(work)); },
                [this] { return now; },
                spool_};
    service = std::make_unique<Service>(std::move(ports), options_);
    std::optional<Result<void>> loaded;
    service->load([&](Result<void> result) { loaded = std::move(result); });
    run();
    REQUIRE(loaded.has_value());
    load_error = *loaded ? Error{} : loaded->error();
  }
  void run() {
    while (!work_.empty()) {
      auto next = std::move(work_.front());
      work_.pop_front();
      next();
    }
  }
  Caller open(bool loopback = false) {
    Caller caller{++last_caller_};
    service->on_open(caller, {loopback, {}});
    return caller;
  }
  // The answer to one request: a reply's body, or the error.
  template <class Reply, class Request>
  Result<Reply> ask(Caller caller, const Request& request) {
    std::uint32_t id = ++last_request_;
    service->on_frame(caller, api::request_frame(id, request));
    run();
    return answer<Reply>(id);
  }
  template <class Reply>
  Result<Reply> answer(std::uint32_t id) {
    auto found = replies.find(id);
    REQUIRE(found != replies.end());
    auto frame = *api::decode_frame(found->second);
    last_rule.clear();
    if (frame.type == api::FrameType::error) {
      auto error = *api::decode_message<api::ErrorReply>(frame.body);
      last_rule = error.rule;
      return std::unexpected(error.error());
    }
    return api::decode_message<Reply>(frame.body);
  }
  // Bodies of the pushes of a kind that came to this caller, oldest first; they are taken out.
  template <class Push>
  std::vector<Push> pushed(Caller caller) {
    std::vector<Push> found;
    std::deque<Bytes> rest;
    for (auto& bytes : pushes[caller]) {
      auto frame = *api::decode_frame(bytes);
      if (frame.kind == static_cast<std::uint16_t>(Push::push)) {
        found.push_back(*api::decode_message<Push>(frame.body));
      } else {
        rest.push_back(std::move(bytes));
      }
    }
    pushes[caller] = std::move(rest);
    return found;
  }

  void reply(Caller, Bytes frame) override { replies[api::decode_frame(frame)->id] = std::move(frame); }
  void push(std::span<const Caller> callers, Bytes frame) override {
    for (Caller caller : callers) pushes[caller].push_back(frame);
  }
  void publish(const ChannelId& channel, Bytes frame) override {
    for (Caller caller : subscribers[channel]) pushes[caller].push_back(frame);
  }
  void subscribe(Caller caller, const ChannelId& channel) override { subscribers[channel].insert(caller); }
  void unsubscribe(Caller caller, const ChannelId& channel) override { subscribers[channel].erase(caller); }
  void logged_in(Caller) override {}
  void close(Caller caller, bool refused) override {
    if (refused) closed.insert(caller);
  }

  SeededRandom random{77};
  storage::MemoryStore store;
  Timestamp now{1'790'000'000'000};
  std::unique_ptr<Service> service;
  Error load_error;
  std::string last_rule;
  std::map<std::uint32_t, Bytes> replies;
  std::map<Caller, std::deque<Bytes>> pushes;
  std::map<ChannelId, std::set<Caller>> subscribers;
  std::set<Caller> closed;
  const Hash32& spki() const { return spki_; }
  std::uint32_t next_request_id() { return ++last_request_; }

 private:
  Hash32 spki_;
  Options options_;
  Spool* spool_ = nullptr;
  std::deque<std::move_only_function<void()>> work_;
  std::uint64_t last_caller_ = 0;
  std::uint32_t last_request_ = 0;
};

// A founded network at a server.
struct TestSpace {
  TestNetwork net;
  TestServer server;

  explicit TestSpace(Rates rates = {}) : server(rates) {
    auto placed = server.ask<api::RosterPlaceReply>(server.open(true), api::Found{net.genesis.encode(), ""});
    REQUIRE(placed);
  }
  // Brings the server's roster up to the network's, entry by entry, as their authors would.
  void share_roster() {
    while (shared_ < net.entries.size()) {
      const auto& entry = net.entries[shared_];
      storage::ChangeSet change{{"roster", "main"}, {}, {}};
      change.writes.push_back(storage::Append{to_bytes(entry.hash().view()), entry.encode()});
      server.store.commit(std::move(change), [](Result<storage::CommitResult> result) { REQUIRE(result); });
      ++shared_;
    }
    server.restart();
  }
  Result<Caller> log_in(const TestDevice& device) {
    Caller caller = server.open();
    auto hello = greet(caller);
    auto context = login_context(hello);
    TRY_OK(server.ask<api::LoginReply>(caller, api::sign_login(context, device.id(), device.key)));
    return caller;
  }
  Caller must_log_in(const TestDevice& device) {
    auto caller = log_in(device);
    if (!caller) FAIL("login refused: " << server.last_rule);
    return *caller;
  }
  api::HelloReply greet(Caller caller) {
    client_nonce_ = net.random.id<api::Nonce>();
    auto hello = server.ask<api::HelloReply>(caller, api::Hello{api::protocol_version, client_nonce_});
    REQUIRE(hello);
    return *hello;
  }
  api::LoginContext login_context(const api::HelloReply& hello) {
    return {net.id, client_nonce_, hello.nonce, "meet.example:443", server.spki(), {}};
  }
  record::RosterHead roster_head() { return {net.roster.head().seq, net.roster.head().hash}; }

 private:
  std::size_t shared_ = 1;
  api::Nonce client_nonce_;
};

// One device's member half of one channel.
struct TestMember {
  TestSpace& space;
  const TestDevice& device;
  Caller caller;
  ChannelId channel;
  std::unique_ptr<mls::member::Group> group;
  record::LogHead seen;

  static mls::member::MemberIdentity identity(const TestNetwork& net, const TestDevice& device) {
    policy::LeafIdentity who{net.id, device.member, device.id()};
    auto capabilities = mls::member::library_capabilities(
        {crypto::encuentro_suite}, {policy::policy_extension, policy::archive_commitment_extension});
    return {crypto::to_mls(device.key), who.credential(), capabilities, {}};
  }
  static mls::Lifetime lifetime(Timestamp now) {
    auto from = static_cast<std::uint64_t>(now.ms / 1000 - 3600);
    return {from, from + 80 * 86400};
  }
  static mls::ExtensionList context_extensions(const policy::ChannelPolicy& policy) {
    mls::ExtensionList extensions;
    mls::RequiredCapabilities required;
    required.extension_types = {policy::policy_extension};
    extensions.set(mls::ExtensionType::required_capabilities, mls::encoded(required));
    extensions.set(policy::policy_extension, policy.encoded());
    return extensions;
  }
  // Any 32 bytes do: the server can't tell.
  static mls::member::GroupInfoExtensions archive(bool shared) {
    return [shared](const mls::member::EpochExporter&) -> Result<mls::ExtensionList> {
      mls::ExtensionList extensions;
      if (shared) extensions.set(policy::archive_commitment_extension, Bytes(32, 6));
      return extensions;
    };
  }

  TestMember(TestSpace& where, const TestDevice& who, const ChannelId& id)
      : space(where), device(who), caller(where.must_log_in(who)), channel(id) {
    seen = record::log_start(space.net.id, id);
  }

  bool shared() const {
    return policy::ChannelPolicy::of(group->context().extensions)->history == policy::History::shared;
  }
  record::EntryHeader header() {
    record::EntryHeader h;
    h.network = space.net.id;
    h.channel = channel;
    h.at = {group->context().group_id, group->context().epoch};
    h.device = device.id();
    h.id = space.net.random.id<RecordId>();
    h.roster = space.roster_head();
    h.seen = seen;
    return h;
  }
  Bytes sign(const record::EntryHeader& h, const record::Body& body) {
    return record::encode(record::sign_entry(h, body, device.key));
  }
  Result<api::AppendReply> append(const Bytes& entry) {
    auto placed = space.server.ask<api::AppendReply>(caller, api::Append{entry});
    if (placed) seen = placed->head;
    return placed;
  }
  record::CreateBody creation(const policy::ChannelPolicy& policy) {
    mls::member::CreateParameters parameters;
    parameters.group_id = Bytes(32, static_cast<std::uint8_t>(space.net.random.next()));
    parameters.extensions = context_extensions(policy);
    parameters.identity = identity(space.net, device);
    parameters.lifetime = lifetime(space.net.now);
    auto made = mls::member::Group::create(std::move(parameters), space.net.random);
    REQUIRE(made);
    group = std::make_unique<mls::member::Group>(std::move(*made));
    auto extensions = archive(policy.history == policy::History::shared)(group->exporter());
    auto info = group->group_info(*extensions, true);
    REQUIRE(info);
    return {*info};
  }
  Result<api::AppendReply> create(const policy::ChannelPolicy& policy) {
    auto body = creation(policy);
    return append(sign(header(), body));
  }
  // A KeyPackage of a device, with the keys that open the Welcome.
  static mls::member::KeyPackageSecrets package(TestNetwork& net, const TestDevice& who) {
    return mls::member::KeyPackageSecrets::generate(crypto::encuentro_suite, identity(net, who), lifetime(net.now), {},
                                                    net.random);
  }
  struct Proposed {
    std::vector<mls::Proposal> proposals;
    std::vector<DeviceId> added;
  };
  Proposed& add(Proposed& list, const mls::KeyPackage& key_package, const TestDevice& who) {
    list.proposals.push_back({mls::Add{key_package}});
    list.added.push_back(who.id());
    return list;
  }
  record::CommitBody commit_body(const Proposed& list) {
    mls::member::CommitOptions options;
    options.proposals = list.proposals;
    options.force_path = true;
    options.group_info = archive(shared());
    options.tree_in_welcome = false;
    auto bundle = group->commit(options, space.net.random);
    if (!bundle) FAIL("commit refused by " << bundle.error().rule);
    record::CommitBody body{
        record::Part::of(bundle->commit), record::Part::of(*bundle->group_info), {}, list.added, {}};
    if (bundle->welcome) body.welcome = record::Part::of(*bundle->welcome);
    return body;
  }
  // Takes the new epoch only if the server did.
  Result<api::AppendReply> commit(const Proposed& list) {
    auto body = commit_body(list);
    auto placed = append(sign(header(), body));
    if (placed) {
      group->merge_pending();
    } else {
      group->drop_pending();
    }
    return placed;
  }
  Result<api::AppendReply> add(const TestDevice& who) {
    Proposed list;
    return commit(add(list, package(space.net, who).key_package, who));
  }
  std::optional<mls::LeafIndex> leaf_of(const TestDevice& who) const {
    return group->tree().leaf_with_signature_key(who.key.public_key.view());
  }
  Result<api::AppendReply> remove(const TestDevice& who) {
    Proposed list;
    list.proposals.push_back({mls::Remove{*leaf_of(who)}});
    return commit(list);
  }
  static record::Body record_body(std::uint8_t fill = 1) {
    return record::RecordBody{record::SharedSealed{Salt{}, Commitment{}, Bytes(256, fill)}, {}};
  }
  Result<api::AppendReply> post() { return append(sign(header(), record_body())); }
};

}  // namespace encuentro::tests
