// bench-net: memory of idle connections, cost of accepting them, and of delivering one message to many, beside a bare
// send(). The server is a process of its own, so its memory and time are measured apart from the clients'.
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "bench/net_client.h"
#include "bench/net_delivery.h"

namespace {

using encuentro::bench::Delivery;
using encuentro::bench::delivery_bytes;
using encuentro::bench::measure_delivery;
using encuentro::bench::NetClient;
using encuentro::bench::NetPeer;

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
