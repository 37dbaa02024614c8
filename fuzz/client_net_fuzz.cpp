// What a client reads before it trusts anybody: addresses that people type, an HTTP answer from whatever stands where
// the server should, and the messages a long poll brings. The first byte says in which pieces an answer comes.
#include <boost/asio/buffer.hpp>

#include "client/cli/net/https_line.h"
#include "client/cli/net/poll_answer.h"
#include "client/cli/net/transfers.h"
#include "protocol/base/limits.h"

using namespace encuentro;
using namespace encuentro::client::cli;

namespace {

void check_addresses(std::string_view text) {
  if (auto endpoint = net::parse_endpoint(text)) ENC_CHECK(!endpoint->host.empty() && endpoint->port != 0);
  if (auto spki = net::parse_spki(text)) ENC_CHECK(net::spki_text(*spki) == text);
  (void)net::parse_transfer_path(text);
}

void check_messages(BytesView body) {
  auto messages = net::split_messages(body);
  if (!messages) return;
  Bytes again;
  for (const Bytes& message : *messages) {
    ENC_CHECK(message.size() <= limits::frame_bytes_max);
    for (int shift = 24; shift >= 0; shift -= 8) again.push_back(static_cast<std::uint8_t>(message.size() >> shift));
    again.insert(again.end(), message.begin(), message.end());
  }
  ENC_CHECK(equal(again, body));
}

// As HttpsLine reads one: what comes is kept until the parser takes it.
std::optional<Bytes> read_answer(BytesView stream, std::size_t step, std::size_t body_bytes_max) {
  net::AnswerParser parser;
  parser.eager(true);
  parser.body_limit(body_bytes_max);
  Bytes kept;
  while (!parser.is_done() && !stream.empty()) {
    const BytesView piece = stream.first(std::min(step, stream.size()));
    stream = stream.subspan(piece.size());
    kept.insert(kept.end(), piece.begin(), piece.end());
    boost::system::error_code failed;
    const std::size_t taken = parser.put(boost::asio::buffer(kept.data(), kept.size()), failed);
    ENC_CHECK(taken <= kept.size());
    kept.erase(kept.begin(), kept.begin() + static_cast<std::ptrdiff_t>(taken));
    if (failed && failed != boost::beast::http::error::need_more) return std::nullopt;
  }
  if (!parser.is_done()) return std::nullopt;
  return parser.release().body();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  check_addresses(as_text({data, size}));
  check_messages({data, size});
  if (size == 0) return 0;
  constexpr std::size_t body_bytes_max = 4096;
  const auto body = read_answer({data + 1, size - 1}, 1 + data[0], body_bytes_max);
  if (!body) return 0;
  ENC_CHECK(body->size() <= body_bytes_max);
  check_messages(*body);
  return 0;
}
