// Prints one encoded sample of each struct that crosses, 'NAME HEX' a line, and the number and word of each error code:
// what the page's mirror of the encoding is tested against.
#include <cstdio>

#include "client/wasm/call.h"

namespace {

using namespace encuentro;
using namespace encuentro::client;

template <class Some>
Some id(std::uint8_t first) {
  std::array<std::uint8_t, Some::bytes> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(first + i);
  return Some(bytes);
}

template <class T>
void print(const char* name, const T& value) {
  std::printf("%s %s\n", name, to_hex(core::encode_fields(value)).c_str());
}

const Timestamp now{1511110800123};
const ChannelId channel = id<ChannelId>(0x10);
const MemberId member = id<MemberId>(0x20);
const DeviceId device = id<DeviceId>(0x30);
const RecordId record = id<RecordId>(0x40);
const Hash32 hash = id<Hash32>(0x50);
const UploadId upload = id<UploadId>(0x70);
const BlobId blob = id<BlobId>(0x80);

void print_calls() {
  std::vector<wasm::Call> calls = {
      wasm::CreateProfile{"una frase", now},
      wasm::OpenProfile{{{{1, 2}, {3}}, {{}, {4, 5, 6}}}, "una frase", now},
      wasm::ChangePassphrase{"vieja", "nueva"},
      wasm::OpenByComputer{{{{1, 2}, {3}}}, Bytes(32, 8), now},
      wasm::KeepComputer{"una frase", {1, 2, 3}, hash, Bytes(32, 8)},
      wasm::ForgetComputer{},
      wasm::Start{now},
      wasm::Connected{now},
      wasm::Disconnected{now},
      wasm::Frame{Bytes(300, 7), now},
      wasm::Wake{now},
      wasm::TransferDone{9, Bytes{1, 2, 3}, Code::none, now},
      wasm::TransferDone{10, std::nullopt, Code::unreachable, now},
      wasm::Look{views::AskConversation{channel, 200}},
      wasm::Look{views::AskComparison{member}},
      wasm::Look{views::AskSelf{}},
      wasm::ProposePassphrase{},
      wasm::NormalPassphrase{"ALBA barc"},
      wasm::ReadLink{"https://127.0.0.1:8443/#AQ"},
      wasm::Look{views::AskCalendar{}},
      wasm::Look{views::AskCalendar{channel}},
      wasm::Look{views::AskChannels{channel}},
      wasm::Look{views::AskBoards{}},
      wasm::Look{views::AskDrafts{}},
      wasm::Look{views::AskSearch{"ñandú", 50}},
      wasm::Look{views::AskReEntry{"AQ"}},
      wasm::Look{views::AskShortWords{channel}},
      wasm::Look{views::AskEvidence{3}},
      wasm::Look{views::AskStatements{}},
      wasm::Look{views::AskOffices{}},
      wasm::Look{views::AskArchive{channel}},
      wasm::Look{views::AskLibrary{channel}},
      wasm::BeginUpload{channel, "informe.pdf", now, 300'000},
      wasm::MeasureChunk{upload, {1, 2}},
      wasm::EndMeasure{upload},
      wasm::ResumeUpload{upload, now},
      wasm::SealChunk{upload, 1, {3}},
      wasm::ChunkThrough{upload, 1, blob, now},
      wasm::SealList{upload},
      wasm::BeginDownload{channel, record},
      wasm::OpenList{record, {4}},
      wasm::OpenChunk{record, {5}},
  };
  for (const auto& call : calls) print("Call", call);
}

void print_acts() {
  std::vector<wasm::Act> acts = {
      wasm::PutEvent{channel, content::EventAct::change, "uid@x", record, {record}, "Reunión", "BEGIN:VCALENDAR", {}},
      wasm::AnswerEvent{channel, record, record, content::Attendance::tentative},
      wasm::PutVersion{upload, blob, record, {record}, std::nullopt, "informe.pdf", "nota", "application/pdf"},
      wasm::MakeFolder{channel, "Proyectos", record},
      wasm::RenameItem{channel, record, "otro"},
      wasm::MoveItem{channel, record, std::nullopt},
      wasm::RemoveItem{channel, record, true},
      wasm::CommentVersion{channel, record, "de acuerdo"},
      wasm::FreezeVersion{channel, record, hash},
      wasm::ReportFetched{channel, record},
  };
  for (auto& act : acts) print("Call", wasm::Call(wasm::RunAct{11, act, "America/Bogota", now}));
}

void print_commands() {
  std::vector<core::Command> commands = {
      core::Invite{
          roster::Role::focal_point, "XA", true, channel, now, {"Alba", "Ministerio", ""}, now, true, "Nota 1"},
      core::Confirm{member, device},
      core::RevokeMember{member, RosterSeq{9}},
      core::CreateChannel{"Comité",
                          policy::ChannelKind::committee,
                          policy::History::sealed,
                          false,
                          {"XA"},
                          {roster::Role::partner},
                          {member}},
      core::AddToChannel{channel, member},
      core::RemoveFromChannel{channel, member},
      core::LeaveChannel{channel},
      core::SetTitle{channel, "Otro título"},
      core::Retry{channel, record},
      core::Discard{channel, record},
      core::KeepDraft{"talk", "a medias"},
      core::Join{"https://h/#x", "12345678", "Navegador"},
      core::AddDevice{true, now},
      core::RevokeDevice{device, std::nullopt},
      core::AcceptAdmission{channel},
      core::Announce{channel, "Título", "Texto", true, now, {{"a.pdf", "application/pdf", {1, 2}, {}}}},
      core::Send{channel, "Buenos días", record, {member}, {{"a.pdf", "application/pdf", {}, record}}},
      core::Edit{channel, record, "", "corregido", {}},
      core::React{channel, record, "👍"},
      core::Mark{channel, record},
      core::Acknowledge{channel, record},
      core::Withdraw{channel, record},
      core::Sync{},
      core::RestartChannel{channel},
      core::PutAlarmAside{3},
      core::AllowTransfer{channel, upload, 1 << 20},
      core::KeepTransfer{upload, 2, {1}},
      core::ForgetTransfer{upload},
      core::SetNotices{"ana@example.org", api::NoticeInterval::daily},
      core::ShowNotices{},
      core::ProposeRoots{2, {{1, 2}, {3}}},
      core::Approve{record},
      core::SetCountryStatus{"XA", roster::CountryStatus::suspended, "acta 3"},
      core::RevokeInvite{id<InviteId>(0x90)},
      core::Relieve{member, id<MemberId>(0x21), now, now},
      core::EndRole{member, now},
      core::AddSheet{"hoja"},
      core::MakeReEntryLink{member},
      core::ConfirmReEntry{"AQ", record},
      core::KeepText{record, "Texto"},
  };
  for (const auto& command : commands) print("Command", command);
}

void print_effects() {
  core::Effects effects;
  effects.store.puts = {{{1}, {2, 3}}};
  effects.store.erases = {{9, 9}};
  effects.send = {{1, 2, 3}, {}};
  effects.transfers = {{7, true, "/v1/blob/AB", "token", {5}}};
  effects.show = {
      core::Done{1, core::Nothing{}},
      core::Done{2, core::Invited{"https://h/#x", "12345678", now, member}},
      core::Done{3, core::Joined{id<NetworkId>(1), hash, member, device, true}},
      core::Done{4, core::Sent{channel, record, Seq{12}}},
      core::Done{5, core::RosterPlace{RosterSeq{8}}},
      core::Done{5, core::Proposed{record, 1, 2}},
      core::Done{5, core::RootKeyMade{{7, 8}}},
      core::Done{5, core::LinkMade{"https://h/#x", device}},
      core::Done{5, core::ReEntryAsked{"AQ", hash, now}},
      core::StatementsChanged{},
      core::ReEntered{member, RosterSeq{9}},
      core::Failed{6, {Code::wrong_code, "R-ROS-31", 5, 1}},
      core::Queued{7, channel, record},
      core::SessionChanged{core::SessionState::online, {}},
      core::RosterChanged{RosterSeq{3}},
      core::ChannelUpdated{channel},
      core::RecordRead{channel, Seq{4}},
      core::OutboxChanged{channel, record},
      core::Alarm{Code::fork, "L3", channel, std::nullopt, Seq{5}, now, {1}},
  };
  effects.connect = core::ConnectTo{"127.0.0.1:8443", hash};
  effects.disconnect = true;
  effects.wake_at = now;
  print("Effects", effects);
  print("Effects", core::Effects{});
}

views::PageItem item() {
  return {record,
          Seq{3},
          {member, "Lucía Ferro", "AR", 2, true},
          now,
          now,
          core::Reading::opened,
          Code::none,
          1,
          "",
          "Hola",
          id<RecordId>(0x60),
          true,
          false,
          views::Sending::waiting,
          {{"👍", {"Ana", "Luis"}, true}},
          true,
          {{"a.txt", "text/plain", 2, {104, 105}, {}}, {"b.pdf", "application/pdf", 90'000, {}, record}}};
}

views::PageChannel page_channel() {
  return {channel, "Comité", 3,      1,        false, core::ChannelState::in, 4, true, false, true,
          true,    false,    {"XA"}, {member}, item()};
}

views::PagePerson person() {
  return {member, "Lucía Ferro", "Ministerio", "a@example.org", "AR", 2, true, 1, {{device, 2, "Oficina", 1, true}},
          now};
}

views::PageAuthor author() { return {member, "Lucía Ferro", "AR", 2, true}; }

views::PageEvent event() {
  return {
      record,
      channel,
      "uid@x",
      false,
      true,
      true,
      {record},
      {{record, author(), now, 2, "Reunión", "BEGIN:VCALENDAR", false, true, {{"a.txt", "text/plain", 1, {9}, {}}}}},
      {{author(), now, 1, true}},
      {{"AR", 1}, {"BR", 3}}};
}

views::PageLibrary library() {
  views::PageVersion version{record,  author(),          now,  record, "informe.pdf", "nota", "CD/1", "es", true,
                             300'000, "application/pdf", hash, true,   false,         {},     {},     {}};
  version.frozen = views::PageFreeze{author(), now};
  version.comments = {{record, author(), now, "de acuerdo"}};
  version.fetched = {author()};
  return {channel,
          true,
          {{record, "Proyectos", std::nullopt, false, views::PageDoor{channel, true, {"AR", "BR"}}}},
          {{record, "informe.pdf", record, false, record, {version}}},
          {{upload, "grande.bin", now, 300'000, 262'144}}};
}

// One of every thing that several sign.
views::PageStatements statements() {
  std::vector<views::Stated> all = {
      views::StatedRoots{2, {"alba barco", "cinco duna"}},
      views::StatedCountry{"XA", "País", 4, "acta 3", views::CountryChange::status},
      views::StatedRelief{author(), author(), now, now},
      views::StatedEnd{author(), now},
      views::StatedInvitation{author(), "Ministerio"},
      views::StatedReEntry{author()},
      views::StatedRemoval{1, author(), "Oficina"},
      views::StatedServer{{"h:1", "h:2"}},
      views::StatedRelease{"1.2"},
  };
  views::PageStatements page{2, 3, true, {}};
  for (auto& stated : all) {
    page.waiting.push_back({record, stated, {1, 2}, {1, 12}, {0, 0}, {author()}, true, false, now});
  }
  return page;
}

views::PageOffices offices() {
  return {{{id<InviteId>(0x90), author(), "Ministerio", true, false, author(), true, "Nota 1", now, now, true},
           {id<InviteId>(0x91), author(), "", false, true, author(), false, "", now, std::nullopt, false}},
          {{author(), author(), now, now, {{channel, true}}, {{channel, record, "Título"}}}},
          {{member, now}}};
}

views::PageArchive archive() {
  views::PageFile file{"acta.pdf", "application/pdf", 3, {1, 2, 3}, std::nullopt};
  views::PageInitiative initiative{record,  author(),     now, "BR",       "2017-06", "Educación",       "Título",
                                   "Texto", "2018-01-31", 2,   {author()}, record,    {{record, {file}}}};
  views::PageMeeting meeting{record,
                             author(),
                             "Reunión",
                             "2017-05-04",
                             "2017-05-05",
                             "Lugar",
                             "AR",
                             "Temario",
                             {"AR", "BR"},
                             {record},
                             {{record, author(), now, "Decisión", "Texto"}}};
  return {{initiative}, {meeting}};
}

void print_views() {
  print("AskSelf", views::AskSelf::Answer(views::PageSelf{person(), device, "Red", "127.0.0.1:8443", "alba barco",
                                                          core::SessionState::catching_up, true}));
  print("AskSelf", views::AskSelf::Answer());
  print("AskChannels", views::AskChannels::Answer{page_channel()});
  print("AskConversation",
        views::AskConversation::Answer(views::PageConversation{page_channel(), {item()}, 17, Seq{2}}));
  print("AskBoards",
        views::AskBoards::Answer{{channel, true, 5, item(), now, {"AR", "BR"}, {"Elena"}, true, false, {"CL"}}});
  print("AskDirectory", views::PageDirectory{{{"BR", "Brasil", 1, true, {"Ministério", "Defensoria"}}}, {person()}});
  print("AskAlarms", views::AskAlarms::Answer{{3, {Code::gap, "L2", channel, device, Seq{9}, now, {1, 2}}}});
  print("AskComparison", views::AskComparison::Answer("alba barco cinco"));
  print("AskCalendar", views::AskCalendar::Answer{event()});
  print("AskLibrary", views::AskLibrary::Answer(library()));
  print("AskDrafts", views::AskDrafts::Answer{{"talk", "a medias"}});
  print("AskSearch", views::PageFindings{7, 900, {{channel, record, 2, author(), now, "Título", "… texto …"}}});
  views::PageComingBack back{record, member, "alba barco", now, true};
  print("AskReEntry", views::PageReEntry{views::PageAsked{"AQ", "cinco duna", now}, {back}, back});
  print("AskReEntry", views::PageReEntry{});
  views::PageWords words{57, "alba barco cinco duna"};
  print("AskShortWords", views::AskShortWords::Answer(views::PageShortWords{words, words, words}));
  print("AskShortWords", views::AskShortWords::Answer());
  print("AskEvidence", views::AskEvidence::Answer(Bytes{1, 2, 3}));
  print("AskStatements", statements());
  print("AskStatements", views::PageStatements{});
  print("AskOffices", offices());
  print("AskOffices", views::PageOffices{});
  print("AskArchive", archive());
  print("UploadState", wasm::UploadState{upload, channel, 262144, 300'000, 311'296, 2, {0, 1}});
  print("SealedPart", wasm::SealedPart{blob, {1, 2}});
  print("KeptParts", std::vector<wasm::KeptPart>{{3, {1}}});
  print("DownloadState", wasm::DownloadState{300'000, 2, blob});
  print("Blobs", std::vector<BlobId>{blob, blob});
  print("Bytes", Bytes{1, 2, 3});
  print("ComputerRow", core::ComputerRow{1, {1, 2, 3}, hash, Bytes(48, 9)});
  print("ReadLink", wasm::LinkRead{"Red de prueba", "127.0.0.1:8443", "alba barco", roster::InvitePurpose::sheet});
}

}  // namespace

int main() {
  print_calls();
  print_acts();
  print_commands();
  print_effects();
  print_views();
  for (unsigned number = 1; number < 1000; ++number) {
    std::string_view word = name(static_cast<Code>(number));
    if (code_named(word) != static_cast<Code>(number)) continue;
    std::printf("Code %u %.*s\n", number, static_cast<int>(word.size()), word.data());
  }
}
