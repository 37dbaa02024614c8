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

void print_calls() {
  std::vector<wasm::Call> calls = {
      wasm::CreateProfile{"una frase", now},
      wasm::OpenProfile{{{{1, 2}, {3}}, {{}, {4, 5, 6}}}, "una frase", now},
      wasm::ChangePassphrase{"vieja", "nueva"},
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
  };
  for (const auto& call : calls) print("Call", call);
}

void print_commands() {
  std::vector<core::Command> commands = {
      core::Join{"https://h/#x", "12345678", "Navegador"},
      core::AddDevice{true, now},
      core::RevokeDevice{device, std::nullopt},
      core::AcceptAdmission{channel},
      core::Announce{channel, "Título", "Texto", true, now, {{"a.pdf", "application/pdf", {1, 2}}}},
      core::Send{channel, "Buenos días", record, {member}, {}},
      core::Edit{channel, record, "", "corregido"},
      core::React{channel, record, "👍"},
      core::Mark{channel, record},
      core::Acknowledge{channel, record},
      core::Withdraw{channel, record},
      core::Sync{},
      core::RestartChannel{channel},
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
          {{"a.txt", "text/plain", 2, {104, 105}}}};
}

views::PageChannel page_channel() {
  return {channel, "Comité", 3, 1, false, core::ChannelState::in, 4, true, false, true, {member}, item()};
}

views::PagePerson person() {
  return {member, "Lucía Ferro", "Ministerio", "a@example.org", "AR", 2, true, 1, {{device, 2, "Oficina", 1, true}}};
}

void print_views() {
  print("AskSelf", views::AskSelf::Answer(views::PageSelf{person(), device, "Red", "127.0.0.1:8443", "alba barco",
                                                          core::SessionState::catching_up}));
  print("AskSelf", views::AskSelf::Answer());
  print("AskChannels", views::AskChannels::Answer{page_channel()});
  print("AskConversation",
        views::AskConversation::Answer(views::PageConversation{page_channel(), {item()}, 17, Seq{2}}));
  print("AskBoards",
        views::AskBoards::Answer{{channel, true, 5, item(), now, {"AR", "BR"}, {"Elena"}, true, false, {"CL"}}});
  print("AskDirectory", views::PageDirectory{{{"BR", "Brasil", 1, true, {"Ministério", "Defensoria"}}}, {person()}});
  print("AskAlarms", views::AskAlarms::Answer{{Code::gap, "L2", channel, device, Seq{9}, now, {1, 2}}});
  print("AskComparison", views::AskComparison::Answer("alba barco cinco"));
  print("ReadLink", wasm::LinkRead{"127.0.0.1:8443", "alba barco", true});
}

}  // namespace

int main() {
  print_calls();
  print_commands();
  print_effects();
  print_views();
  for (unsigned number = 1; number < 1000; ++number) {
    std::string_view word = name(static_cast<Code>(number));
    if (code_named(word) != static_cast<Code>(number)) continue;
    std::printf("Code %u %.*s\n", number, static_cast<int>(word.size()), word.data());
  }
}
