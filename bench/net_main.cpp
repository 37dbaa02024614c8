// bench-net: memory of idle connections, cost of accepting them, and of delivering one message to many, beside a bare
// send(). The server is a process of its own, so its memory and time are measured apart from the clients'.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "bench/net_client.h"
#include "bench/net_peer.h"

namespace {

using encuentro::bench::NetClient;
using encuentro::bench::NetPeer;

constexpr std::size_t payload_bytes = 1024;
constexpr std::size_t delivery_bytes = payload_bytes + 4;  // and the WebSocket header
constexpr int idle_connections = 2000;

void measure_idle() {
  const NetPeer peer(NetPeer::Kind::server, delivery_bytes, 0);
  std::vector<std::unique_ptr<NetClient>> clients;
  const auto connect = [&](int count) {
    for (int i = 0; i < count; ++i) {
      clients.push_back(std::make_unique<NetClient>(peer.port(), true));
      clients.back()->send("s");
      clients.back()->skip(3);
    }
  };
  connect(10);  // what only the first ones cost
  const double memory = peer.resident_bytes();
  const double cpu = peer.cpu_us();
  connect(idle_connections);
  std::printf("%d idle TLS connections, subscribed: %.0f bytes each, %.0f us of CPU each to accept and upgrade\n",
              idle_connections, (peer.resident_bytes() - memory) / idle_connections,
              (peer.cpu_us() - cpu) / idle_connections);
}

struct Delivery {
  double cpu_us;
  double last_has_it_us;  // median of the rounds
  double per_second;
};

// One author, `readers` subscribers, `burst` messages in flight.
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

}  // namespace

int main() {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  measure_idle();
  std::printf("\n1 KiB messages; CPU of the server a delivery, median until the last reader has it\n");
  std::printf("%-34s %9s %9s %12s\n", "", "CPU us", "last us", "deliveries/s");
  for (const int burst : {1, 16}) {
    for (const int readers : {20, 200}) {
      for (const auto kind : {NetPeer::Kind::bare_send, NetPeer::Kind::server}) {
        const Delivery delivery = measure_delivery(kind, readers, burst);
        const std::string name = kind == NetPeer::Kind::server ? "TLS WebSocket" : "bare send(), plain TCP";
        std::printf("%-22s %4d x %-4d %9.2f %9.0f %12.0f\n", name.c_str(), readers, burst, delivery.cpu_us,
                    delivery.last_has_it_us, delivery.per_second);
      }
    }
  }
}
