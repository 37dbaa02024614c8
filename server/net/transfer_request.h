// From an HTTP request to a TransferRequest: path, token, length. Pure.
#pragma once

#include <expected>

#include "server/net/request_head.h"
#include "server/net/response.h"
#include "server/net/transfer.h"

namespace encuentro::server::net {

struct Transfer {
  bool put = false;
  TransferRequest request;
};

bool is_transfer_path(std::string_view target);

// The refusal is the whole answer: 400, 401, 404, 405, 411, 413.
std::expected<Transfer, Response> judge_transfer(const RequestHead& head, RemoteBucket remote);

// The answer to a handler's error.
Response transfer_error(const Error& error);

}  // namespace encuentro::server::net
