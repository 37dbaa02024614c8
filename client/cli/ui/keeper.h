// The profile behind the local page: lock, store, core and what the core wants done. What the browser's worker is to
// the core in WebAssembly (web/src/edge), this is natively, but with the server's pinned key and the login's exporter.
// One thread; what takes its time (connection, chunks) is somebody else's, told back through here.
#pragma once

#include <deque>
#include <memory>
#include <set>

#include "client/cli/net/transfers.h"
#include "client/cli/session.h"
#include "client/cli/ui/messages.h"
#include "client/wasm/door.h"

namespace encuentro::client::cli::ui {

// What the keeper has done outside.
class Outside {
 public:
  virtual ~Outside() = default;
  virtual void tell(const ToPage& message) = 0;
  // Answered by line_opened() or line_gone() with that number; ends the connection before.
  virtual void connect(std::uint64_t number, const net::Endpoint& endpoint) = 0;
  virtual void send(Bytes frame) = 0;
  virtual void disconnect() = 0;
  // `done` comes on the keeper's thread.
  virtual void move(const net::Endpoint& endpoint, const net::TransferAddress& address, std::string token,
                    std::optional<Bytes> body, std::function<void(Result<Bytes>)> done) = 0;
  // Answered by profile_taken() with that number, when another process lets go of the profile: soon if asked to, or
  // `back`, when nobody else waits for it either (profile/lock.h). Ends the attempt before.
  virtual void take_profile(std::uint64_t number, bool back) = 0;
};

class Keeper {
 public:
  Keeper(const Globals& globals, Output& output, Random& random, Outside& outside, core::Options options);
  ~Keeper();

  // A page is new here: whatever was open is locked.
  void page_entered(const std::string& way_back);
  void page_said(BytesView message);
  void page_left();

  void line_opened(std::uint64_t number, const api::ExporterValue& exporter);
  void line_received(std::uint64_t number, BytesView frame);
  void line_gone(std::uint64_t number, const Error& why);

  void profile_taken(std::uint64_t number, Result<profile::Lock> lock);

  // When on_time() should be called at the latest; nothing: no hurry.
  std::optional<Timestamp> wake_at() const { return wake_at_; }
  // Wakes the core when it is time, and lets another process that waits have the profile. Called every so often.
  void on_time();

 private:
  struct Open;  // lock and store of a profile in use
  // CreateProfile or OpenProfile that waits for another process to let go.
  struct Pending {
    std::optional<std::uint32_t> id;  // the page's; nothing: taken up again after giving way
    wasm::Call call;
    Timestamp since;
    bool told = false;  // the page was told that it waits
  };

  void handle(Hello& said);
  void handle(CallCore& said);
  void handle(MovePiece& said);
  void handle(SetAside& said);
  void handle(LockUp& said);
  void answer(std::uint32_t id, const Result<Bytes>& answer);

  Result<Bytes> call(wasm::Call& call);
  // Nothing: the answer comes when the profile is free.
  std::optional<Result<Bytes>> begin(std::uint32_t id, wasm::Call& call);
  Result<Bytes> open_with(profile::Lock lock, wasm::Call& call);
  Status read_rows(Open& open, wasm::Call& call) const;
  Status put_aside();
  void give_way();
  void hear_waiting();

  void lock_up();
  void stand(Stage stage);
  Stage standing() const;
  void stop_with(const Error& why);
  void carry(core::Effects effects);
  Status keep(const core::Transaction& transaction);
  void show(const core::Event& event);
  void connect(const core::ConnectTo& to);
  void start_transfer(const core::Transfer& transfer);
  core::Effects disconnected(const Error& why);

  Globals globals_;
  Output& output_;
  Outside& outside_;
  wasm::Door door_;
  std::unique_ptr<Open> open_;
  std::optional<SecretBytes> passphrase_;  // while open: to take the profile up again after giving way
  net::Endpoint endpoint_;
  std::uint64_t line_ = 0;     // number of the connection asked for last
  std::uint64_t opening_ = 0;  // which time the profile is open: answers to an earlier one are late
  std::optional<Timestamp> wake_at_;
  std::optional<Pending> pending_;
  std::uint64_t attempt_ = 0;        // number of the last take_profile()
  std::deque<FromPage> waiting_;     // what the page said meanwhile
  std::set<std::uint32_t> tickets_;  // commands that wait for their answer
  std::size_t moving_ = 0;           // chunks on their way
  bool inside_ = false;              // a page is
};

}  // namespace encuentro::client::cli::ui
