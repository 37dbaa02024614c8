#include "protocol/mls/public/proposal.h"

#include "tests/unit/protocol/mls/public/decoding.h"

namespace encuentro::mls::testing {

TEST_CASE("each of the seven proposals: valid, cut, longer") {
  Client client;
  ExtensionList list;
  list.set(odd_extension, Bytes{5});
  std::vector<Proposal> all{client.add(), {Update{client.leaf()}}, remove(7),       psk(),
                            reinit(),     external_init(),         extensions(list)};
  for (std::size_t i = 0; i < all.size(); ++i) {
    CHECK(static_cast<std::size_t>(all[i].type()) == i + 1);
    check_encoding(all[i]);
    check_encoding(ProposalOrRef{all[i]});
  }
  check_encoding(ProposalOrRef{ProposalRef{Digest(Bytes(32, 5))}});
}

TEST_CASE("a proposal of unknown type can't be read") {
  check_refused<Proposal>(Bytes{0, 8}, Code::unknown_kind);
  check_refused<Proposal>(Bytes{0, 0}, Code::unknown_kind);
  check_refused<Proposal>(Bytes{0x0a, 0x0a}, Code::unknown_kind);
  check_refused<ProposalOrRef>(Bytes{3}, Code::unknown_kind);
}

}  // namespace encuentro::mls::testing
