// What an operator may set of the network side, with the values of R70-R74. Times are options so that tests can wait
// for them; the programs use the defaults.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "protocol/base/limits.h"
#include "protocol/base/time.h"

namespace encuentro::server::net {

struct Deadlines {
  Duration handshake = seconds(10);      // TCP accept to a complete first request, absolute (R70)
  Duration ping_after = seconds(15);     // nothing heard for so long: ping
  Duration silent = seconds(30);         // nothing heard for so long: the connection is gone
  Duration write_stalled = seconds(30);  // queued and nothing taken for so long
  Duration body = minutes(5);            // one request body or response, whole
  Duration keep_alive = seconds(15);     // between two HTTPS requests
  Duration drain = seconds(5);           // stop(): what is queued may still go out
};

struct Caps {
  std::size_t connections = 0;                          // 0: file descriptor limit x 0.8
  std::size_t before_login_per_remote = 64;             // R73
  std::size_t queue_bytes = limits::MiB;                // R74
  std::size_t queue_frames = 256;                       // R74
  std::size_t body_bytes_in_flight = 64 * limits::MiB;  // PUT bodies held in memory, all together
};

struct Options {
  std::string listen_host = "127.0.0.1";
  std::uint16_t listen_port = 8443;  // 0: any free one
  // Exact, e.g. "https://meet.example.org" (R64). Empty, with `web`: the address listened at.
  std::vector<std::string> origins;
  std::filesystem::path web;  // the web client's files; empty: none are served
  Deadlines deadlines;
  Caps caps;
};

}  // namespace encuentro::server::net
