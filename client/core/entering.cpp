#include "client/core/entering.h"

#include "client/core/channel_acts.h"
#include "client/core/directory.h"
#include "client/core/paper_access.h"
#include "client/core/re_entry.h"
#include "client/core/roster_sync.h"
#include "client/core/session.h"
#include "client/core/sync.h"
#include "protocol/api/roster_calls.h"
#include "protocol/roster/invite_keys.h"

namespace encuentro::client::core {
namespace {

void give_up(CoreState& state, const Error& why) {
  std::uint32_t ticket = state.entrance->ticket;
  state.entrance.reset();
  state.identity.reset();
  state.vault->erase("_identity");
  for (std::size_t i = 0; i < state.book.entries.size(); ++i) {
    codec::Writer w;
    w.u64(i + 1);
    state.vault->erase("roster/" + to_hex(w.view()));
  }
  state.book = {};
  state.session.connect_at.reset();
  if (state.session.step != Session::Step::idle) {
    state.effects.disconnect = true;
    connection_ended(state, why);
  }
  state.session.connect_at.reset();
  failed(state, ticket, why);
}

void store_identity(CoreState& state) { state.vault->put("_identity", state.identity->encode().view()); }

Result<Bytes> make_genesis(CoreState& state, const FoundNetwork& command) {
  Identity& me = *state.identity;
  roster::GenesisBody body;
  body.id = me.self.network;
  TRY(body.network_name, seal_name(me.directory_key, me.self.network.view(), {command.name, "", ""}, *state.random));
  body.roots = {1, {me.root_keys.front().public_key}};
  body.directory_commitment = directory_commitment(me.directory_key);
  body.founder = me.self.member;
  TRY(body.founder_name, seal_name(me.directory_key, me.self.member.view(), command.member, *state.random));
  TRY(body.device, device_record(state, command.device_label));
  roster::RosterEntry entry = entry_at_head(state, body);
  entry.backing = roster::Backing{state.fresh_id<RecordId>(), entry.time + days(7), {}};
  const crypto::Ed25519Key& root = me.root_keys.front();
  roster::back(entry, roster::BackingKind::root, roster::root_key_id(root.public_key).view(), root);
  entry.sign(me.key);
  roster::Roster trial;
  TRY_OK(trial.append(entry));
  me.self.fingerprint = entry.hash();
  return entry.encode();
}

// This device stands in the roster: from here on it connects as itself.
void enter(CoreState& state) {
  state.identity->entered = true;
  state.identity->self.holds_root = !state.identity->root_keys.empty();
  store_identity(state);
  state.entrance->sent = false;
}

void boards_created(CoreState& state, std::uint32_t ticket, const ChannelId& general, const ChannelId& focal) {
  state.goals.push_back([=](CoreState& s) {
    Channel* first = s.channel(general);
    Channel* second = s.channel(focal);
    if (!first || !second || !first->in() || !second->in() || !all_quiet(s)) return false;
    const Self& self = s.identity->self;
    done(s, ticket, Founded{self.network, self.fingerprint, self.member, self.device, general, focal});
    return true;
  });
}

void founded(CoreState& state, const Answer& answer) {
  auto reply = reply_of<api::RosterPlaceReply>(answer);
  if (!reply) return give_up(state, reply.error());
  Entrance entrance = std::move(*state.entrance);
  if (auto loaded = load_roster_entry(state, entrance.genesis); !loaded || reply->head != state.roster_head()) {
    state.entrance = std::move(entrance);
    return give_up(state, loaded ? Error{Code::fork, "genesis", 0, 0} : loaded.error());
  }
  codec::Writer place;
  place.u64(1);
  state.vault->put("roster/" + to_hex(place.view()), entrance.genesis);
  state.entrance = std::move(entrance);
  enter(state);
  std::uint32_t ticket = state.entrance->ticket;
  std::string name = state.entrance->found.name;
  state.entrance.reset();
  const MemberId& me = state.identity->self.member;
  auto general = policy::general_board(state.fresh_id<ChannelId>(), me);
  auto focal = policy::focal_points_board(state.fresh_id<ChannelId>(), me);
  ChannelId general_id = general.channel, focal_id = focal.channel;
  create_channel_with(state, 0, std::move(general), name, {});
  create_channel_with(state, 0, std::move(focal), name, {});
  boards_created(state, ticket, general_id, focal_id);
  reconnect(state);
}

// E3: the accept, signed by the link's key, by the code's if there is one, and by the new device.
Result<roster::RosterEntry> make_accept(CoreState& state) {
  const Entrance& entrance = *state.entrance;
  TRY(auto device, device_record(state, entrance.device_label));
  roster::AcceptBody body{entrance.link->invite, state.identity->self.member, device};
  roster::RosterEntry entry = entry_at_head(state, body);
  entry.backing = roster::Backing{state.fresh_id<RecordId>(), entry.time + hours(1), {}};
  auto link_key = roster::invite_link_key(entrance.link->link_secret, entrance.link->invite);
  roster::back(entry, roster::BackingKind::invite_link, entrance.link->invite.view(), link_key);
  if (!entrance.code.empty()) {
    TRY(auto code_key, roster::invite_code_key(entrance.link->link_secret, entrance.code, entrance.link->invite));
    roster::back(entry, roster::BackingKind::invite_code, entrance.link->invite.view(), code_key);
  }
  entry.sign(state.identity->key);
  return entry;
}

void joined(CoreState& state, std::uint32_t ticket) {
  enter(state);
  state.entrance.reset();
  reconnect(state);
  state.goals.push_back([ticket](CoreState& s) {
    if (!all_quiet(s)) return false;
    const Self& self = s.identity->self;
    auto device = s.newest().device(self.device);
    bool provisional = !device || device->standing != roster::Standing::full;
    done(s, ticket, Joined{self.network, self.fingerprint, self.member, self.device, provisional});
    return true;
  });
}

bool by_sheet(const CoreState& state) { return state.entrance->link->purpose == roster::InvitePurpose::sheet; }

void send_entry(CoreState& state) {
  state.entrance->sent = true;
  store_identity(state);  // E6: before it is sent
  auto entry = by_sheet(state) ? make_sheet_vouch(state, *state.entrance) : make_accept(state);
  if (!entry) return give_up(state, entry.error());
  // Not judged here first: a wrong code is the server's to count.
  Bytes bytes = entry->encode();
  call(state, api::RosterAppend{bytes}, [bytes](CoreState& s, const Answer& answer) {
    if (!s.entrance) return;
    auto reply = reply_of<api::RosterPlaceReply>(answer);
    Code code = reply ? Code::none : reply.error().code;
    if (code == Code::unreachable) return;  // may have arrived: entrance_failed() decides
    bool overtaken = code == Code::bad_sequence || code == Code::fork || code == Code::roster_changed;
    if (overtaken) {
      s.entrance->sent = false;
      s.book.server_head.seq = s.book.roster.head().seq.next();
      return;
    }
    if (!reply) return give_up(s, reply.error());
    if (s.book.server_head.seq < reply->head.seq) s.book.server_head = reply->head;
  });
}

// Who enters by the invitation, if it opens anything.
Result<MemberId> member_of_invite(const CoreState& state) {
  auto found = state.newest().invite(state.entrance->link->invite);
  if (!found) return fail(Code::not_found, "E2");
  if (!found->open) {
    bool late = !found->used && state.now > found->body->expires;
    return fail(found->used ? Code::invite_used : late ? Code::expired : Code::revoked, "E2");
  }
  if (found->seat_from && state.now < *found->seat_from) {
    return fail(Code::not_allowed, "too early", static_cast<std::uint64_t>(found->seat_from->ms));
  }
  return found->body->member;
}

// The person was shown a name before anything was sent: it must be the network's own.
Status as_named(const CoreState& state) {
  const std::string& told = state.entrance->link->network_name;
  if (told.empty()) return {};
  auto name = network_name(state.identity->directory_key, state.book.roster.genesis());
  return name && name->name == told ? Status{} : fail(Code::wrong_network, "invitation");
}

// Goes on whenever the roster has grown: looks for the invite, sends the accept, finds it read back.
bool join_step(CoreState& state) {
  if (!state.entrance || state.entrance->kind != Entrance::Kind::join) return true;
  if (state.book.stopped) {
    give_up(state, {Code::fork, "R1", 0, 0});
    return true;
  }
  bool connected = state.session.step == Session::Step::login;
  if (!connected || state.book.server_head.seq.value == 0 || !roster_current(state)) return false;
  Identity& me = *state.identity;
  if (state.newest().device(me.self.device)) {
    joined(state, state.entrance->ticket);
    return true;
  }
  if (state.entrance->sent) return false;
  if (auto named = as_named(state); !named) {
    give_up(state, named.error());
    return true;
  }
  auto member = by_sheet(state) ? member_of_sheet(state, *state.entrance) : member_of_invite(state);
  if (!member) {
    give_up(state, member.error());
    return true;
  }
  me.self.member = *member;
  send_entry(state);
  return !state.entrance.has_value();
}

void invite_logged_in(CoreState& state, const Answer& answer) {
  if (!state.entrance) return;
  auto reply = reply_of<api::LoginReply>(answer);
  if (!reply) return give_up(state, reply.error());
  state.session.deadline.reset();
  state.book.server_head = reply->roster;
}

void new_identity(CoreState& state) {
  Identity me;
  me.key = crypto::ed25519_generate(*state.random);
  me.self.device = record::device_id(me.key.public_key);
  state.identity = std::move(me);
}

}  // namespace

Result<roster::DeviceRecord> device_record(CoreState& state, const std::string& label) {
  const Identity& me = *state.identity;
  TRY(auto sealed, seal_name(me.directory_key, me.self.device.view(), {label, "", ""}, *state.random));
  return roster::DeviceRecord{me.key.public_key, state.options.device_kind, sealed};
}

roster::InviteLink link_here(const CoreState& state, roster::InvitePurpose purpose) {
  const Identity& me = *state.identity;
  roster::InviteLink link;
  link.purpose = purpose;
  link.network = me.self.network;
  link.fingerprint = me.self.fingerprint;
  link.spki = me.self.spki;
  link.address = me.self.address;
  link.directory_key = me.directory_key.duplicate();
  if (purpose != roster::InvitePurpose::sheet) {
    if (auto name = network_name(me.directory_key, state.book.roster.genesis())) link.network_name = name->name;
  }
  return link;
}

void found_network(CoreState& state, std::uint32_t ticket, const FoundNetwork& command) {
  if (state.identity && state.identity->entered) return failed(state, ticket, {Code::already_exists, "profile", 0, 0});
  new_identity(state);
  Identity& me = *state.identity;
  me.self.network = state.fresh_id<NetworkId>();
  me.self.member = state.fresh_id<MemberId>();
  me.self.address = command.address;
  me.self.spki = command.spki;
  state.random->fill(me.directory_key.span());
  me.root_keys.push_back(crypto::ed25519_generate(*state.random));
  state.entrance.emplace();
  state.entrance->kind = Entrance::Kind::found;
  state.entrance->ticket = ticket;
  state.entrance->found = command;
  auto genesis = make_genesis(state, command);
  if (!genesis) return give_up(state, genesis.error());
  state.entrance->genesis = std::move(*genesis);
  store_identity(state);
  connect(state);
}

void join_network(CoreState& state, std::uint32_t ticket, const Join& command) {
  if (state.identity && state.identity->entered) return failed(state, ticket, {Code::already_exists, "profile", 0, 0});
  auto link = roster::InviteLink::parse(command.link);
  if (!link) return failed(state, ticket, link.error());
  std::string code;
  if (!command.code.empty()) {
    auto clean = roster::clean_invite_code(command.code);
    if (!clean) return failed(state, ticket, clean.error());
    code = *clean;
  }
  if (link->purpose == roster::InvitePurpose::sheet) {
    if (auto right = check_sheet(*link); !right) return failed(state, ticket, right.error());
  }
  new_identity(state);
  Identity& me = *state.identity;
  me.self.network = link->network;
  me.self.fingerprint = link->fingerprint;
  me.self.address = link->address;
  me.self.spki = link->spki;
  me.directory_key = link->directory_key.duplicate();
  if (link->purpose == roster::InvitePurpose::re_entry) return ask_re_entry(state, ticket, *link, command.device_label);
  state.entrance.emplace();
  state.entrance->kind = Entrance::Kind::join;
  state.entrance->ticket = ticket;
  state.entrance->link = std::move(*link);
  state.entrance->code = std::move(code);
  state.entrance->device_label = command.device_label;
  state.goals.push_back(join_step);
  connect(state);
}

void entrance_greeted(CoreState& state, const api::HelloReply& hello) {
  Entrance& entrance = *state.entrance;
  if (entrance.kind == Entrance::Kind::found) {
    if (hello.founded) return give_up(state, {Code::already_founded, "F1", 0, 0});
    entrance.sent = true;
    call(state, api::Found{entrance.genesis, entrance.found.one_time_code}, [](CoreState& s, const Answer& answer) {
      if (s.entrance) founded(s, answer);
    });
    return;
  }
  const Self& self = state.identity->self;
  if (!hello.founded || hello.network != self.network) return give_up(state, {Code::not_founded, "E2", 0, 0});
  state.session.step = Session::Step::login;
  api::LoginContext context{self.network, state.session.nonce, hello.nonce,
                            self.address, self.spki,           state.session.exporter};
  if (by_sheet(state)) {
    auto sheet = sheet_key(*entrance.link);
    return call(state, api::sign_login(context, record::device_id(sheet.public_key), sheet), invite_logged_in);
  }
  auto link_key = roster::invite_link_key(entrance.link->link_secret, entrance.link->invite);
  call(state, api::sign_login_invite(context, entrance.link->invite, link_key), invite_logged_in);
}

void entrance_failed(CoreState& state, const Error& why) {
  // An accept may have arrived. The identity is stored; whether it stands is found out by reading again.
  if (state.entrance->kind == Entrance::Kind::join && state.entrance->sent && why.code == Code::unreachable) return;
  give_up(state, why.code == Code::none ? Error{Code::unreachable, "", 0, 0} : why);
}

}  // namespace encuentro::client::core
