#include "protocol/api/transfer_calls.h"

#include "tests/unit/protocol/api/messages.h"

using namespace encuentro;
using namespace encuentro::tests;

TEST_CASE("transfer calls read back whole only") {
  SeededRandom random(66);
  check_message(api::UploadBegin{random.id<ChannelId>(), random.id<UploadId>(), 900000});
  check_message(api::DownloadBegin{random.id<ChannelId>()});
  check_message(api::BlobBegin{random.id<ChannelId>(), random.id<BlobId>(), 40000, api::Direction::get});
  check_message(api::TokenReply{"token", Timestamp{99}});
  check_message(api::QuotaReply{1, 2, 3, std::uint64_t{1} << 40});
  CHECK(message_bytes(api::Quota{}).empty());
}

TEST_CASE("unknown directions, blobs and tokens over their limits are refused") {
  CHECK(refused(api::BlobBegin{{}, {}, 1, static_cast<api::Direction>(3)}) == Code::malformed);
  CHECK(refused(api::BlobBegin{{}, {}, limits::blob_bytes_max + 1, api::Direction::put}) == Code::too_large);
  CHECK(refused(api::TokenReply{std::string(limits::token_bytes_max + 1, 't'), {}}) == Code::too_large);
}
