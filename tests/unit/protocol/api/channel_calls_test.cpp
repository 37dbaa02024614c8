#include "protocol/api/channel_calls.h"

#include "tests/unit/protocol/api/messages.h"

using namespace encuentro;
using namespace encuentro::tests;

namespace {

api::ChannelHead head_of(SeededRandom& random) {
  return {random.id<ChannelId>(),
          {Seq{9}, random.id<Hash32>()},
          {Bytes(32, 1), Epoch{2}},
          Bytes(80, 3),
          api::Relation::may_join};
}

}  // namespace

TEST_CASE("channel calls and pushes read back whole only") {
  SeededRandom random(64);
  ChannelId channel = random.id<ChannelId>();
  record::LogHead head{Seq{9}, random.id<Hash32>()};
  api::LogItem item{Seq{3}, Timestamp{12}, Bytes(90, 1)};
  check_message(api::Channels{channel});
  check_message(api::ChannelsReply{{head_of(random), head_of(random)}});
  check_message(api::LogRead{channel, Seq{3}, 5000});
  check_message(api::LogReadReply{{item, {Seq{4}, Timestamp{13}, Bytes(9, 2)}}, head});
  check_message(api::Append{Bytes(90, 1)});
  check_message(api::AppendReply{head});
  check_message(api::Subscribe{{channel, random.id<ChannelId>()}});
  check_message(api::EntryPush{channel, item});
  check_message(api::CatchUpPush{channel});
  check_message(api::ChannelPush{head_of(random)});
  check_message(api::ClosingPush{400});
}

TEST_CASE("unknown relations and lists over their limits are refused") {
  SeededRandom random(65);
  api::ChannelHead head = head_of(random);
  head.relation = static_cast<api::Relation>(4);
  CHECK(refused(api::ChannelPush{head}) == Code::malformed);
  head = head_of(random);
  head.policy.resize(limits::policy_bytes_max + 1);
  CHECK(refused(api::ChannelPush{head}) == Code::too_large);
  CHECK(refused(api::Append{Bytes(limits::entry_bytes_max + 1)}) == Code::too_large);
  CHECK(refused(api::Subscribe{std::vector<ChannelId>(limits::channels_per_member_max + 1)}) == Code::too_large);
}
