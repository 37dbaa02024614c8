// What the local page and the command say to each other over their one socket, a message a binary frame, encoded as
// everything that crosses the core's port (client/core/fields.h). Calls, answers and events are those of the core in
// WebAssembly (client/wasm/call.h); web/src/wire/local.ts mirrors this. docs/FORMATS.md has the table.
#pragma once

#include "client/core/events.h"

namespace encuentro::client::cli::ui {

// A page's message is at most this: a chunk or the parts of an upload, and what is around them.
inline constexpr std::size_t message_bytes_max = 4 * 1024 * 1024;

// --- The page says --------------------------------------------------------------------------------------------------

// The first message and never again.
struct Hello {
  std::string token;
  static constexpr auto fields = std::tuple(&Hello::token);
};
// `call` is an encoded wasm::Call, without those that are the edge's (Start, Connected, Disconnected, Frame, Wake,
// TransferDone) and with no rows in OpenProfile; its times are not looked at. Answered.
struct CallCore {
  std::uint32_t id = 0;
  Bytes call;
  static constexpr auto fields = std::tuple(&CallCore::id, &CallCore::call);
};
// A sealed chunk to the server (with a body) or from it. Answered with Bytes: what came, or none.
struct MovePiece {
  std::uint32_t id = 0;
  ChannelId channel;
  BlobId blob;
  std::string token;
  std::optional<Bytes> body;
  static constexpr auto fields =
      std::tuple(&MovePiece::id, &MovePiece::channel, &MovePiece::blob, &MovePiece::token, &MovePiece::body);
};
// Sets the profile's store aside, so that one enters anew. Answered.
struct SetAside {
  std::uint32_t id = 0;
  static constexpr auto fields = std::tuple(&SetAside::id);
};
// Forgets passphrase and keys until the next OpenProfile.
struct LockUp {
  static constexpr auto fields = std::tuple();
};
using FromPage = std::variant<Hello, CallCore, MovePiece, SetAside, LockUp>;

// --- The command says -----------------------------------------------------------------------------------------------

// The answer to Hello: the page's token for coming back once.
struct Welcome {
  std::string token;
  static constexpr auto fields = std::tuple(&Welcome::token);
};
// As the door answers (client/wasm/door.h): byte 1 and the answer, or byte 0 and a core::Failure. Where WebAssembly
// answers with effects, which are the command's to carry out, an empty Bytes stands.
struct Answered {
  std::uint32_t id = 0;
  Bytes answer;
  static constexpr auto fields = std::tuple(&Answered::id, &Answered::answer);
};
struct Happened {
  core::Event event;
  static constexpr auto fields = std::tuple(&Happened::event);
};
enum class Stage : std::uint8_t {
  empty = 1,   // no profile yet
  locked = 2,  // asks for the passphrase
  open = 3,
  stopped = 4,  // the store failed: the core was given up, the passphrase opens it again
  held = 5,     // another program has the profile; it is waited for
  full = 6,     // as stopped, because the disk is full
};
struct Staged {
  Stage stage = Stage::empty;
  static constexpr auto fields = std::tuple(&Staged::stage);
};
// By which way the server was reached.
enum class Way : std::uint8_t { socket = 1, polling = 2 };
struct Lined {
  Way way = Way::socket;
  static constexpr auto fields = std::tuple(&Lined::way);
};
using ToPage = std::variant<Welcome, Answered, Happened, Staged, Lined>;

// Close codes of the socket (RFC 6455 §7.4.2, private use).
inline constexpr std::uint16_t close_not_let_in = 4001;  // the token was used, or never valid
inline constexpr std::uint16_t close_replaced = 4002;    // another page came in

}  // namespace encuentro::client::cli::ui
