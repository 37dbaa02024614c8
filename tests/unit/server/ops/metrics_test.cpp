#include "server/ops/metrics.h"

#include <catch2/catch.hpp>

#include "server/ops/log.h"

using namespace encuentro;
using namespace encuentro::server::ops;
using server::net::Event;
using server::net::SessionId;

namespace {

bool has_line(const Metrics& metrics, const std::string& line) {
  return ("\n" + metrics.text()).find("\n" + line + "\n") != std::string::npos;
}

}  // namespace

TEST_CASE("counters, gauges and histograms as text") {
  Metrics metrics;
  Counter& appends = metrics.counter("encuentro_appends_total", "Entries stored");
  appends.add();
  appends.add(2);
  Gauge& waiting = metrics.gauge("encuentro_waiting", "Change sets waiting");
  waiting.set(5);
  waiting.add(-2);
  Histogram& latency = metrics.histogram("encuentro_sync_seconds", "Time of a sync", {0.001, 0.01});
  latency.observe(0.005);
  CHECK(has_line(metrics, "# HELP encuentro_appends_total Entries stored"));
  CHECK(has_line(metrics, "encuentro_appends_total 3"));
  CHECK(has_line(metrics, "encuentro_waiting 3"));
  CHECK(has_line(metrics, "encuentro_sync_seconds_count 1"));
}

TEST_CASE("the network's events are counted") {
  Metrics metrics;
  server::net::Observer& network = metrics.network(nullptr);
  network.on_event(Event::accepted, {});
  network.on_event(Event::accepted, {});
  network.on_event(Event::closed, {});
  network.on_event(Event::session_opened, SessionId{1});
  network.on_event(Event::accept_failed, {});
  network.on_received(100);
  network.on_written(50, 3, 1);
  CHECK(has_line(metrics, "encuentro_connections 1"));
  CHECK(has_line(metrics, "encuentro_sessions 1"));
  CHECK(has_line(metrics, "encuentro_network_accept_failed_total 1"));
  CHECK(has_line(metrics, "encuentro_received_bytes_total 100"));
  CHECK(has_line(metrics, "encuentro_sent_frames_total 3"));
  CHECK(has_line(metrics, "encuentro_sent_records_total 1"));
}
