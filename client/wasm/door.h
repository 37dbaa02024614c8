// The one door into a core from outside C++: encoded calls in, encoded answers out (call.h). WebAssembly exports it as
// bytes (exports.cpp); natively the page of `encuentro ui` comes in by it (client/cli/ui). Not thread-safe, as the
// core.
#pragma once

#include <optional>

#include "client/wasm/call.h"

namespace encuentro::client::wasm {

// Byte 1 and the answer, or byte 0 and the core::Failure.
Bytes as_told(const Result<Bytes>& answer);

class Door {
 public:
  // `options` of the profiles this door creates and opens.
  Door(Random& random, core::Options options) : random_(&random), options_(options) {}

  // Byte 1 and the answer, or byte 0 and a Failure: of the core, of the decoder, or no_profile where a call needs one.
  Bytes call(BytesView encoded);

  // For an edge in C++: the same with a call that was read already, the answer without the byte before it.
  Result<Bytes> answer(Call& call);
  // The profile that is open, for the inputs that such an edge gives itself; null: none.
  core::Core* core() { return core_ ? &*core_ : nullptr; }
  // What those inputs brought; to be told before the next call.
  void noticed(const core::Effects& effects);
  // Gives it up, and with it every key and file in memory.
  void shut();

 private:
  Result<Bytes> handle(CreateProfile& call);
  Result<Bytes> handle(OpenProfile& call);
  Result<Bytes> handle(ChangePassphrase& call);
  Result<Bytes> handle(OpenByComputer& call);
  Result<Bytes> handle(KeepComputer& call);
  Result<Bytes> handle(ForgetComputer& call);
  Result<Bytes> handle(Look& call);
  Result<Bytes> handle(ProposePassphrase& call);
  Result<Bytes> handle(NormalPassphrase& call);
  Result<Bytes> handle(ReadLink& call);
  Result<Bytes> handle(RunAct& call);
  // Files: each answered by files_ alone, or with a look at the core.
  Result<Bytes> handle(BeginUpload& call);
  Result<Bytes> handle(MeasureChunk& call);
  Result<Bytes> handle(EndMeasure& call);
  Result<Bytes> handle(ResumeUpload& call);
  Result<Bytes> handle(SealChunk& call);
  Result<Bytes> handle(ChunkThrough& call);
  Result<Bytes> handle(SealList& call);
  Result<Bytes> handle(BeginDownload& call);
  Result<Bytes> handle(OpenList& call);
  Result<Bytes> handle(OpenChunk& call);
  // The inputs of an open profile.
  template <class Input>
  Result<Bytes> handle(Input& input);
  Bytes carried(const core::Effects& effects);

  Random* random_;
  core::Options options_;
  std::optional<core::Core> core_;
  Files files_;
  std::optional<views::Search> search_;  // made when it is asked for, until something comes
};

}  // namespace encuentro::client::wasm
