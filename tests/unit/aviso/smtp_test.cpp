#include "aviso/smtp.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <thread>

#include "tests/unit/aviso/folder.h"

using namespace encuentro;
using namespace encuentro::aviso;

namespace {

// Answers one session as told: what it says to RCPT and to the mail; remembers what it was given.
class OneSession {
 public:
  OneSession(std::string to_recipient, std::string to_mail)
      : to_recipient_(std::move(to_recipient)), to_mail_(std::move(to_mail)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::bind(listener_, reinterpret_cast<sockaddr*>(&at), sizeof(at)) == 0);
    REQUIRE(::listen(listener_, 1) == 0);
    socklen_t size = sizeof(at);
    REQUIRE(::getsockname(listener_, reinterpret_cast<sockaddr*>(&at), &size) == 0);
    port_ = ntohs(at.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~OneSession() {
    ::shutdown(listener_, SHUT_RDWR);
    if (thread_.joinable()) thread_.join();
    ::close(listener_);
  }
  std::string url() const { return "smtp://127.0.0.1:" + std::to_string(port_); }
  const std::vector<std::string>& lines() {
    if (thread_.joinable()) thread_.join();
    return lines_;
  }

 private:
  void serve() {
    const int peer = ::accept(listener_, nullptr, nullptr);
    const auto say = [peer](const std::string& line) {
      const std::string whole = line + "\r\n";
      (void)!::send(peer, whole.data(), whole.size(), MSG_NOSIGNAL);
    };
    say("220 ready");
    bool in_mail = false;
    std::string line;
    for (char byte = 0; ::read(peer, &byte, 1) == 1;) {
      if (byte != '\n') {
        if (byte != '\r') line += byte;
        continue;
      }
      lines_.push_back(line);
      if (in_mail) {
        in_mail = line != ".";
        if (!in_mail) say(to_mail_);
      } else if (line.starts_with("RCPT")) {
        say(to_recipient_);
      } else if (line == "DATA") {
        say("354 go on");
        in_mail = true;
      } else {
        say("250 well");
      }
      line.clear();
    }
    ::close(peer);
  }

  std::string to_recipient_, to_mail_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::vector<std::string> lines_;
  std::thread thread_;
};

std::unique_ptr<SmtpMailer> mailer_to(const std::string& url, bool tls = false) {
  Config config;
  config.smtp = url;
  config.from = "avisos@ejemplo.org";
  config.tls = tls;
  auto mailer = SmtpMailer::open(config);
  REQUIRE(mailer);
  return std::move(*mailer);
}

const std::string mail = "To: ana@ejemplo.org\r\n\r\nHay novedades.\r\n.con punto\r\n";

bool contains(const std::vector<std::string>& lines, const std::string& line) {
  return std::find(lines.begin(), lines.end(), line) != lines.end();
}

}  // namespace

TEST_CASE("a mail arrives byte for byte") {
  OneSession server("250 well", "250 taken");
  auto mailer = mailer_to(server.url());
  CHECK(mailer->send("ana@ejemplo.org", mail) == Delivery::sent);
  const auto& lines = server.lines();
  CHECK(contains(lines, "MAIL FROM:<avisos@ejemplo.org>"));
  CHECK(contains(lines, "RCPT TO:<ana@ejemplo.org>"));
  CHECK(contains(lines, "Hay novedades."));
  CHECK(contains(lines, "..con punto"));  // RFC 5321 §4.5.2
  CHECK(mailer->trouble().empty());
}

TEST_CASE("55x is this address's last word, anything else may pass") {
  {
    OneSession server("550 nobody here", "250 taken");
    auto mailer = mailer_to(server.url());
    CHECK(mailer->send("ana@ejemplo.org", mail) == Delivery::refused);
    CHECK_FALSE(mailer->trouble().empty());
    CHECK(mailer->trouble().find("ana") == std::string::npos);
    server.lines();
  }
  {
    OneSession server("451 later", "250 taken");
    CHECK(mailer_to(server.url())->send("ana@ejemplo.org", mail) == Delivery::later);
    server.lines();
  }
  {
    OneSession server("250 well", "452 full");
    CHECK(mailer_to(server.url())->send("ana@ejemplo.org", mail) == Delivery::later);
    server.lines();
  }
}

TEST_CASE("where TLS is demanded, nothing is said to a server without it") {
  OneSession server("250 well", "250 taken");
  CHECK(mailer_to(server.url(), true)->send("ana@ejemplo.org", mail) == Delivery::later);
  for (const auto& line : server.lines()) CHECK_FALSE(line.starts_with("MAIL"));
}

TEST_CASE("nobody answers; the password's file isn't there") {
  CHECK(mailer_to("smtp://127.0.0.1:1")->send("ana@ejemplo.org", mail) == Delivery::later);
  Config config;
  config.user = "u";
  config.password_file = "/nowhere/password";
  CHECK(SmtpMailer::open(config).error() == "can't read /nowhere/password");
}
