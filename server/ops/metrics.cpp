#include "server/ops/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <array>
#include <deque>
#include <mutex>

#include "server/ops/log.h"

namespace encuentro::server::ops {

namespace {

class RegisteredCounter final : public Counter {
 public:
  explicit RegisteredCounter(prometheus::Counter& counter) : counter_(counter) {}
  void add(double value) override { counter_.Increment(value); }

 private:
  prometheus::Counter& counter_;
};

class RegisteredGauge final : public Gauge {
 public:
  explicit RegisteredGauge(prometheus::Gauge& gauge) : gauge_(gauge) {}
  void set(double value) override { gauge_.Set(value); }
  void add(double value) override { gauge_.Increment(value); }

 private:
  prometheus::Gauge& gauge_;
};

class RegisteredHistogram final : public Histogram {
 public:
  explicit RegisteredHistogram(prometheus::Histogram& histogram) : histogram_(histogram) {}
  void observe(double value) override { histogram_.Observe(value); }

 private:
  prometheus::Histogram& histogram_;
};

struct EventName {
  net::Event event;
  const char* name;
  Level level;
};
// In the order of net::Event.
constexpr std::array<EventName, 17> event_names = {{
    {net::Event::accepted, "accepted", Level::debug},
    {net::Event::closed, "closed", Level::debug},
    {net::Event::refused_cap, "refused_cap", Level::warning},
    {net::Event::handshake_failed, "handshake_failed", Level::info},
    {net::Event::handshake_late, "handshake_late", Level::info},
    {net::Event::refused_origin, "refused_origin", Level::warning},
    {net::Event::refused_request, "refused_request", Level::info},
    {net::Event::session_opened, "session_opened", Level::info},
    {net::Event::session_closed, "session_closed", Level::info},
    {net::Event::refused_frame, "refused_frame", Level::warning},
    {net::Event::overflow, "overflow", Level::info},
    {net::Event::silent, "silent", Level::info},
    {net::Event::write_stalled, "write_stalled", Level::info},
    {net::Event::transfer_put, "transfer_put", Level::debug},
    {net::Event::transfer_get, "transfer_get", Level::debug},
    {net::Event::transfer_refused, "transfer_refused", Level::info},
    {net::Event::accept_failed, "accept_failed", Level::error},
}};

// The network's thread only counts into these; the registry's numbers are atomic.
class NetworkMetrics final : public net::Observer {
 public:
  NetworkMetrics(Metrics& metrics, Log* log)
      : log_(log),
        connections_(metrics.gauge("encuentro_connections", "Open TCP connections")),
        sessions_(metrics.gauge("encuentro_sessions", "Open conversations")),
        received_(metrics.counter("encuentro_received_bytes_total", "Plain bytes read from clients")),
        sent_(metrics.counter("encuentro_sent_bytes_total", "Plain bytes written to clients")),
        frames_(metrics.counter("encuentro_sent_frames_total", "Messages written to clients")),
        records_(metrics.counter("encuentro_sent_records_total", "TLS records that carried them")) {
    for (std::size_t i = 0; i < event_names.size(); ++i) {
      ENC_CHECK(static_cast<std::size_t>(event_names[i].event) == i);
      const std::string name = event_names[i].name;
      events_[i] = &metrics.counter("encuentro_network_" + name + "_total", "Events of the network: " + name);
    }
  }

  void on_event(net::Event event, net::SessionId session) override {
    const auto index = static_cast<std::size_t>(event);
    events_[index]->add();
    if (event == net::Event::accepted) connections_.add(1);
    if (event == net::Event::closed) connections_.add(-1);
    if (event == net::Event::session_opened) sessions_.add(1);
    if (event == net::Event::session_closed) sessions_.add(-1);
    if (log_) log_->write(event_names[index].level, event_names[index].name, {{"session", session.value}});
  }
  void on_received(std::size_t bytes) override { received_.add(static_cast<double>(bytes)); }
  void on_written(std::size_t bytes, std::size_t frames, std::size_t records) override {
    sent_.add(static_cast<double>(bytes));
    frames_.add(static_cast<double>(frames));
    records_.add(static_cast<double>(records));
  }

 private:
  Log* log_;
  Gauge& connections_;
  Gauge& sessions_;
  Counter& received_;
  Counter& sent_;
  Counter& frames_;
  Counter& records_;
  std::array<Counter*, event_names.size()> events_{};
};

}  // namespace

struct Metrics::State {
  prometheus::Registry registry;
  std::mutex mutex;  // of the lists, not of the numbers
  std::deque<RegisteredCounter> counters;
  std::deque<RegisteredGauge> gauges;
  std::deque<RegisteredHistogram> histograms;
  std::unique_ptr<NetworkMetrics> network;
};

Metrics::Metrics() : state_(std::make_unique<State>()) {}
Metrics::~Metrics() = default;

Counter& Metrics::counter(const std::string& name, const std::string& help) {
  auto& family = prometheus::BuildCounter().Name(name).Help(help).Register(state_->registry);
  const std::scoped_lock lock(state_->mutex);
  return state_->counters.emplace_back(family.Add({}));
}

Gauge& Metrics::gauge(const std::string& name, const std::string& help) {
  auto& family = prometheus::BuildGauge().Name(name).Help(help).Register(state_->registry);
  const std::scoped_lock lock(state_->mutex);
  return state_->gauges.emplace_back(family.Add({}));
}

Histogram& Metrics::histogram(const std::string& name, const std::string& help, const std::vector<double>& bounds) {
  auto& family = prometheus::BuildHistogram().Name(name).Help(help).Register(state_->registry);
  const std::scoped_lock lock(state_->mutex);
  return state_->histograms.emplace_back(family.Add({}, prometheus::Histogram::BucketBoundaries(bounds)));
}

std::string Metrics::text() const { return prometheus::TextSerializer().Serialize(state_->registry.Collect()); }

net::Observer& Metrics::network(Log* log) {
  if (!state_->network) state_->network = std::make_unique<NetworkMetrics>(*this, log);
  return *state_->network;
}

}  // namespace encuentro::server::ops
