// The first bytes of a stranger: an HTTP request's head, and what the server makes of it before it knows who asks. The
// first byte says where the bytes are cut on their way.
#include "protocol/base/limits.h"
#include "server/net/poll_request.h"
#include "server/net/static_files.h"
#include "server/net/transfer_request.h"
#include "server/net/upgrade.h"

using namespace encuentro;
using namespace encuentro::server::net;

namespace {

const std::vector<std::string> origins = {"https://red.example"};

// Where the head ends, looked for as the bytes come; the same as in all of them at once.
std::optional<std::size_t> head_end(BytesView bytes, std::size_t step) {
  std::optional<std::size_t> found;
  std::size_t searched = 0;
  for (std::size_t have = 0; !found && searched < bytes.size();) {
    have = std::min(bytes.size(), have + step);
    found = find_head_end(bytes.first(have), searched);
    searched = have;
  }
  ENC_CHECK(found == find_head_end(bytes, 0));
  return found;
}

void check(const RequestHead& head) {
  ENC_CHECK(head.fields.size() <= head_fields_max && head.count("host") == 1);
  ENC_CHECK(head.count("transfer-encoding") == 0);
  ENC_CHECK(head.body_bytes == 0 || head.count("content-length") == 1);
  if (auto poll = judge_poll(head, origins)) {
    ENC_CHECK((poll->verb == PollRequest::Verb::open) == poll->token.empty());
    ENC_CHECK(!poll->browser || head.only("origin") == origins[0]);
  }
  if (is_transfer_path(head.target)) {
    if (auto transfer = judge_transfer(head, RemoteBucket{})) {
      ENC_CHECK(!transfer->request.token.empty());
      ENC_CHECK(transfer->request.bytes <= limits::blob_bytes_max && transfer->put == (transfer->request.bytes > 0));
    }
  }
  if (auto upgrade = judge_upgrade(head, origins)) {
    ENC_CHECK(upgrade->accept_key.size() == 28 && head.body_bytes == 0);
    ENC_CHECK(!upgrade->browser || head.only("origin") == origins[0]);
  }
  const int status = StaticFiles().answer(head).status;
  ENC_CHECK(status == 404 || status == 405);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const BytesView input(data + 1, size - 1);
  const auto end = head_end(input, 1 + data[0]);
  const auto head = parse_head(input.first(end.value_or(input.size())));
  if (!head) {
    const int status = head.error().status;
    ENC_CHECK(status == 400 || status == 431 || status == 501 || status == 505);
    return 0;
  }
  check(*head);
  return 0;
}
