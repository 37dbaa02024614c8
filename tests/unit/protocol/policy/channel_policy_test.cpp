// Tests: protocol/policy/make_policy.cpp
#include "protocol/policy/channel_policy.h"

#include "tests/support/decoder_checks.h"
#include "tests/support/test_network.h"

using namespace encuentro;
using namespace encuentro::policy;
using roster::Role;
using tests::code_of;

namespace {

ChannelPolicy full() {
  tests::SeededRandom random(2);
  PolicyWish wish;
  wish.channel = random.id<ChannelId>();
  wish.creator = random.id<MemberId>();
  wish.kind = ChannelKind::network;
  wish.self_join = true;
  wish.countries = {tests::country_of("XB"), tests::country_of("XA"), tests::country_of("XB")};
  wish.members = {random.id<MemberId>(), random.id<MemberId>()};
  auto policy = make_policy(wish);
  REQUIRE(policy);
  policy->predecessor = Predecessor{Bytes(32, 1), Epoch{4}, Digest(Bytes(32, 2)), Seq{70}, random.id<Hash32>()};
  return *policy;
}
bool decodes(const ChannelPolicy& policy) { return ChannelPolicy::decode_all(policy.encoded()).has_value(); }

}  // namespace

TEST_CASE("a policy reads back and refuses what is cut, longer, or of another version") {
  auto again = [](BytesView bytes) -> Result<Bytes> {
    TRY(auto policy, ChannelPolicy::decode_all(bytes));
    return policy.encoded();
  };
  tests::check_decoder(full().encoded(), again);
  tests::check_canonical(full().encoded(), again);
  Bytes later = full().encoded();
  later[1] = 2;
  CHECK(code_of(ChannelPolicy::decode_all(later)) == Code::unknown_version);
}

TEST_CASE("lists are ascending, distinct and of what is known") {
  auto policy = full();
  CHECK(policy.admission.countries == std::vector{tests::country_of("XA"), tests::country_of("XB")});
  std::swap(policy.admission.countries[0], policy.admission.countries[1]);
  CHECK_FALSE(decodes(policy));
  policy = full();
  policy.admission.countries[0] = {};
  CHECK_FALSE(decodes(policy));
  policy = full();
  policy.posts = {Role::partner, Role::secretariat};
  CHECK_FALSE(decodes(policy));
  policy.posts = {Role::partner, Role::partner};
  CHECK_FALSE(decodes(policy));
  policy.posts = {static_cast<Role>(7)};
  CHECK_FALSE(decodes(policy));
  policy = full();
  std::swap(policy.admission.members[0], policy.admission.members[1]);
  CHECK_FALSE(decodes(policy));
}

TEST_CASE("a kind demands its shape") {
  auto policy = full();
  policy.kind = ChannelKind::committee;
  CHECK_FALSE(decodes(policy));
  policy.self_join = false;
  CHECK(decodes(policy));
  policy.kind = ChannelKind::country;
  CHECK_FALSE(decodes(policy));
  policy.admission.countries.pop_back();
  CHECK(decodes(policy));
  policy.kind = ChannelKind::direct;
  CHECK_FALSE(decodes(policy));
  policy.admission.countries.clear();
  policy.admission.roles.clear();
  CHECK(decodes(policy));
  policy.admission.members.pop_back();
  CHECK_FALSE(decodes(policy));
  policy = full();
  policy.history = History::sealed;
  CHECK_FALSE(decodes(policy));
  policy.self_join = false;
  CHECK(decodes(policy));
  policy.kind = ChannelKind::board;
  CHECK_FALSE(decodes(policy));
}

TEST_CASE("the general board is one, the focal points' isn't") {
  ChannelId id;
  MemberId founder;
  CHECK(general_board(id, founder).is_general_board());
  CHECK_FALSE(focal_points_board(id, founder).is_general_board());
  CHECK(decodes(general_board(id, founder)));
  CHECK(decodes(focal_points_board(id, founder)));
  auto narrowed = general_board(id, founder);
  narrowed.admission.countries = {tests::country_of("XA")};
  CHECK_FALSE(narrowed.is_general_board());
}

TEST_CASE("R-POL-01 a group without a policy isn't a channel") {
  mls::ExtensionList extensions;
  auto none = ChannelPolicy::of(extensions);
  CHECK(tests::rule_of(none) == "R-POL-01");
  extensions.set(policy_extension, full().encoded());
  CHECK(*ChannelPolicy::of(extensions) == full());
}

TEST_CASE("words and numbers of kinds and histories belong together") {
  for (auto word : {"board", "network", "committee", "country", "direct"}) CHECK(name(*kind_named(word)) == word);
  for (auto word : {"shared", "sealed"}) CHECK(name(*history_named(word)) == word);
  CHECK_FALSE(kind_named("party"));
  CHECK_FALSE(history_named("open"));
}
