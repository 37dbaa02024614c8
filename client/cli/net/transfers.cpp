#include "client/cli/net/transfers.h"

#include "client/cli/net/https_line.h"
#include "protocol/base/limits.h"
#include "protocol/crypto/hash.h"

namespace encuentro::client::cli::net {

namespace http = boost::beast::http;

namespace {

using Request = HttpsLine::Request;
using Answer = HttpsLine::Answer;

// 413 is too much for one request, or more than was booked: the body says which.
Code code_of(const Answer& answer) {
  const unsigned status = answer.result_int();
  switch (status) {
    case 401:
      return Code::not_logged_in;
    case 403:
      return Code::not_allowed;
    case 404:
      return Code::not_found;
    case 413:
      return as_text(answer.body()) == "quota_exceeded\n" ? Code::quota_exceeded : Code::too_large;
    case 429:
      return Code::too_many;
    case 503:
      return Code::overloaded;
    case 507:
      return Code::storage_full;
    default:
      return status >= 500 ? Code::storage_failed : Code::malformed;
  }
}

std::string path_of(const TransferAddress& address) {
  const std::string hash = to_hex(address.id.view());
  return address.channel ? "/v1/chunk/" + to_hex(address.channel->view()) + "/" + hash : "/v1/blob/" + hash;
}

template <class Id>
Result<Id> id_in_hex(std::string_view text) {
  Bytes id;
  if (!from_hex(text, id) || id.size() != Id::bytes) return fail(Code::malformed, "transfer path");
  return Id(id);
}

// Given up together: what still runs in the loop refers to the line.
struct OwnLine {
  explicit OwnLine(const Endpoint& endpoint) : line(loop, endpoint) {}
  boost::asio::io_context loop{1};
  HttpsLine line;
};

class PinnedTransfers final : public Transfers {
 public:
  PinnedTransfers(const Endpoint& endpoint, Duration timeout) : endpoint_(endpoint), timeout_(timeout) {}

  Status put(const TransferAddress& address, std::string_view token, BytesView body) override {
    if (body.size() > limits::blob_bytes_max) return fail(Code::too_large);
    TRY(const Answer answer, exchange(http::verb::put, address, token, body));
    if (answer.result_int() != 201) return fail(code_of(answer));
    return {};
  }

  Result<Bytes> get(const TransferAddress& address, std::string_view token) override {
    TRY(Answer answer, exchange(http::verb::get, address, token, {}));
    if (answer.result_int() != 200) return fail(code_of(answer));
    if (!equal(crypto::sha256({answer.body()}).view(), address.id.view())) return fail(Code::bad_tag);
    return std::move(answer.body());
  }

 private:
  Result<Answer> exchange(http::verb verb, const TransferAddress& address, std::string_view token, BytesView body) {
    Request request(verb, path_of(address), 11);
    request.set(http::field::host, endpoint_.host + ":" + std::to_string(endpoint_.port));
    request.set(http::field::authorization, "Bearer " + std::string(token));
    request.body() = {body.data(), body.size()};
    if (verb == http::verb::put) request.content_length(body.size());
    for (;;) {
      if (!line_) line_ = std::make_unique<OwnLine>(endpoint_);
      const bool used = line_->line.used();
      HttpsLine::Outcome outcome = line_->line.exchange(request, limits::blob_bytes_max, timeout_);
      if (!outcome.answer || !outcome.answer->keep_alive()) line_.reset();
      if (outcome.answer) return std::move(*outcome.answer);
      // Both verbs may be repeated: the name is the hash of the bytes.
      if (!used || !outcome.reached || outcome.failure.error.code != Code::unreachable) {
        return std::unexpected(outcome.failure.error);
      }
    }
  }

  Endpoint endpoint_;
  Duration timeout_;
  std::unique_ptr<OwnLine> line_;
};

}  // namespace

Result<TransferAddress> parse_transfer_path(std::string_view path) {
  constexpr std::string_view blob = "/v1/blob/";
  constexpr std::string_view chunk = "/v1/chunk/";
  constexpr std::size_t channel_letters = 2 * ChannelId::bytes;
  TransferAddress address;
  if (path.starts_with(blob)) {
    path.remove_prefix(blob.size());
  } else if (path.starts_with(chunk) && path.size() > chunk.size() + channel_letters &&
             path[chunk.size() + channel_letters] == '/') {
    TRY(address.channel, id_in_hex<ChannelId>(path.substr(chunk.size(), channel_letters)));
    path.remove_prefix(chunk.size() + channel_letters + 1);
  } else {
    return fail(Code::malformed, "transfer path");
  }
  TRY(address.id, id_in_hex<BlobId>(path));
  return address;
}

std::unique_ptr<Transfers> Transfers::open(const Endpoint& endpoint, Duration timeout) {
  return std::make_unique<PinnedTransfers>(endpoint, timeout);
}

}  // namespace encuentro::client::cli::net
