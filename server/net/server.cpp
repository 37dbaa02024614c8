#include "server/net/server.h"

#include <sys/resource.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/steady_timer.hpp>
#include <map>

#include "protocol/crypto/system_random.h"
#include "server/net/connection.h"

namespace encuentro::server::net {

namespace {

using Acceptor = asio::basic_socket_acceptor<tcp, Executor>;
using Timer =
    asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, Executor>;

// How many connections the system's descriptor limit allows, once raised as far as it goes (R73).
std::size_t connections_by_descriptors() {
  rlimit descriptors{};
  if (getrlimit(RLIMIT_NOFILE, &descriptors) != 0) return 800;
  descriptors.rlim_cur = descriptors.rlim_max;
  setrlimit(RLIMIT_NOFILE, &descriptors);
  getrlimit(RLIMIT_NOFILE, &descriptors);
  return static_cast<std::size_t>(static_cast<double>(descriptors.rlim_cur) * 0.8);
}

// Often enough that the shortest time set is kept within a tenth.
std::chrono::milliseconds sweep_interval(const Deadlines& deadlines) {
  const Duration shortest = std::min({deadlines.handshake, deadlines.ping_after, deadlines.silent,
                                      deadlines.write_stalled, deadlines.body, deadlines.keep_alive, deadlines.drain});
  return std::chrono::milliseconds(std::clamp<std::int64_t>(shortest.ms / 10, 2, 500));
}

Bytes address_bytes(const asio::ip::address& address) {
  if (address.is_v4()) return to_bytes(address.to_v4().to_bytes());
  return to_bytes(address.to_v6().to_bytes());
}

}  // namespace

class Server::State {
 public:
  State(Options options, Doors doors, StaticFiles files, SslContext context)
      : around_(loop_.get_executor(), std::move(options), std::move(doors), std::move(files)),
        context_(std::move(context)),
        acceptor_(loop_.get_executor()),
        sweep_timer_(loop_.get_executor()) {
    crypto::SystemRandom().fill(bucket_secret_);
  }
  // Whoever still waits for a store or a socket is brought to its end while all it refers to exists.
  ~State() {
    stop();
    around_.polls.end_all();
    for (const auto& [number, connection] : connections_) connection->close();
    const auto working = asio::make_work_guard(loop_);
    while (!connections_.empty()) loop_.run_one();
  }

  std::expected<void, std::string> listen();
  void run();
  void stop();
  void post(std::move_only_function<void()> work) { asio::post(loop_, std::move(work)); }
  std::uint16_t port() const { return port_; }
  Hub& hub() { return around_.hub; }
  void use(SslContext context) { context_ = std::move(context); }

 private:
  void serve_own_origin();
  Task<> accept();
  Task<> sweep();
  void take(Socket socket);
  void begin(Socket socket, RemoteBucket remote, bool loopback);
  void forget(ConnectionNumber number);

  asio::io_context loop_{1};
  Surroundings around_;
  SslContext context_;
  Acceptor acceptor_;
  Timer sweep_timer_;
  std::uint16_t port_ = 0;
  std::array<std::uint8_t, 32> bucket_secret_{};
  ConnectionNumber last_connection_;
  std::map<ConnectionNumber, std::shared_ptr<Connection>> connections_;
};

std::expected<void, std::string> Server::State::listen() {
  const Options& options = around_.options;
  const auto refuse = [&options](const error_code& failed) {
    return std::unexpected("can't listen on " + options.listen_host + ":" + std::to_string(options.listen_port) + ": " +
                           failed.message());
  };
  error_code failed;
  tcp::resolver resolver(loop_);
  const auto found = resolver.resolve(options.listen_host, std::to_string(options.listen_port),
                                      tcp::resolver::passive | tcp::resolver::numeric_service, failed);
  if (failed) return refuse(failed);
  const tcp::endpoint endpoint = found.begin()->endpoint();
  if (acceptor_.open(endpoint.protocol(), failed)) return refuse(failed);
  if (acceptor_.set_option(asio::socket_base::reuse_address(true), failed)) return refuse(failed);
  if (acceptor_.bind(endpoint, failed)) return refuse(failed);
  if (acceptor_.listen(asio::socket_base::max_listen_connections, failed)) return refuse(failed);
  port_ = acceptor_.local_endpoint(failed).port();
  serve_own_origin();
  return {};
}

// Who serves the web client and names no origins means the one it is served from.
void Server::State::serve_own_origin() {
  Options& options = around_.options;
  if (options.web.empty() || !options.origins.empty()) return;
  const bool v6 = options.listen_host.find(':') != std::string::npos;
  const std::string host = v6 ? "[" + options.listen_host + "]" : options.listen_host;
  options.origins = {"https://" + host + ":" + std::to_string(port_)};
}

void Server::State::run() {
  asio::co_spawn(loop_, accept(), asio::detached);
  asio::co_spawn(loop_, sweep(), asio::detached);
  const auto working = asio::make_work_guard(loop_);
  // A turn at a time, so that the end is seen: stopping, and the last connection gone.
  while (!(around_.stopping && connections_.empty())) loop_.run_one();
  around_.polls.end_all();
  sweep_timer_.cancel();
  loop_.poll();
}

void Server::State::stop() {
  if (std::exchange(around_.stopping, true)) return;
  error_code failed;
  failed = acceptor_.close(failed);  // gone either way
  around_.polls.stop();
  for (const auto& [number, connection] : connections_) connection->stop();
}

Task<> Server::State::accept() {
  while (!around_.stopping) {
    auto [failed, socket] = co_await acceptor_.async_accept(awaited_tuple);
    if (around_.stopping) co_return;
    if (!failed) {
      take(std::move(socket));
      continue;
    }
    // No descriptor or memory just now: connections that end will give some back.
    around_.note(Event::accept_failed);
    Timer pause(loop_.get_executor(), std::chrono::milliseconds(50));
    co_await pause.async_wait(awaited_tuple);
  }
}

void Server::State::take(Socket socket) {
  error_code failed;
  const asio::ip::address address = socket.remote_endpoint(failed).address();
  if (failed) return;
  const RemoteBucket remote = remote_bucket(address_bytes(address), bucket_secret_);
  const bool loopback =
      address.is_loopback() || (address.is_v6() && address.to_v6().is_v4_mapped() &&
                                asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).is_loopback());
  const ConnectionNumber number = last_connection_ = last_connection_.next();
  const Admission::Verdict verdict = around_.admission.enter(number, remote);
  if (!verdict.admitted || verdict.evict) around_.note(Event::refused_cap);
  if (!verdict.admitted) return;
  if (verdict.evict) connections_.at(*verdict.evict)->close();
  begin(std::move(socket), remote, loopback);
}

void Server::State::begin(Socket socket, RemoteBucket remote, bool loopback) {
  const ConnectionNumber number = last_connection_;
  around_.note(Event::accepted);
  auto connection = std::make_shared<Connection>(around_, loop_.get_executor(), std::move(socket), context_.get(),
                                                 number, remote, loopback);
  connections_.emplace(number, connection);
  asio::co_spawn(loop_, Connection::run(std::move(connection)), [this, number](std::exception_ptr) { forget(number); });
}

void Server::State::forget(ConnectionNumber number) {
  const auto found = connections_.find(number);
  found->second->close();
  connections_.erase(found);
  around_.admission.leave(number);
  around_.note(Event::closed);
}

Task<> Server::State::sweep() {
  const auto interval = sweep_interval(around_.options.deadlines);
  for (;;) {
    sweep_timer_.expires_after(interval);
    const auto [cancelled] = co_await sweep_timer_.async_wait(awaited_tuple);
    if (cancelled) co_return;
    const Timestamp now = steady_now();
    for (const auto& [number, connection] : connections_) connection->check(now);
    around_.polls.check(now);
  }
}

std::expected<std::unique_ptr<Server>, std::string> Server::open(Options options, const Certificate& certificate,
                                                                 Doors doors) {
  const std::size_t connections_max = connections_by_descriptors();
  if (options.caps.connections == 0) options.caps.connections = connections_max;
  auto context = make_server_context(certificate);
  if (!context) return std::unexpected(context.error());
  StaticFiles files;
  if (!options.web.empty()) {
    auto loaded = StaticFiles::load(options.web);
    if (!loaded) return std::unexpected(loaded.error());
    files = std::move(*loaded);
  }
  auto state = std::make_unique<State>(std::move(options), std::move(doors), std::move(files), std::move(*context));
  if (auto listening = state->listen(); !listening) return std::unexpected(listening.error());
  return std::unique_ptr<Server>(new Server(std::move(state)));
}

Server::Server(std::unique_ptr<State> state) : state_(std::move(state)) {}
Server::~Server() = default;
std::uint16_t Server::port() const { return state_->port(); }
Hub& Server::hub() { return state_->hub(); }
void Server::run() { state_->run(); }

void Server::post(std::move_only_function<void()> work) { state_->post(std::move(work)); }

void Server::stop() {
  state_->post([this] { state_->stop(); });
}

std::expected<void, std::string> Server::use_certificate(const Certificate& certificate) {
  auto context = make_server_context(certificate);
  if (!context) return std::unexpected(context.error());
  state_->post([this, made = std::move(*context)]() mutable { state_->use(std::move(made)); });
  return {};
}

}  // namespace encuentro::server::net
