#include "protocol/mls/public/commit.h"

#include "tests/unit/protocol/mls/public/decoding.h"

namespace encuentro::mls::testing {

TEST_CASE("a Commit: valid, cut, longer, too many proposals, a path too long") {
  TestGroup test(4);
  AuthenticatedContent message = test.commit(0, {psk()});
  Commit commit = *message.content.as<Commit>();
  check_encoding(commit);
  check_encoding(*commit.path);
  Commit many;
  many.proposals.assign(limits::proposals_per_commit_max + 1, {remove(1)});
  check_refused<Commit>(encoded(many), Code::too_large);
  commit.path->nodes.assign(limits::tree_depth_max + 1, commit.path->nodes[0]);
  check_refused<Commit>(encoded(commit), Code::too_large);
}

}  // namespace encuentro::mls::testing
