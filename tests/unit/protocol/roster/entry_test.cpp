#include "protocol/roster/entry.h"

#include "protocol/base/limits.h"
#include "tests/support/decoder_checks.h"
#include "tests/support/test_network.h"

using namespace encuentro;
using namespace encuentro::roster;
using tests::code_of;

namespace {

Result<Bytes> again(BytesView bytes) {
  TRY(RosterEntry entry, RosterEntry::decode(bytes));
  return entry.encode();
}

}  // namespace

TEST_CASE("an entry reads back to its bytes and refuses what is cut or longer") {
  tests::TestNetwork net;
  tests::check_decoder(net.genesis.encode(), again);
  auto plain = net.signed_by(net.founder, CheckpointBody{});
  tests::check_decoder(plain.encode(), again);
  tests::check_canonical(plain.encode(), again);
  CHECK(code_of(RosterEntry::decode(Bytes(limits::roster_entry_bytes_max + 1))) == Code::too_large);
}

TEST_CASE("signature and hash cover every byte") {
  tests::TestNetwork net;
  const Bytes whole = net.genesis.encode();
  const Hash32 hash = net.genesis.hash();
  for (std::size_t i = 0; i < whole.size(); ++i) {
    Bytes changed = whole;
    changed[i] ^= 1;
    auto entry = RosterEntry::decode(changed);
    if (!entry) continue;
    INFO("byte " << i);
    CHECK(entry->hash() != hash);
    // The appender's name is compared by whoever looks the key up; everything else is under the signature.
    if (entry->appender == net.founder.id()) CHECK_FALSE(entry->verify(net.founder.key.public_key));
  }
}

TEST_CASE("a statement says network, id, expiry, type and body") {
  tests::TestNetwork net;
  Bytes body(5, 1), other(5, 2);
  Statement said{net.random.id<RecordId>(), net.now, 3, body};
  auto signature = sign_statement(net.root, net.id, said);
  auto holds = [&](const NetworkId& network, const Statement& s) {
    return verify_statement(net.root.public_key, network, s, signature).has_value();
  };
  CHECK(holds(net.id, said));
  CHECK_FALSE(holds(net.random.id<NetworkId>(), said));
  CHECK_FALSE(holds(net.id, {net.random.id<RecordId>(), net.now, 3, body}));
  CHECK_FALSE(holds(net.id, {said.id, net.now + seconds(1), 3, body}));
  CHECK_FALSE(holds(net.id, {said.id, net.now, 2, body}));
  CHECK_FALSE(holds(net.id, {said.id, net.now, 3, other}));
}
