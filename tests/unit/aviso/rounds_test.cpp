#include "aviso/rounds.h"

#include "protocol/api/notice_address.h"
#include "tests/support/seeded_random.h"
#include "tests/unit/aviso/folder.h"

using namespace encuentro;
using namespace encuentro::tests;
using namespace encuentro::aviso;
using api::NoticeInterval;
namespace fs = std::filesystem;

namespace {

struct Post final : Mailer {
  std::vector<std::pair<std::string, std::string>> mails;
  Delivery answer = Delivery::sent;
  std::function<void()> meanwhile;
  Delivery send(const std::string& to, const std::string& mail) override {
    mails.emplace_back(to, mail);
    if (meanwhile) meanwhile();
    return answer;
  }
};

// A spool and a sender. Its clock is the real one plus `ahead`, since files carry the real one's times.
struct Sender {
  Folder folder;
  Config config;
  SeededRandom random{5};
  crypto::HpkeKeyPair key = crypto::hpke_generate(crypto::encuentro_suite, random);
  Post post;
  std::optional<Ledger> ledger;
  Duration ahead = hours(1);
  void wait(Duration time) { ahead = {ahead.ms + time.ms}; }

  Sender() {
    config.spool = folder.path / "spool";
    config.state = folder.path;
    config.from = "avisos@ejemplo.org";
    fs::create_directory(config.spool);
    restart();
  }
  void restart() {
    auto opened = Ledger::open(config.state, key.private_key.view());
    REQUIRE(opened);
    ledger = std::move(*opened);
  }
  Bytes handle(const std::string& address) { return *api::seal_notice_address(key.public_key.view(), address, random); }
  // As the server leaves it, at the sender's time.
  void leave(const Bytes& sealed, NoticeInterval interval = NoticeInterval::immediate) {
    api::SpooledNotice notice{api::SpooledNotice::ordinary, interval, sealed};
    Bytes bytes = notice.encode();
    folder.write("spool/" + notice.name(), as_text(bytes));
    fs::last_write_time(config.spool / notice.name(),
                        fs::file_time_type::clock::now() + std::chrono::milliseconds(ahead.ms));
  }
  Timestamp now() const {
    auto since = std::chrono::system_clock::now().time_since_epoch();
    return Timestamp{std::chrono::duration_cast<std::chrono::milliseconds>(since).count()} + ahead + seconds(1);
  }
  Tally look() {
    auto tally = Rounds(config, key, *ledger, post, random).run(now());
    if (!tally) FAIL(tally.error());
    return *tally;
  }
  std::size_t waiting() const { return read_spool(config.spool)->size(); }
};

}  // namespace

TEST_CASE("one neutral mail, and the file is gone") {
  Sender sender;
  CHECK(sender.look() == Tally{});
  sender.leave(sender.handle("ana@ejemplo.org"));
  CHECK(sender.look() == Tally{1, 0, 0, 0});
  CHECK(sender.waiting() == 0);
  REQUIRE(sender.post.mails.size() == 1);
  CHECK(sender.post.mails[0].first == "ana@ejemplo.org");
  CHECK(sender.look() == Tally{});
}

TEST_CASE("at most one in the interval, over restarts, also under another handle of the same address") {
  Sender sender;
  sender.leave(sender.handle("ana@ejemplo.org"));
  CHECK(sender.look().sent == 1);
  for (int i = 0; i < 3; ++i) {
    sender.wait(minutes(4));
    sender.leave(sender.handle("ana@ejemplo.org"));
    sender.restart();
    CHECK(sender.look().sent == 0);
  }
  CHECK(sender.look() == Tally{0, 3, 0, 0});
  sender.leave(sender.handle("eva@ejemplo.org"));
  CHECK(sender.look() == Tally{1, 3, 0, 0});
  sender.wait(minutes(4));
  CHECK(sender.look().sent == 1);  // one for all three
  CHECK(sender.waiting() == 0);
  CHECK(sender.post.mails.size() == 3);
}

TEST_CASE("daily means once a day") {
  Sender sender;
  auto handle = sender.handle("ana@ejemplo.org");
  sender.leave(handle, NoticeInterval::daily);
  CHECK(sender.look().sent == 1);
  sender.wait(hours(23));
  sender.leave(handle, NoticeInterval::daily);
  CHECK(sender.look().waiting == 1);
  sender.wait(hours(1));
  CHECK(sender.look().sent == 1);
  CHECK(sender.post.mails[0].second.size() == sender.post.mails[1].second.size());
}

TEST_CASE("a refusal that passes comes again with growing pauses, and not for ever") {
  Sender sender;
  sender.post.answer = Delivery::later;
  sender.leave(sender.handle("ana@ejemplo.org"));
  CHECK(sender.look() == Tally{0, 0, 1, 0});
  CHECK(sender.look() == Tally{0, 1, 0, 0});
  sender.wait(seconds(31));
  sender.restart();
  CHECK(sender.look().failed == 1);
  sender.wait(seconds(31));
  CHECK(sender.look().waiting == 1);  // a minute now
  sender.wait(seconds(30));
  sender.post.answer = Delivery::sent;
  CHECK(sender.look().sent == 1);
  sender.post.answer = Delivery::later;
  sender.wait(hours(1));
  sender.leave(sender.handle("ana@ejemplo.org"));
  unsigned tries = 0;
  for (; sender.waiting() > 0 && tries < 100; ++tries) {
    sender.look();
    sender.wait(hours(7));
  }
  CHECK(tries == 12);
}

TEST_CASE("an address that takes no mail is asked once for each notice") {
  Sender sender;
  sender.post.answer = Delivery::refused;
  sender.leave(sender.handle("ana@ejemplo.org"));
  CHECK(sender.look() == Tally{0, 0, 1, 0});
  CHECK(sender.waiting() == 0);
}

TEST_CASE("killed while it was sending: it counts as sent") {
  Sender sender;
  sender.leave(sender.handle("ana@ejemplo.org"));
  // What is on the disk while the mail is on its way.
  std::string during;
  sender.post.meanwhile = [&] {
    std::ifstream in(sender.folder.path / "ledger", std::ios::binary);
    during.assign(std::istreambuf_iterator<char>(in), {});
  };
  auto file = read_spool(sender.config.spool)->at(0);
  auto written = fs::last_write_time(file.path);
  CHECK(sender.look().sent == 1);
  sender.folder.write("ledger", during);
  sender.folder.write("spool/" + file.path.filename().string(), as_text(file.bytes));
  fs::last_write_time(file.path, written);
  sender.restart();
  CHECK(sender.look() == Tally{});
  CHECK(sender.waiting() == 0);
  CHECK(sender.post.mails.size() == 1);
}

TEST_CASE("nothing leaves that can't be written down before") {
  Sender sender;
  sender.leave(sender.handle("ana@ejemplo.org"));
  fs::create_directory(sender.folder.path / ".ledger");
  auto tally = Rounds(sender.config, sender.key, *sender.ledger, sender.post, sender.random).run(sender.now());
  REQUIRE_FALSE(tally);
  CHECK(tally.error().starts_with("can't write what was sent into "));
  CHECK(sender.post.mails.empty());
  CHECK(sender.waiting() == 1);
}

TEST_CASE("what is no notice, or another's, is taken away and sends nothing") {
  Sender sender;
  sender.folder.write("spool/a", "not a notice");
  auto other = crypto::hpke_generate(crypto::encuentro_suite, sender.random);
  sender.leave(*api::seal_notice_address(other.public_key.view(), "ana@ejemplo.org", sender.random));
  CHECK(sender.look() == Tally{0, 0, 0, 2});
  CHECK(sender.waiting() == 0);
  CHECK(sender.post.mails.empty());
}
