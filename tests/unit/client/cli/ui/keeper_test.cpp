#include "client/cli/ui/keeper.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <thread>

#include "client/cli/profile/lock.h"
#include "tests/support/seeded_random.h"

using namespace encuentro;
using namespace encuentro::client;
using namespace encuentro::client::cli;
using namespace encuentro::client::cli::ui;
namespace fs = std::filesystem;

namespace {

core::Options cheap() {
  core::Options options;
  options.passphrase_cost.memory_kib = 8;
  options.passphrase_cost.passes = 1;
  return options;
}

Globals globals_for(const fs::path& home) {
  Globals globals;
  globals.home = home;
  return globals;
}

// A page and the world around a keeper, both written down.
struct Played final : Outside {
  fs::path home = fs::temp_directory_path() / ("encuentro-keeper-" + std::to_string(getpid()));
  Globals globals = globals_for(home);
  Catalogue words{Language::es};
  Output output{words, true};
  tests::SeededRandom random{31};
  std::vector<ToPage> told;
  std::vector<std::string> done;
  std::uint64_t taking = 0;
  std::function<void(Result<Bytes>)> moved;
  Keeper keeper{globals, output, random, *this, cheap()};
  std::uint32_t next = 0;

  Played() { fs::remove_all(home); }
  ~Played() override { fs::remove_all(home); }

  void tell(const ToPage& message) override { told.push_back(message); }
  void connect(std::uint64_t, const net::Endpoint&) override { done.emplace_back("connect"); }
  void send(Bytes) override { done.emplace_back("send"); }
  void disconnect() override { done.emplace_back("disconnect"); }
  void move(const net::Endpoint&, const net::TransferAddress&, std::string, std::optional<Bytes>,
            std::function<void(Result<Bytes>)> told_by) override {
    moved = std::move(told_by);
  }
  void take_profile(std::uint64_t number, bool back) override {
    taking = number;
    done.emplace_back(back ? "take back" : "take");
  }

  void say(const FromPage& message) { keeper.page_said(core::encode_fields(message)); }
  std::uint32_t ask(const wasm::Call& call) {
    say(CallCore{++next, core::encode_fields(call)});
    return next;
  }
  // What `id` was answered; empty: nothing yet.
  Bytes answer(std::uint32_t id) const {
    for (const ToPage& message : told) {
      if (const auto* found = std::get_if<Answered>(&message); found && found->id == id) return found->answer;
    }
    return {};
  }
  bool good(const wasm::Call& call) {
    Bytes answered = answer(ask(call));
    return !answered.empty() && answered[0] == 1;
  }
  static Code code_of(const Bytes& answered) {
    REQUIRE_FALSE(answered.empty());
    REQUIRE(answered[0] == 0);
    auto failure = core::decode_fields<core::Failure>(BytesView(answered).subspan(1));
    REQUIRE(failure);
    return failure->code;
  }
  Code refused(const wasm::Call& call) { return code_of(answer(ask(call))); }
  Stage stage() const {
    for (auto message = told.rbegin(); message != told.rend(); ++message) {
      if (const auto* staged = std::get_if<Staged>(&*message)) return staged->stage;
    }
    FAIL("no stage was told");
    return {};
  }
  void enter() { keeper.page_entered("way-back"); }
};

constexpr Timestamp any{0};

}  // namespace

TEST_CASE("a page begins empty, makes a profile, locks it and opens it with the passphrase alone") {
  Played p;
  p.enter();
  CHECK(std::get<Welcome>(p.told.front()).token == "way-back");
  CHECK(p.stage() == Stage::empty);
  CHECK(p.refused(wasm::OpenProfile{{}, "una frase larga", any}) == Code::no_profile);
  CHECK(p.refused(wasm::Look{views::AskChannels{}}) == Code::no_profile);
  REQUIRE(p.good(wasm::CreateProfile{"una frase larga", any}));
  CHECK(p.stage() == Stage::open);
  CHECK(p.good(wasm::Look{views::AskChannels{}}));
  p.say(LockUp{});
  CHECK(p.stage() == Stage::locked);
  CHECK(p.refused(wasm::Look{views::AskChannels{}}) == Code::no_profile);
  CHECK(p.refused(wasm::OpenProfile{{}, "otra frase larga", any}) == Code::wrong_passphrase);
  CHECK(p.refused(wasm::CreateProfile{"una frase larga", any}) == Code::already_exists);
  CHECK(p.stage() == Stage::locked);
  REQUIRE(p.good(wasm::OpenProfile{{}, "una frase larga", any}));
  CHECK(p.stage() == Stage::open);
}

TEST_CASE("a page that leaves or is replaced leaves nothing open") {
  Played p;
  p.enter();
  REQUIRE(p.good(wasm::CreateProfile{"una frase larga", any}));
  p.keeper.page_left();
  p.enter();
  CHECK(p.stage() == Stage::locked);
  CHECK(p.refused(wasm::Look{views::AskChannels{}}) == Code::no_profile);
}

TEST_CASE("the edge's own inputs and rows are not the page's to give") {
  Played p;
  p.enter();
  REQUIRE(p.good(wasm::CreateProfile{"una frase larga", any}));
  for (const wasm::Call& call :
       {wasm::Call(wasm::Start{any}), wasm::Call(wasm::Connected{any}), wasm::Call(wasm::Disconnected{any}),
        wasm::Call(wasm::Frame{{1}, any}), wasm::Call(wasm::Wake{any}), wasm::Call(wasm::TransferDone{})}) {
    CHECK(p.refused(call) == Code::not_allowed);
  }
  p.say(LockUp{});
  core::Row forged{{1}, {2}};
  CHECK(p.good(wasm::OpenProfile{{forged}, "una frase larga", any}));  // the store's rows count
  p.say(CallCore{77, {9, 9, 9}});
  CHECK(p.answer(77)[0] == 0);
  std::size_t before = p.told.size();
  p.keeper.page_said(Bytes{0, 9, 1});
  p.say(Hello{"again"});
  CHECK(p.told.size() == before);
}

TEST_CASE("a command is answered by its event, and the passphrase that was changed opens") {
  Played p;
  p.enter();
  REQUIRE(p.good(wasm::CreateProfile{"una frase larga", any}));
  CHECK(p.good(wasm::Run{5, core::Join{"no link", "", "x"}, any}));
  bool failed = false;
  for (const ToPage& message : p.told) {
    const auto* happened = std::get_if<Happened>(&message);
    if (happened == nullptr) continue;
    const auto* failure = std::get_if<core::Failed>(&happened->event);
    failed = failed || (failure != nullptr && failure->ticket == 5);
  }
  CHECK(failed);
  CHECK(p.refused(wasm::KeepComputer{"una frase larga", {1}, {}, Bytes(32, 1)}) == Code::not_allowed);
  CHECK(p.refused(wasm::OpenByComputer{{}, Bytes(32, 1), any}) == Code::not_allowed);
  CHECK(p.refused(wasm::ForgetComputer{}) == Code::not_allowed);
  CHECK(p.refused(wasm::ChangePassphrase{"otra", "frase nueva y larga"}) == Code::wrong_passphrase);
  CHECK(p.good(wasm::ChangePassphrase{"una frase larga", "frase nueva y larga"}));
  p.say(LockUp{});
  CHECK(p.refused(wasm::OpenProfile{{}, "una frase larga", any}) == Code::wrong_passphrase);
  CHECK(p.good(wasm::OpenProfile{{}, "frase nueva y larga", any}));
}

TEST_CASE("the store is set aside, not erased") {
  Played p;
  p.enter();
  REQUIRE(p.good(wasm::CreateProfile{"una frase larga", any}));
  p.say(SetAside{90});
  CHECK(p.answer(90)[0] == 1);
  CHECK(p.stage() == Stage::empty);
  std::size_t aside = 0;
  for (const auto& entry : fs::directory_iterator(p.home)) {
    aside += entry.path().filename().string().starts_with("store.aside-") ? 1 : 0;
  }
  CHECK(aside >= 1);
  CHECK(p.good(wasm::CreateProfile{"una frase distinta", any}));
}

TEST_CASE("another process has the profile: the page is told, waits, and is answered when it is free") {
  Played p;
  p.enter();
  REQUIRE(p.good(wasm::CreateProfile{"una frase larga", any}));
  p.say(LockUp{});
  auto other = profile::Lock::take(p.home, Duration{0});
  REQUIRE(other);
  std::uint32_t opening = p.ask(wasm::OpenProfile{{}, "una frase larga", any});
  std::uint32_t look = p.ask(wasm::Look{views::AskChannels{}});
  CHECK(p.stage() == Stage::held);
  CHECK(p.done.back() == "take");
  CHECK(p.answer(opening).empty());
  CHECK(p.answer(look).empty());
  p.keeper.profile_taken(p.taking, std::move(other));
  CHECK(p.answer(opening)[0] == 1);
  CHECK(p.answer(look)[0] == 1);
  CHECK(p.stage() == Stage::open);
}

TEST_CASE("a profile that stays with another is refused, and one that comes too late is let go") {
  Played p;
  p.enter();
  REQUIRE(p.good(wasm::CreateProfile{"una frase larga", any}));
  p.say(LockUp{});
  auto other = profile::Lock::take(p.home, Duration{0});
  std::uint32_t first = p.ask(wasm::OpenProfile{{}, "una frase larga", any});
  p.keeper.profile_taken(p.taking, fail(Code::locked));
  CHECK(Played::code_of(p.answer(first)) == Code::locked);
  CHECK(p.stage() == Stage::locked);
  p.ask(wasm::OpenProfile{{}, "una frase larga", any});
  std::uint64_t late = p.taking;
  p.keeper.page_left();
  p.keeper.profile_taken(late, std::move(other));
  p.enter();
  CHECK(p.stage() == Stage::locked);
}

TEST_CASE("a verb beside the page gets the profile, and the page goes on after it") {
  Played p;
  p.enter();
  REQUIRE(p.good(wasm::CreateProfile{"una frase larga", any}));
  std::optional<Result<profile::Lock>> verb;
  std::jthread waiting([&] { verb = profile::Lock::take(p.home, seconds(10)); });
  while (p.done.empty() || p.done.back() != "take back") p.keeper.on_time();
  waiting.join();
  REQUIRE(verb->has_value());
  std::uint32_t look = p.ask(wasm::Look{views::AskChannels{}});
  CHECK(p.answer(look).empty());
  p.keeper.profile_taken(p.taking, std::move(*verb));
  CHECK(p.answer(look)[0] == 1);
  CHECK(p.stage() == Stage::open);
}

TEST_CASE("what comes of a connection that counts no more goes nowhere") {
  Played p;
  p.enter();
  REQUIRE(p.good(wasm::CreateProfile{"una frase larga", any}));
  std::size_t before = p.told.size();
  p.keeper.line_opened(99'999, api::ExporterValue{});  // of another connection
  p.keeper.line_received(99'999, Bytes{1});
  p.keeper.line_gone(99'999, Error{Code::unreachable});
  CHECK(p.told.size() == before);
}

TEST_CASE("a chunk's answer goes to who asked; what may pass by itself is one word; a late one goes nowhere") {
  Played p;
  p.enter();
  MovePiece piece{40, p.random.id<ChannelId>(), p.random.id<BlobId>(), "leave", std::nullopt};
  p.say(piece);
  CHECK(Played::code_of(p.answer(40)) == Code::locked);
  REQUIRE(p.good(wasm::CreateProfile{"una frase larga", any}));
  piece.id = 41;
  p.say(piece);
  p.moved(Bytes{1, 2});
  CHECK(p.answer(41) == Bytes{1, 2, 1, 2});  // good, then two bytes behind their length
  piece.id = 42;
  p.say(piece);
  p.moved(fail(Code::overloaded));
  CHECK(Played::code_of(p.answer(42)) == Code::unreachable);
  piece.id = 43;
  p.say(piece);
  p.moved(fail(Code::not_logged_in));
  CHECK(Played::code_of(p.answer(43)) == Code::not_logged_in);
  piece.id = 44;
  p.say(piece);
  auto late = p.moved;
  p.say(LockUp{});
  late(Bytes{1});
  CHECK(p.answer(44).empty());
}
