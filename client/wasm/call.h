// Everything the edge asks of the core in WebAssembly, as one struct each: what client/core/core.h names as inputs,
// with the time, plus a look at it and what is needed before there is a profile. A call is encode_fields(Call) in; out
// comes a byte 1 and the answer below, or a byte 0 and a core::Failure. web/src/wire/calls.ts mirrors this.
#pragma once

#include "client/core/core.h"
#include "client/views/page.h"
#include "client/wasm/acts.h"

namespace encuentro::client::wasm {

// --- Answered by core::Effects --------------------------------------------------------------------------------------

struct CreateProfile {
  std::string passphrase;
  Timestamp now;
  static constexpr auto fields = std::tuple(&CreateProfile::passphrase, &CreateProfile::now);
};
struct OpenProfile {
  std::vector<core::Row> rows;
  std::string passphrase;
  Timestamp now;
  static constexpr auto fields = std::tuple(&OpenProfile::rows, &OpenProfile::passphrase, &OpenProfile::now);
};
struct ChangePassphrase {
  std::string old_passphrase;
  std::string new_passphrase;
  static constexpr auto fields = std::tuple(&ChangePassphrase::old_passphrase, &ChangePassphrase::new_passphrase);
};
struct Start {
  Timestamp now;
  static constexpr auto fields = std::tuple(&Start::now);
};
// A page sees neither the server's key nor the TLS exporter: the exporter is zero (FORMATS §7).
struct Connected {
  Timestamp now;
  static constexpr auto fields = std::tuple(&Connected::now);
};
struct Disconnected {
  Timestamp now;
  static constexpr auto fields = std::tuple(&Disconnected::now);
};
struct Frame {
  Bytes bytes;
  Timestamp now;
  static constexpr auto fields = std::tuple(&Frame::bytes, &Frame::now);
};
struct Wake {
  Timestamp now;
  static constexpr auto fields = std::tuple(&Wake::now);
};
struct TransferDone {
  std::uint32_t number = 0;
  std::optional<Bytes> body;  // nothing: it failed with `why`
  Code why = Code::none;
  Timestamp now;
  static constexpr auto fields =
      std::tuple(&TransferDone::number, &TransferDone::body, &TransferDone::why, &TransferDone::now);
};
struct Run {
  std::uint32_t ticket = 0;
  core::Command command;
  Timestamp now;
  static constexpr auto fields = std::tuple(&Run::ticket, &Run::command, &Run::now);
};

// As Run, for what the page builds of parts (acts.h). The core's own no to the parts is a Failure, without effects.
struct RunAct {
  std::uint32_t ticket = 0;
  Act act;
  std::string zone;  // the author's, an IANA name or empty
  Timestamp now;
  static constexpr auto fields = std::tuple(&RunAct::ticket, &RunAct::act, &RunAct::zone, &RunAct::now);
};

// The second way to open a profile, in a browser whose computer offers one (client/core/vault.h); 32 bytes.
struct OpenByComputer {
  std::vector<core::Row> rows;
  Bytes secret;
  Timestamp now;
  static constexpr auto fields = std::tuple(&OpenByComputer::rows, &OpenByComputer::secret, &OpenByComputer::now);
};
struct KeepComputer {
  std::string passphrase;
  Bytes credential;
  Hash32 salt;
  Bytes secret;
  static constexpr auto fields =
      std::tuple(&KeepComputer::passphrase, &KeepComputer::credential, &KeepComputer::salt, &KeepComputer::secret);
};
struct ForgetComputer {
  static constexpr auto fields = std::tuple();
};

// --- Answered by what they ask for ----------------------------------------------------------------------------------

// The answer of that question (views/page.h).
struct Look {
  views::Question question;
  static constexpr auto fields = std::tuple(&Look::question);
};
// Six words, as text.
struct ProposePassphrase {
  static constexpr auto fields = std::tuple();
};
// Its words in full, however it was typed, as text: to compare two typings.
struct NormalPassphrase {
  std::string typed;
  static constexpr auto fields = std::tuple(&NormalPassphrase::typed);
};
// What an invitation link says before anybody is connected.
struct ReadLink {
  std::string link;
  static constexpr auto fields = std::tuple(&ReadLink::link);
};
struct LinkRead {
  std::string network;  // as the link names it; a sheet names none
  std::string address;
  std::string words;  // of the network's fingerprint
  roster::InvitePurpose purpose{};
  static constexpr auto fields =
      std::tuple(&LinkRead::network, &LinkRead::address, &LinkRead::words, &LinkRead::purpose);
};

using Call = std::variant<CreateProfile, OpenProfile, ChangePassphrase, Start, Connected, Disconnected, Frame, Wake,
                          TransferDone, Run, Look, ProposePassphrase, NormalPassphrase, ReadLink, RunAct, BeginUpload,
                          MeasureChunk, EndMeasure, ResumeUpload, SealChunk, ChunkThrough, SealList, BeginDownload,
                          OpenList, OpenChunk, OpenByComputer, KeepComputer, ForgetComputer>;

}  // namespace encuentro::client::wasm
