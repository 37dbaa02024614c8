#include "bench/net_delivery.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "bench/net_client.h"

namespace encuentro::bench {

Delivery measure_delivery(NetPeer::Kind kind, int readers, int burst) {
  const NetPeer peer(kind, delivery_bytes, readers);
  const bool tls = kind == NetPeer::Kind::server;
  NetClient author(peer.port(), tls);
  std::vector<std::unique_ptr<NetClient>> subscribers;
  for (int i = 0; i < readers; ++i) {
    subscribers.push_back(std::make_unique<NetClient>(peer.port(), tls));
    if (!tls) continue;
    subscribers.back()->send("s");
    subscribers.back()->skip(3);
  }
  const std::string message(tls ? payload_bytes : delivery_bytes, 'x');
  const auto round = [&] {
    author.send(message, burst);
    for (const auto& subscriber : subscribers) subscriber->skip(delivery_bytes * static_cast<std::size_t>(burst));
  };
  const int rounds = std::max(100, 60000 / (readers * burst));
  for (int i = 0; i < rounds / 10; ++i) round();
  std::vector<double> times;
  const double cpu = peer.cpu_us();
  for (int i = 0; i < rounds; ++i) {
    const auto start = std::chrono::steady_clock::now();
    round();
    times.push_back(std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count());
  }
  const double deliveries = static_cast<double>(rounds) * readers * burst;
  Delivery result{(peer.cpu_us() - cpu) / deliveries, 0, 0};
  double total = 0;
  for (const double time : times) total += time;
  result.per_second = deliveries / total * 1e6;
  std::nth_element(times.begin(), times.begin() + rounds / 2, times.end());
  result.last_has_it_us = times[static_cast<std::size_t>(rounds) / 2];
  return result;
}

}  // namespace encuentro::bench
