// The values themselves are the working group's vectors' (tests/vectors/key_schedule.cpp).
// Tests: protocol/mls/member/psk.cpp
// Tests: protocol/mls/member/exporter.cpp
#include "protocol/mls/member/key_schedule.h"

#include "tests/unit/protocol/mls/member/meeting.h"

namespace encuentro::mls::member::testing {

namespace {

const Bytes context = {1, 2};

EpochSecrets derived(const InitSecret& init, const CommitSecret& commit, const PskSecret& psk, BytesView with) {
  MemberSecret member = member_secret(suite, joiner_secret(suite, init, commit, with), psk);
  return EpochSecrets::derive(suite, epoch_secret(suite, member, with));
}

PreSharedKeyId external(Bytes id) {
  PreSharedKeyId out;
  out.psk_id = std::move(id);
  out.psk_nonce.assign(32, 1);
  return out;
}

}  // namespace

TEST_CASE("every input changes every secret, and no two secrets are one") {
  const InitSecret init(Bytes(32, 1)), other_init(Bytes(32, 2));
  const CommitSecret commit(Bytes(32, 3));
  const PskSecret psk = PskSecret::zero(32), other_psk(Bytes(32, 4));
  std::vector<Bytes> seen;
  for (const EpochSecrets& s : {derived(init, commit, psk, context), derived(other_init, commit, psk, context),
                                derived(init, no_commit_secret(suite), psk, context),
                                derived(init, commit, other_psk, context), derived(init, commit, psk, Bytes{1, 3})}) {
    for (BytesView secret :
         {s.init.view(), s.sender_data.view(), s.encryption.view(), s.exporter.view(), s.external.view(),
          s.confirmation.view(), s.membership.view(), s.resumption.view(), s.authenticator.view()}) {
      CHECK(secret.size() == 32);
      seen.push_back(to_bytes(secret));
    }
  }
  std::sort(seen.begin(), seen.end());
  CHECK(std::adjacent_find(seen.begin(), seen.end()) == seen.end());
}

TEST_CASE("an external init secret reaches the group") {
  tests::SeededRandom random(1);
  const ExternalSecret external_secret(Bytes(32, 9));
  auto pair = external_key_pair(suite, external_secret);
  ExternalInitSecret drawn = must(draw_external_init(suite, pair.public_key.view(), random));
  CHECK(equal(must(receive_external_init(suite, external_secret, drawn.kem_output)).view(), drawn.init.view()));
  CHECK_FALSE(receive_external_init(suite, external_secret, Bytes{1}));
  CHECK_FALSE(draw_external_init(suite, Bytes(31, 1), random));
}

TEST_CASE("PSKs are looked up by id, in our own groups first") {
  std::vector<ExternalPsk> mine, lent;
  mine.push_back({{1}, SecretBytes(BytesView(Bytes{1}))});
  lent.push_back({{1}, SecretBytes(BytesView(Bytes{2}))});
  lent.push_back({{2}, SecretBytes()});
  std::vector<ResumptionPsk> past;
  past.push_back({{7}, Epoch{4}, ResumptionPskSecret(Bytes(32, 3))});
  const PskSource own{mine, past};
  CHECK(equal(*own.find(external({1})), Bytes{1}));
  CHECK_FALSE(own.find(external({2})).has_value());
  CHECK(PskSource{lent, {}}.find(external({2}))->empty());
  PreSharedKeyId resumption;
  resumption.type = PskType::resumption;
  resumption.psk_group_id = {7};
  resumption.psk_epoch = Epoch{4};
  CHECK(own.find(resumption).has_value());
  resumption.psk_epoch = Epoch{5};
  CHECK_FALSE(own.find(resumption).has_value());
  const std::vector<PreSharedKeyId> ids = {external({1}), external({2})};
  const Bytes empty;
  const std::vector<PskInput> inputs = {{ids[0], mine[0].secret.view()}, {ids[1], empty}};
  CHECK(equal(must(psk_secret_of(suite, ids, own, {lent, {}}, Rule::psks_available)).view(),
              psk_secret(suite, inputs).view()));
}

TEST_CASE("the order of PSKs matters, and none is the zero secret") {
  const Bytes secret = {1};
  const std::vector<PskInput> ab = {{external({1}), secret}, {external({2}), secret}};
  const std::vector<PskInput> ba = {{external({2}), secret}, {external({1}), secret}};
  CHECK_FALSE(equal(psk_secret(suite, ab).view(), psk_secret(suite, ba).view()));
  CHECK(equal(psk_secret(suite, {}).view(), Bytes(32, 0)));
}

TEST_CASE("exporters differ by label, context and length, and are bounded") {
  const ExporterSecret secret(Bytes(32, 1));
  const EpochExporter exporter(suite, secret);
  SecretBytes base = must(exporter.derive("a", context, 32));
  CHECK(equal(must(exporter.derive("a", context, 32)).view(), base.view()));
  CHECK_FALSE(equal(must(exporter.derive("b", context, 32)).view(), base.view()));
  CHECK_FALSE(equal(must(exporter.derive("a", {}, 32)).view(), base.view()));
  CHECK_FALSE(equal(must(exporter.derive("a", context, 33)).view().first(32), base.view()));
  CHECK(must(exporter.derive("a", context, 255 * 32)).size() == 255 * 32);
  CHECK(exporter.derive("a", context, 255 * 32 + 1).error().code == Code::too_large);
}

}  // namespace encuentro::mls::member::testing
