#include "client/verify/proof_file.h"

#include <catch2/catch.hpp>

#include "protocol/base/limits.h"
#include "tests/support/decoder_checks.h"

using namespace encuentro;
using namespace encuentro::client::verify;

TEST_CASE("a proof's entries are read as they were written; a cut or a length over the limit is refused") {
  const std::vector<Bytes> entries = {{1, 2, 3}, {}, {4}};
  const Bytes file = framed(entries);
  CHECK(split_framed(file, 3).value() == entries);
  CHECK(split_framed({}, 3)->empty());
  CHECK(tests::code_of(split_framed(file, 2)) == Code::too_large);
  for (std::size_t n : {1, 4, 6, 10, 14}) {
    INFO("cut to " << n);
    CHECK(tests::code_of(split_framed(BytesView(file).first(n), 3)) == Code::truncated);
  }
}

TEST_CASE("a proof's words keep their places; words without one are refused") {
  const std::vector<SignedPlace> words = {{Seq{7}, {1, 2}}, {Seq{9}, {}}};
  auto again = split_words(framed_words(words));
  REQUIRE(again.has_value());
  REQUIRE(again->size() == 2);
  CHECK((*again)[0].seq == Seq{7});
  CHECK((*again)[0].plaintext == Bytes{1, 2});
  CHECK((*again)[1].seq == Seq{9});
  CHECK((*again)[1].plaintext.empty());
  CHECK(tests::code_of(split_words(framed({Bytes(7)}))) == Code::truncated);
  CHECK(split_words(framed({Bytes(limits::entry_bytes_max + 8)})).has_value());
  CHECK(tests::code_of(split_words(framed({Bytes(limits::entry_bytes_max + 9)}))) == Code::too_large);
}
