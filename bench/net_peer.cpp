#include "bench/net_peer.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <csignal>

#include <filesystem>
#include <vector>

#include "bench/process.h"
#include "server/net/server.h"

namespace encuentro::bench {

namespace net = encuentro::server::net;

namespace {

const ChannelId channel{Bytes(16, 1)};

class FanOut final : public net::SessionHandler {
 public:
  explicit FanOut(net::Server** server) : server_(server) {}
  void on_open(net::SessionRef session, const net::SessionInfo&) override { session_ = session; }
  void on_frame(BytesView message) override {
    session_.logged_in();
    if (message.size() == 1) {
      (*server_)->hub().subscribe(session_.id(), channel);
      session_.send(net::Frame::binary(message));
    } else {
      (*server_)->hub().publish(channel, net::Frame::binary(message));
    }
  }
  void on_overflow() override {}
  void on_drained() override {}
  void on_closed() override {}

 private:
  net::Server** server_;
  net::SessionRef session_;
};

void tell_port(int pipe, std::uint16_t port) { ENC_CHECK(::write(pipe, &port, sizeof port) == sizeof port); }

void serve(int pipe) {
  std::string directory = "/tmp/encuentro-bench-XXXXXX";
  ENC_CHECK(::mkdtemp(directory.data()) != nullptr);
  const auto certificate = net::load_or_make_certificate(directory, {"localhost"});
  std::filesystem::remove_all(directory);
  net::Options options;
  options.listen_port = 0;
  options.caps.before_login_per_remote = 100000;
  options.deadlines.ping_after = options.deadlines.silent = hours(1);  // the clients only count bytes
  static net::Server* raw = nullptr;
  auto server = net::Server::open(options, *certificate, {[] { return std::make_unique<FanOut>(&raw); }});
  ENC_CHECK(server.has_value());
  raw = server->get();
  tell_port(pipe, raw->port());
  raw->run();
}

void send_bare(int pipe, std::size_t message_bytes, int subscribers) {
  const int listening = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t address_bytes = sizeof address;
  ENC_CHECK(::bind(listening, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  ENC_CHECK(::listen(listening, 1024) == 0);
  ::getsockname(listening, reinterpret_cast<sockaddr*>(&address), &address_bytes);
  tell_port(pipe, ntohs(address.sin_port));
  const int author = ::accept(listening, nullptr, nullptr);
  std::vector<int> readers;
  for (int i = 0; i < subscribers; ++i) {
    readers.push_back(::accept(listening, nullptr, nullptr));
    const int on = 1;
    ::setsockopt(readers.back(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  }
  std::vector<char> message(message_bytes);
  while (::recv(author, message.data(), message.size(), MSG_WAITALL) == static_cast<ssize_t>(message.size())) {
    for (const int reader : readers) {
      ENC_CHECK(::send(reader, message.data(), message.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(message.size()));
    }
  }
}

void pin_to(int processor) {
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(processor, &set);
  ::sched_setaffinity(0, sizeof set, &set);
}

}  // namespace

NetPeer::NetPeer(Kind kind, std::size_t message_bytes, int subscribers) {
  int ends[2];
  ENC_CHECK(::pipe(ends) == 0);
  pid_ = ::fork();
  ENC_CHECK(pid_ >= 0);
  if (pid_ == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    pin_to(0);
    kind == Kind::server ? serve(ends[1]) : send_bare(ends[1], message_bytes, subscribers);
    ::_exit(0);
  }
  pin_to(1);
  ENC_CHECK(::read(ends[0], &port_, sizeof port_) == sizeof port_);
  ::close(ends[0]);
  ::close(ends[1]);
}

NetPeer::~NetPeer() {
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
}

double NetPeer::cpu_us() const { return cpu_us_of(pid_); }
double NetPeer::resident_bytes() const { return resident_bytes_of(pid_); }

}  // namespace encuentro::bench
