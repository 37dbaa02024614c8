// What the core wants done after each input. The edge carries it out in this order, and nothing of it if `store` fails
// (then it stops and opens the profile anew): first the whole transaction, durably; then everything else.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "client/core/events.h"
#include "protocol/base/time.h"

namespace encuentro::client::core {

// Rows of the store: names and values mean nothing to whoever keeps them (all but the row "profile" is sealed).
struct Row {
  Bytes name;
  Bytes value;
  static constexpr auto fields = std::tuple(&Row::name, &Row::value);
};
struct Transaction {
  std::vector<Row> puts;
  std::vector<Bytes> erases;
  bool empty() const { return puts.empty() && erases.empty(); }
  static constexpr auto fields = std::tuple(&Transaction::puts, &Transaction::erases);
};

// Open a WebSocket to this server (subprotocol encuentro.v1), whose certificate must have this key; then
// on_connected().
struct ConnectTo {
  std::string address;  // HOST:PORT
  Hash32 spki;
  static constexpr auto fields = std::tuple(&ConnectTo::address, &ConnectTo::spki);
};

// One HTTPS request beside the WebSocket; answered by on_transfer() with the same number.
struct Transfer {
  std::uint32_t number = 0;
  bool put = false;
  std::string path;   // "/v1/blob/HEX" or "/v1/chunk/CHANNEL/HEX"
  std::string token;  // for `Authorization: Bearer`
  Bytes body;         // of a put
  static constexpr auto fields =
      std::tuple(&Transfer::number, &Transfer::put, &Transfer::path, &Transfer::token, &Transfer::body);
};

struct Effects {
  Transaction store;
  std::vector<Bytes> send;  // frames, in order, on the current connection
  std::vector<Transfer> transfers;
  std::vector<Event> show;
  std::optional<ConnectTo> connect;
  bool disconnect = false;           // close the connection
  std::optional<Timestamp> wake_at;  // call on_time() then; replaces what was asked before
  static constexpr auto fields = std::tuple(&Effects::store, &Effects::send, &Effects::transfers, &Effects::show,
                                            &Effects::connect, &Effects::disconnect, &Effects::wake_at);
};

}  // namespace encuentro::client::core
