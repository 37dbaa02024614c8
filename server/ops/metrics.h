// Counters and gauges in Prometheus text, served on an address of its own, never on the public listener (R83). Nothing
// here is labelled with a person, a channel or an address.
#pragma once

#include <expected>
#include <functional>
#include <memory>
#include <string>

#include "server/net/observer.h"

namespace encuentro::server::ops {

class Log;

// Numbers of the service and the store: made once, added to from any thread.
class Counter {
 public:
  virtual ~Counter() = default;
  virtual void add(double value = 1) = 0;
};
class Gauge {
 public:
  virtual ~Gauge() = default;
  virtual void set(double value) = 0;
  virtual void add(double value) = 0;
};
class Histogram {
 public:
  virtual ~Histogram() = default;
  virtual void observe(double value) = 0;
};

class Metrics {
 public:
  Metrics();
  ~Metrics();

  // `name` begins with "encuentro_" and carries its unit last ("_seconds", "_bytes", "_total"). Owned by Metrics.
  Counter& counter(const std::string& name, const std::string& help);
  Gauge& gauge(const std::string& name, const std::string& help);
  Histogram& histogram(const std::string& name, const std::string& help, const std::vector<double>& bounds);

  // Prometheus text format 0.0.4.
  std::string text() const;

  // Counts the network's events; also writes those an operator should see to `log` (may be null).
  net::Observer& network(Log* log);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// GET /metrics over plain HTTP on its own listener and thread. Ends with its destructor.
class MetricsListener {
 public:
  // `address` is HOST:PORT; the error is a sentence for the operator.
  static std::expected<std::unique_ptr<MetricsListener>, std::string> open(const std::string& address,
                                                                           const Metrics& metrics);
  virtual ~MetricsListener() = default;
  virtual std::uint16_t port() const = 0;
};

}  // namespace encuentro::server::ops
