// The main job in one process: everything through the real service, seen by the real cores.
#include "client/core/blobs.h"
#include "client/core/channel.h"
#include "client/core/channel_acts.h"
#include "client/core/commit_work.h"
#include "client/core/core.h"
#include "client/core/core_state.h"
#include "client/core/entering.h"
#include "client/core/handshakes.h"
#include "client/core/key_packages.h"
#include "client/core/outbox.h"
#include "client/core/posts.h"
#include "client/core/records.h"
#include "client/core/roster_acts.h"
#include "client/core/session.h"
#include "client/core/sync.h"
#include "client/views/conversation.h"
#include "protocol/api/frame.h"
#include "protocol/api/key_package_calls.h"
#include "tests/sim/world.h"

using namespace encuentro;
using namespace encuentro::sim;
using Words = std::vector<std::string>;

namespace {

core::CreateChannel committee(std::string title, std::vector<std::string> countries,
                              policy::History history = policy::History::shared) {
  core::CreateChannel create;
  create.title = std::move(title);
  create.kind = policy::ChannelKind::committee;
  create.history = history;
  create.countries = std::move(countries);
  return create;
}

// For the general board.
core::Announce convening(const Network& net) {
  core::Announce announce;
  announce.channel = net.founded.general_board;
  announce.title = "Convocatoria";
  announce.body = "martes";
  return announce;
}

core::Invited focal_point_invited(Network& net, const std::string& country) {
  core::Invite invite;
  invite.role = roster::Role::focal_point;
  invite.country = country;
  invite.principal = true;
  invite.person.name = "Ana";
  return net.secretariat.get<core::Invited>(invite);
}

core::Send words(const ChannelId& channel, std::string body) {
  core::Send send;
  send.channel = channel;
  send.body = std::move(body);
  return send;
}

}  // namespace

TEST_CASE("sim: a network is founded and its boards stand") {
  Network net(1);
  auto& self = net.secretariat.look().self();
  CHECK(self.fingerprint == net.secretariat.look().roster().fingerprint());
  CHECK(net.secretariat.look().network_name()->name == "Red de prueba");
  CHECK(net.secretariat.look().channel(net.founded.general_board)->state == core::ChannelState::in);
  CHECK(net.secretariat.look().channel(net.founded.focal_points_board)->state == core::ChannelState::in);
  CHECK(net.secretariat.alarms().empty());
  net.secretariat.restart();
  net.world.settle();
  CHECK(net.secretariat.look().session() == core::SessionState::online);
  CHECK(net.world.client("other").refused(core::FoundNetwork{"localhost:8443", net.world.spki, "x", {}, "", ""}) ==
        Code::already_founded);
}

TEST_CASE("sim: a link names its network, and one that names another lets nobody in") {
  Network net(3);
  net.country("AR");
  auto invited = focal_point_invited(net, "AR");
  auto link = roster::InviteLink::parse(invited.link);
  REQUIRE(link);
  CHECK(link->network_name == "Red de prueba");
  auto entries = [&] { return net.secretariat.look().roster().head().seq; };
  auto before = entries();

  link->network_name = "Otra red";
  auto printed = link->print();
  std::string renamed(as_text(printed.view()));
  Client& misled = net.world.client("misled");
  CHECK(misled.refused(core::Join{renamed, invited.code, "x"}) == Code::wrong_network);
  CHECK_FALSE(misled.look().has_identity());
  net.world.settle();
  CHECK(entries() == before);
  net.world.client("AR").must(core::Join{invited.link, invited.code, "x"});
}

TEST_CASE("sim: a browser that nobody used for 180 days connects no more, whatever the server says") {
  Network net(7);
  net.country("AR");
  net.country("BR");
  net.world.device_kind = roster::DeviceKind::browser;
  Client& ar = net.focal_point("AR");
  net.world.device_kind = roster::DeviceKind::native;
  Client& br = net.focal_point("BR");
  net.world.settle();
  std::size_t logins = 0;
  net.world.intercept = [&](Client& from, BytesView bytes) {
    auto frame = api::decode_frame(bytes);
    bool login = frame && frame->kind == static_cast<std::uint16_t>(api::Call::login);
    logins += login && &from == &ar ? 1 : 0;
    return std::optional(to_bytes(bytes));
  };
  auto after = [&](Client& who, Duration unused) {
    who.stop();
    net.world.now = net.world.now + unused;
    net.world.settle();
    who.restart();
    net.world.settle();
    return who.look().session() == core::SessionState::online;
  };
  CHECK(after(ar, days(180)));
  CHECK(after(ar, days(180)));  // each use counts anew
  CHECK(logins == 2);
  CHECK_FALSE(after(ar, days(183)));
  CHECK(logins == 2);
  CHECK(ar.refused(core::AddSheet{"hoja"}) == Code::expired);
  CHECK_FALSE(ar.look().records(net.founded.general_board).empty());  // what it has stays readable
  CHECK(after(br, days(183)));
}

TEST_CASE("sim: a correction mentions whom it names, and keeps a title that was corrected before") {
  Network net(6);
  net.country("AR");
  Client& ar = net.focal_point("AR");
  net.world.settle();
  const ChannelId& board = net.founded.general_board;
  net.secretariat.must(convening(net));
  auto item = [&] { return client::views::conversation(ar.look(), board).front(); };
  net.world.settle();
  const RecordId id = item().id;
  net.secretariat.must(core::Edit{board, id, "Convocatoria aplazada", "jueves", {ar.member()}});
  net.world.settle();
  CHECK(item().title == "Convocatoria aplazada");
  CHECK(item().mentions == std::vector{ar.member()});
  net.secretariat.must(core::Edit{board, id, "", "viernes", {}});
  net.world.settle();
  CHECK(item().title == "Convocatoria aplazada");
  CHECK(item().body == "viernes");
  CHECK(item().mentions.empty());
}

TEST_CASE("sim: what can't be opened yet isn't counted as unread, until it can") {
  Network net(5);
  net.secretariat.must(convening(net));
  net.country("AR");
  auto invited = focal_point_invited(net, "AR");
  net.world.settle();
  net.secretariat.stop();
  Client& ar = net.world.client("AR");
  ar.must(core::Join{invited.link, invited.code, "x"});
  net.world.settle();
  auto unread = [&] { return client::views::unread(ar.look(), net.founded.general_board); };
  CHECK_FALSE(ar.look().channel(net.founded.general_board)->history_complete);
  CHECK(ar.look().records(net.founded.general_board).front()->reading == core::Reading::closed);
  CHECK(unread() == 0);
  net.secretariat.restart();
  net.world.settle();
  CHECK(ar.look().channel(net.founded.general_board)->history_complete);
  CHECK(unread() == 1);
}

TEST_CASE("sim: the links that open nothing else name the network too; a sheet is typed and doesn't") {
  Network net(4);
  net.country("AR");
  Client& ar = net.focal_point("AR");
  auto named = [](const std::string& text) {
    auto link = roster::InviteLink::parse(text);
    REQUIRE(link);
    return link->network_name;
  };
  CHECK(named(ar.get<core::Invited>(core::AddDevice{}).link) == "Red de prueba");
  CHECK(named(net.secretariat.get<core::LinkMade>(core::MakeReEntryLink{ar.member()}).link) == "Red de prueba");
  CHECK(named(ar.get<core::LinkMade>(core::AddSheet{"hoja"}).link).empty());
}

TEST_CASE("sim: focal points enter by link and code and read the board from its first record") {
  Network net(2);
  net.secretariat.must(convening(net));
  net.country("AR");
  Client& ar = net.focal_point("AR");
  net.world.settle();
  CHECK(ar.look().name_of(ar.member())->name == "AR");
  auto board = ar.look().channel(net.founded.general_board);
  REQUIRE(board);
  CHECK(board->state == core::ChannelState::in);
  CHECK(board->history_complete);
  bool read = false;
  for (const core::Record* record : ar.look().records(net.founded.general_board)) {
    read = read || (record->reading == core::Reading::opened && record->content.title == "Convocatoria");
  }
  CHECK(read);
  CHECK(ar.refused(convening(net)) == Code::not_allowed);
  CHECK(ar.alarms().empty());
  CHECK(net.secretariat.alarms().empty());
}

TEST_CASE("sim: shared: who comes later reads all; who was removed reads nothing after") {
  Network net(3);
  for (auto code : {"AR", "BR", "CL"}) net.country(code);
  Client& ar = net.focal_point("AR");
  Client& br = net.focal_point("BR");
  auto id = ar.get<core::ChannelCreated>(committee("Educación", {"AR", "BR", "CL"})).channel;
  ar.must(words(id, "uno"));
  ar.must(core::AddToChannel{id, br.member()});
  br.must(words(id, "dos"));
  CHECK(br.bodies(id) == Words{"uno", "dos"});
  CHECK(br.look().title(id) == "Educación");

  Client& cl = net.focal_point("CL");
  br.must(core::AddToChannel{id, cl.member()});
  CHECK(cl.bodies(id) == Words{"uno", "dos"});
  ar.must(core::RemoveFromChannel{id, br.member()});
  cl.must(words(id, "tres"));
  CHECK(br.bodies(id) == Words{"uno", "dos"});
  CHECK(ar.bodies(id) == Words{"uno", "dos", "tres"});
  CHECK(br.look().channel(id)->state == core::ChannelState::out);
  CHECK(br.refused(words(id, "cuatro")) == Code::not_admitted);
  for (Client* client : {&ar, &br, &cl}) CHECK(client->alarms().empty());
}

TEST_CASE("sim: sealed: nobody reads what came before, everybody what comes after") {
  Network net(4);
  for (auto code : {"XA", "XB"}) net.country(code);
  Client& xa = net.focal_point("XA");
  Client& xb = net.focal_point("XB");
  auto id = xa.get<core::ChannelCreated>(committee("Delicado", {"XA", "XB"}, policy::History::sealed)).channel;
  xa.must(words(id, "antes"));
  xa.must(core::AddToChannel{id, xb.member()});
  xa.must(words(id, "después"));
  xb.must(words(id, "respuesta"));
  CHECK(xa.bodies(id) == Words{"antes", "después", "respuesta"});
  CHECK(xb.bodies(id) == Words{"después", "respuesta"});
  xb.restart();
  net.world.settle();
  xb.must(words(id, "otra vez"));
  CHECK(xa.bodies(id).back() == "otra vez");
  CHECK(xa.alarms().empty());
  CHECK(xb.alarms().empty());
}

TEST_CASE("sim: a second device comes into its member's channels and reads them from the beginning") {
  Network net(5);
  net.country("AR");
  Client& ar = net.focal_point("AR");
  auto id = ar.get<core::ChannelCreated>(committee("Sola", {"AR"})).channel;
  ar.must(words(id, "hola"));
  Client& second = net.second_device(ar, "AR2");
  net.world.settle();
  CHECK(second.member() == ar.member());
  CHECK(second.bodies(id) == Words{"hola"});
  second.must(words(id, "desde el otro"));
  CHECK(ar.bodies(id) == Words{"hola", "desde el otro"});

  ar.must(core::RevokeDevice{second.look().self().device, std::nullopt});
  net.world.settle();
  ar.must(words(id, "sin el segundo"));
  CHECK(second.bodies(id) == Words{"hola", "desde el otro"});
  CHECK(ar.look().channel(id)->devices.size() == 1);
}

TEST_CASE("sim: what is written without a server is sent later, once") {
  Network net(6);
  net.country("AR");
  net.country("BR");
  Client& ar = net.focal_point("AR");
  Client& br = net.focal_point("BR");
  auto id = ar.get<core::ChannelCreated>(committee("Sin red", {"AR", "BR"})).channel;
  ar.must(core::AddToChannel{id, br.member()});
  net.world.online = false;
  ar.cut();
  auto ticket = ar.begin(words(id, "escrito sin servidor"));
  net.world.settle();
  CHECK_FALSE(ar.answer(ticket));
  CHECK(ar.refused(core::Sync{}) == Code::unreachable);
  CHECK(ar.look().outbox(id).size() == 1);
  ar.restart();
  net.world.online = true;
  br.must(words(id, "mientras tanto"));
  net.world.settle(minutes(5));
  CHECK(ar.look().outbox(id).empty());
  CHECK(br.bodies(id) == Words{"mientras tanto", "escrito sin servidor"});
}

TEST_CASE("sim: without the code one is provisional until confirmed") {
  Network net(7);
  net.country("XB");
  Client& xb = net.focal_point("XB");
  core::Invite invite;
  invite.role = roster::Role::delegate;
  invite.country = "XB";
  Client& person = net.enter(xb, "provisional", invite, false);
  auto standing = [&] { return person.look().roster().newest().member(person.member())->standing; };
  CHECK(standing() == roster::Standing::provisional);
  CHECK(person.look().channel(net.founded.general_board)->state == core::ChannelState::in);
  xb.must(core::Confirm{person.member(), std::nullopt});
  net.world.settle();
  CHECK(standing() == roster::Standing::full);
}

TEST_CASE("sim: per-country access holds, and a stolen Secretariat device speaks for no country") {
  Network net(8);
  net.country("AR");
  net.country("NI", roster::CountryStatus::training_only);
  net.country("PE", roster::CountryStatus::observer);
  Client& ar = net.focal_point("AR");
  Client& ni = net.focal_point("NI");
  Client& pe = net.focal_point("PE");
  auto id = ar.get<core::ChannelCreated>(committee("Educación", {"AR", "PE"})).channel;
  CHECK(ar.refused(core::AddToChannel{id, ni.member()}) == Code::not_admitted);
  ar.must(core::AddToChannel{id, pe.member()});
  pe.must(words(id, "Perú saluda"));
  CHECK(pe.refused(committee("No", {"PE"})) == Code::not_allowed);
  CHECK(ni.refused(committee("No", {"NI"})) == Code::not_allowed);
  core::CreateChannel false_country = committee("Falsa", {"AR"});
  false_country.kind = policy::ChannelKind::country;
  CHECK(net.secretariat.refused(false_country) == Code::not_allowed);
  // An officer without a root key removes nobody from an occupied seat; with k roots the Secretariat does (FORMATS §3).
  core::Invite invite;
  invite.role = roster::Role::secretariat;
  Client& officer = net.enter(net.secretariat, "oficial", invite);
  CHECK(officer.refused(core::RevokeMember{ar.member(), std::nullopt}) == Code::not_allowed);
  CHECK(pe.look().roster().newest().member(ar.member())->standing == roster::Standing::full);
  net.secretariat.must(core::RevokeMember{ar.member(), std::nullopt});
  CHECK(ar.refused(core::Sync{}) == Code::revoked);
}

TEST_CASE("sim: leaving is carried out by the next who comes") {
  Network net(9);
  for (auto code : {"AR", "BR"}) net.country(code);
  Client& ar = net.focal_point("AR");
  Client& br = net.focal_point("BR");
  auto id = ar.get<core::ChannelCreated>(committee("Dos", {"AR", "BR"})).channel;
  ar.must(core::AddToChannel{id, br.member()});
  br.must(core::LeaveChannel{id});
  net.world.settle();
  ar.must(words(id, "sin Brasil"));
  CHECK(ar.look().channel(id)->devices.size() == 1);
  CHECK(br.bodies(id).empty());
}

TEST_CASE("sim: an old copy of a profile is noticed and does nothing any more") {
  Network net(10);
  net.country("AR");
  Client& ar = net.focal_point("AR");
  auto id = ar.get<core::ChannelCreated>(committee("Sola", {"AR"})).channel;
  auto old_copy = ar.disk();
  ar.must(words(id, "después de la copia"));
  ar.put_back(old_copy);
  ar.restart();
  net.world.settle();
  CHECK(ar.alarms() == std::vector<Code>{Code::rolled_back});
  CHECK(ar.refused(words(id, "no")) == Code::rolled_back);

  // Who was waiting when it was noticed is answered then, not when time is up.
  ar.put_back(old_copy);
  ar.restart();
  auto ticket = ar.begin(core::Sync{});
  net.world.settle();
  CHECK(ar.answer(ticket) == Code::rolled_back);
}

TEST_CASE("sim: a further device enters the board by itself, with nobody else there") {
  Network net(12);
  net.country("AR");
  Client& ar = net.focal_point("AR");
  core::Announce announce;
  announce.channel = net.founded.general_board;
  announce.title = "Circular";
  net.secretariat.must(announce);
  auto on_board = [&](const Client& who) {
    auto look = who.look().channel(net.founded.general_board);
    return look && look->state == core::ChannelState::in;
  };
  // Vouched for while nothing of the board reaches or leaves the two who could let it in.
  net.world.intercept = [&](Client& from, BytesView bytes) -> std::optional<Bytes> {
    auto frame = api::decode_frame(bytes);
    bool lets_in = frame && frame->kind == static_cast<std::uint16_t>(api::KeyPackageTake::call);
    if (lets_in && (&from == &ar || &from == &net.secretariat)) return std::nullopt;
    return to_bytes(bytes);
  };
  Client& second = net.second_device(ar, "AR2");
  net.world.settle();
  CHECK(on_board(second));
}
