#include "tests/unit/server/net/live_server.h"

#include <unistd.h>

#include <future>

namespace encuentro::server::net {

namespace {

SharedFrame text_frame(std::string_view text) { return Frame::binary(as_bytes(text)); }

class EchoHandler final : public SessionHandler {
 public:
  explicit EchoHandler(LiveServer& live) : live_(live) {}

  void on_open(SessionRef session, const SessionInfo& info) override {
    session_ = session;
    info_ = info;
    live_.opened(session);
  }

  void on_frame(BytesView message) override {
    const std::string_view text = as_text(message);
    const std::string rest(text.substr(text.empty() ? 0 : 1));
    switch (text.empty() ? 'e' : text.front()) {
      case 'l':
        session_.logged_in();
        session_.send(text_frame("l"));
        break;
      case 'b':
        for (int i = std::stoi(rest); i > 0; --i) session_.send(text_frame("burst " + std::to_string(i)));
        break;
      case 's':
        live_.server().hub().subscribe(session_.id(), LiveServer::channel());
        session_.send(text_frame("s"));
        break;
      case 'p':
        live_.server().hub().publish(LiveServer::channel(), text_frame(rest));
        break;
      case 'q':
        session_.close(CloseReason::refused);
        break;
      case 'i':
        session_.send(text_frame(to_hex(info_.exporter) + (info_.loopback ? " loopback" : "") +
                                 (info_.browser ? " browser" : "")));
        break;
      default:
        session_.send(Frame::binary(message));
    }
  }

  void on_overflow() override { ++live_.overflows; }
  void on_drained() override {
    ++live_.drains;
    live_.lagged_channels += live_.server().hub().take_lagged(session_.id()).size();
  }
  void on_closed() override {}

 private:
  LiveServer& live_;
  SessionRef session_;
  SessionInfo info_;
};

Certificate fresh_certificate() {
  std::string directory = "/tmp/encuentro-net-XXXXXX";
  ENC_CHECK(::mkdtemp(directory.data()) != nullptr);
  auto made = load_or_make_certificate(directory, {"localhost", "127.0.0.1"});
  std::filesystem::remove_all(directory);
  ENC_CHECK(made.has_value());
  return *made;
}

}  // namespace

Options test_options() {
  Options options;
  options.listen_port = 0;
  return options;
}

LiveServer::LiveServer(Options options, TransferHandler* transfers) : certificate_(fresh_certificate()) {
  Doors doors{[this] { return std::make_unique<EchoHandler>(*this); }, transfers, this};
  auto opened = Server::open(std::move(options), certificate_, std::move(doors));
  ENC_CHECK(opened.has_value());
  server_ = std::move(*opened);
  thread_ = std::thread([this] { server_->run(); });
}

LiveServer::~LiveServer() { stop(); }

void LiveServer::stop() {
  if (!thread_.joinable()) return;
  server_->stop();
  thread_.join();
}

const ChannelId& LiveServer::channel() {
  static const ChannelId id{Bytes(16, 7)};
  return id;
}

SessionRef LiveServer::last_session() {
  const std::scoped_lock lock(mutex_);
  return last_session_;
}

void LiveServer::opened(const SessionRef& session) {
  const std::scoped_lock lock(mutex_);
  last_session_ = session;
}

bool LiveServer::wait_for(Event event, std::size_t times) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, std::chrono::seconds(5), [&] { return count(event) >= times; });
}

void LiveServer::on_network(std::function<void()> work) {
  std::promise<void> done;
  server_->post([&] {
    work();
    done.set_value();
  });
  done.get_future().wait();
}

void LiveServer::on_event(Event event, SessionId) {
  const std::scoped_lock lock(mutex_);
  ++counts_[static_cast<std::size_t>(event)];
  changed_.notify_all();
}

void LiveServer::on_written(std::size_t, std::size_t frames_written, std::size_t records_written) {
  frames += frames_written;
  records += records_written;
}

}  // namespace encuentro::server::net
