// Attacks on a newcomer to a board, who knows of its log only what the server shows: an insider's Commit with an older
// GroupInfo, by which nobody may enter, and the log ended at an older GroupInfo, which looks like silence until the
// word of somebody who stands further on crosses it.
// Tests: client/core/replay.cpp client/core/log_sync.cpp client/core/handshakes.cpp
#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/hostile/bad_commit.h"
#include "tests/hostile/scene.h"

using namespace encuentro;
using namespace encuentro::hostile;

namespace {

bool is_commit(const Bytes& bytes) {
  return record::decode_log_entry(bytes)->kind == static_cast<std::uint8_t>(record::EntryKind::commit);
}

// Between one newcomer and the real server: one board has another log, kept here, and what the newcomer appends to it
// stands in it and nowhere else.
class FalseBoard {
 public:
  FalseBoard(Scene& s, const Client& newcomer, ChannelId board, std::vector<Bytes> log)
      : s_(s), newcomer_(newcomer), board_(board), log_(std::move(log)) {
    end_ = record::log_start(s.net.founded.network, board);
    for (const Bytes& bytes : log_) end_ = record::log_next(end_, bytes);
    s.net.world.tamper = [this](const Client& to, BytesView bytes) { return shown(to, bytes); };
    s.net.world.intercept = [this](Client& from, BytesView bytes) { return taken(from, bytes); };
  }
  FalseBoard(const FalseBoard&) = delete;
  FalseBoard& operator=(const FalseBoard&) = delete;
  ~FalseBoard() { open(); }
  // The newcomer is told what the real server says from here on.
  void open() {
    s_.net.world.tamper = nullptr;
    s_.net.world.intercept = nullptr;
  }
  std::size_t appended() const { return appended_; }

 private:
  // Wherever the server names the board's end: in the list, and when it tells who is admitted now.
  std::optional<Bytes> shown(const Client& to, BytesView bytes) {
    auto frame = api::decode_frame(bytes);
    if (&to != &newcomer_ || !frame) return to_bytes(bytes);
    bool pushed = frame->type == api::FrameType::push;
    if (pushed && frame->kind == static_cast<std::uint16_t>(api::Push::entry)) {
      auto push = api::decode_message<api::EntryPush>(frame->body);
      REQUIRE(push);
      bool hidden = push->channel == board_ && std::ranges::find(log_, push->item.entry) == log_.end();
      return hidden ? std::nullopt : std::optional(to_bytes(bytes));
    }
    if (pushed && frame->kind == static_cast<std::uint16_t>(api::Push::channel)) {
      auto push = api::decode_message<api::ChannelPush>(frame->body);
      REQUIRE(push);
      if (push->head.channel == board_) push->head.head = end_;
      return api::push_frame(*push);
    }
    bool lists = frame->type == api::FrameType::reply && frame->kind == static_cast<std::uint16_t>(api::Call::channels);
    if (!lists) return to_bytes(bytes);
    auto reply = api::decode_message<api::ChannelsReply>(frame->body);
    REQUIRE(reply);
    for (api::ChannelHead& one : reply->channels) {
      if (one.channel == board_) one.head = end_;
    }
    return api::reply_frame(frame->id, api::Call::channels, *reply);
  }
  std::optional<Bytes> taken(Client& from, BytesView bytes) {
    auto frame = api::decode_frame(bytes);
    if (&from != &newcomer_ || !frame || frame->type != api::FrameType::request) return to_bytes(bytes);
    if (frame->kind == static_cast<std::uint16_t>(api::Call::log_read)) {
      auto request = api::decode_message<api::LogRead>(frame->body);
      REQUIRE(request);
      if (request->channel != board_) return to_bytes(bytes);
      s_.net.world.tell(from, api::reply_frame(frame->id, api::Call::log_read, page(request->from)));
      return std::nullopt;
    }
    if (frame->kind != static_cast<std::uint16_t>(api::Call::append)) return to_bytes(bytes);
    auto request = api::decode_message<api::Append>(frame->body);
    REQUIRE(request);
    if (record::decode_log_entry(request->entry)->header.channel != board_) return to_bytes(bytes);
    log_.push_back(request->entry);
    end_ = record::log_next(end_, request->entry);
    ++appended_;
    s_.net.world.tell(from, api::reply_frame(frame->id, api::Call::append, api::AppendReply{end_}));
    s_.net.world.tell(from, api::push_frame(api::EntryPush{board_, {end_.seq, s_.net.world.now, request->entry}}));
    return std::nullopt;
  }
  api::LogReadReply page(Seq from) const {
    api::LogReadReply page;
    page.head = end_;
    for (std::size_t i = static_cast<std::size_t>(from.value) - 1; i < log_.size(); ++i) {
      page.items.push_back({Seq{i + 1}, s_.net.world.now, log_[i]});
    }
    return page;
  }

  Scene& s_;
  const Client& newcomer_;
  ChannelId board_;
  std::vector<Bytes> log_;
  record::LogHead end_;
  std::size_t appended_ = 0;
};

// Who comes to a board on which others have come in before.
struct Newcomer {
  explicit Newcomer(Scene& scene)
      : s(scene), board(s.pick(2) == 0 ? s.net.founded.general_board : s.net.founded.focal_points_board) {
    constexpr const char* before[] = {"XA", "XB", "XC"};
    for (std::size_t i = s.pick(3) + 1; i > 0; --i) {
      s.net.country(before[i - 1]);
      s.net.quick_focal_point(before[i - 1]);
    }
    s.net.world.settle();
    s.net.country("XD");
    client = &s.net.world.client("XD");
  }
  // Enters the network, and what it may enter by itself, while the server shows it this log of the board.
  void enter(std::vector<Bytes> log) {
    server.emplace(s, *client, board, std::move(log));
    s.net.quick_focal_point("XD");
    s.net.world.settle(minutes(1));
  }
  core::ChannelState state() const {
    auto look = client->look().channel(board);
    REQUIRE(look);
    return look->state;
  }
  std::vector<Bytes> honest_log() const { return s.ar.look().log_entries(board); }

  Scene& s;
  ChannelId board;
  Client* client = nullptr;
  std::optional<FalseBoard> server;
};

// The newest Commit, an insider's, comes with the GroupInfo of the epoch before: signed, of this very group, and its
// external key is true.
void stale_in_an_insiders_commit(Newcomer& newcomer) {
  Scene& s = newcomer.s;
  auto log = newcomer.honest_log();
  auto last = std::ranges::find_if(log.rbegin(), log.rend(), is_commit);
  REQUIRE(last != log.rend());
  auto before = std::get<record::CommitBody>(*record::decode_log_entry(*last)->parsed());
  StolenDevice thief(s.ar);
  auto entry = record::decode_log_entry(bad_commit(thief, s.ar, newcomer.board, {}, s.random));
  auto body = std::get<record::CommitBody>(*entry->parsed());
  body.group_info = before.group_info;
  log.push_back(thief.entry(entry->header, body));
  newcomer.enter(std::move(log));
  // It doesn't enter by that, nor by the one before it.
  CHECK(newcomer.state() == core::ChannelState::stopped);
  CHECK(newcomer.server->appended() == 0);
}

// The log ends where an older GroupInfo is the newest. By what the newcomer has, all is right: it enters a group of its
// own, and sees it when it reads what somebody wrote who stands on the real one.
void stale_at_an_older_end(Newcomer& newcomer) {
  Scene& s = newcomer.s;
  auto log = newcomer.honest_log();
  auto last = std::ranges::find_if(log.rbegin(), log.rend(), is_commit);
  REQUIRE(last != log.rend());
  log.erase(last.base() - 1, log.end());
  newcomer.enter(std::move(log));
  CHECK(newcomer.server->appended() > 0);
  CHECK(newcomer.state() == core::ChannelState::in);
  CHECK(newcomer.client->alarms().empty());  // docs/THREATS.md: silence, until something crosses

  auto end = newcomer.client->look().channel(newcomer.board)->head;
  newcomer.server->open();
  core::Announce announce;
  announce.channel = newcomer.board;
  announce.title = "Circular";
  announce.body = "de verdad";
  // As many as it takes to be further on than the newcomer believes itself.
  while (s.ar.look().channel(newcomer.board)->head.seq <= end.seq) s.net.secretariat.must(announce);
  newcomer.client->cut();
  s.net.world.settle();
  CHECK(newcomer.client->look().channel(newcomer.board)->head == end);  // none of the others' is taken for its own
}

struct JoinerAttack {
  const char* name;
  const char* breaks;
  Code code;  // what the newcomer must raise, on the board
  const char* rule;
  void (*strike)(Newcomer&);
};

}  // namespace

TEST_CASE("hostile: a newcomer who is served a stale GroupInfo names it, and the others' board goes on") {
  const JoinerAttack attacks[] = {
      {"serves a stale GroupInfo to a joiner", "J3: byte for byte the GroupInfo's", Code::invalid_tree, "R-MLS-87",
       stale_in_an_insiders_commit},
      {"ends the log at a stale GroupInfo", "J1; design 4: a withheld end when a later entry crosses it", Code::fork,
       "S5", stale_at_an_older_end},
  };
  for (const JoinerAttack& attack : attacks) {
    for (std::size_t trial = 0; trial < trials(); ++trial) {
      Scene s(6000 + trial);
      INFO(attack.name << " [" << attack.breaks << "], trial " << trial);
      Newcomer newcomer(s);
      auto devices = s.ar.look().channel(newcomer.board)->devices;
      attack.strike(newcomer);
      std::string raised;
      bool named = false;
      for (const core::Alarm& alarm : newcomer.client->look().alarms()) {
        raised += std::string(name(alarm.code)) + " (" + alarm.rule + ") ";
        named = named || (alarm.code == attack.code && alarm.rule == attack.rule && alarm.channel == newcomer.board);
      }
      INFO("raised: " << raised);
      CHECK(named);
      // Nobody else was led anywhere.
      CHECK(s.ar.look().channel(newcomer.board)->state == core::ChannelState::in);
      CHECK(s.ar.look().channel(newcomer.board)->devices == devices);
      CHECK(s.ar.alarms().empty());
    }
  }
}
