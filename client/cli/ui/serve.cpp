#include "client/cli/ui/serve.h"

#include <nlohmann/json.hpp>
#include <thread>

#include "client/cli/clock.h"
#include "client/cli/profile/lock.h"
#include "client/cli/ui/entrance.h"
#include "client/cli/ui/keeper.h"
#include "client/cli/ui/line.h"
#include "client/cli/ui/listener.h"
#include "client/cli/ui/movers.h"
#include "protocol/crypto/system_random.h"

namespace encuentro::client::cli::ui {
namespace {

constexpr Duration look_around = milliseconds(200);
constexpr Duration lock_wait = seconds(20);
constexpr Duration lock_step = milliseconds(500);  // how soon an attempt that nobody wants any more ends

core::Options options_for(const Globals& globals) {
  core::Options options;
  options.online = !globals.offline;
  return options;
}

// Waits for the profile's lock on a thread of its own; an attempt ends when the next one begins.
class Waiter {
 public:
  using Done = std::function<void(Result<profile::Lock>)>;

  ~Waiter() { end(); }

  void begin(const std::filesystem::path& home, bool back, Done done) {
    end();
    stop_ = false;
    thread_ = std::jthread([this, home, back, done = std::move(done)] {
      done(back ? profile::Lock::take_back(home, [this] { return stop_.load(); }) : take(home));
    });
  }

 private:
  Result<profile::Lock> take(const std::filesystem::path& home) {
    const Timestamp deadline = now() + lock_wait;
    for (;;) {
      auto lock = profile::Lock::take(home, lock_step);
      if (lock || lock.error().code != Code::locked || stop_ || now() >= deadline) return lock;
    }
  }
  void end() {
    stop_ = true;
    if (thread_.joinable()) thread_.join();
  }

  std::atomic<bool> stop_ = false;
  std::jthread thread_;
};

class Server final : public PageListener, public Outside {
 public:
  Server(const Globals& globals, Output& output, Listener& listener)
      : globals_(globals),
        output_(output),
        listener_(listener),
        entrance_(globals.home, listener.port()),
        keeper_(globals, output, random_, *this, options_for(globals)),
        line_([this](std::uint64_t number, Line::Happening what) { happened(number, std::move(what)); }) {}

  Status begin(bool browser) {
    TRY_OK(invite("ui.ready"));
    if (browser && !open_in_browser(entrance_.file())) output_.say("ui.no_browser");
    listener_.listen(*this);
    return {};
  }

  void run(const std::atomic<bool>& stop) {
    while (!stop) {
      Duration wait = look_around;
      if (auto wake = keeper_.wake_at()) wait = std::clamp(*wake - now(), Duration{0}, look_around);
      listener_.run_some(wait);
      keeper_.on_time();
    }
    keeper_.page_left();
  }

  // --- What the page does -------------------------------------------------------------------------------------------
  void page_entered(const std::string& way_back) override {
    keeper_.page_entered(way_back);
    // The address that was used opens nothing more.
    if (listener_.gate().entrance() == shown_) return;
    if (auto invited = invite("ui.again"); !invited) output_.error(invited.error());
  }
  void page_said(BytesView message) override { keeper_.page_said(message); }
  void page_left() override { keeper_.page_left(); }

  // --- What the keeper wants ----------------------------------------------------------------------------------------
  void tell(const ToPage& message) override { listener_.send(core::encode_fields(message)); }
  void connect(std::uint64_t number, const net::Endpoint& endpoint) override { line_.open(number, endpoint); }
  void send(Bytes frame) override { line_.send(std::move(frame)); }
  void disconnect() override { line_.close(); }

  void move(const net::Endpoint& endpoint, const net::TransferAddress& address, std::string token,
            std::optional<Bytes> body, std::function<void(Result<Bytes>)> done) override {
    auto told = [this, done = std::move(done)](Result<Bytes> moved) {
      listener_.post([done, moved = std::move(moved)] { done(moved); });
    };
    movers_.move({endpoint, address, std::move(token), std::move(body), std::move(told)});
  }

  void take_profile(std::uint64_t number, bool back) override {
    waiter_.begin(globals_.home, back, [this, number](Result<profile::Lock> lock) {
      auto taken = std::make_shared<Result<profile::Lock>>(std::move(lock));
      listener_.post([this, number, taken] { keeper_.profile_taken(number, std::move(*taken)); });
    });
  }

 private:
  Status invite(Key key) {
    shown_ = listener_.gate().entrance();
    const std::string address = address_of(listener_.gate().origin(), shown_);
    TRY_OK(entrance_.write(address));
    output_.say(key);
    output_.line({{"address", address}, {"file", entrance_.file().string()}}, address);
    return {};
  }

  void happened(std::uint64_t number, Line::Happening what) {
    listener_.post([this, number, what = std::move(what)] {
      if (const auto* opened = std::get_if<Line::Opened>(&what)) {
        keeper_.line_opened(number, api::ExporterValue(BytesView(opened->exporter)));
      } else if (const auto* received = std::get_if<Line::Received>(&what)) {
        keeper_.line_received(number, received->frame);
      } else {
        keeper_.line_gone(number, std::get<Line::Gone>(what).why);
      }
    });
  }

  const Globals& globals_;
  Output& output_;
  Listener& listener_;
  crypto::SystemRandom random_;
  Entrance entrance_;
  std::string shown_;  // the entrance that was printed last
  Keeper keeper_;
  Movers movers_;
  Waiter waiter_;
  Line line_;  // the threads end before what they tell
};

}  // namespace

Status serve(const Globals& globals, Output& output, Serving what, const std::atomic<bool>& stop) {
  crypto::SystemRandom random;
  TRY(std::unique_ptr<Listener> listener, Listener::open(what.port, std::move(what.files), random));
  Server server(globals, output, *listener);
  TRY_OK(server.begin(what.browser));
  server.run(stop);
  return {};
}

}  // namespace encuentro::client::cli::ui
