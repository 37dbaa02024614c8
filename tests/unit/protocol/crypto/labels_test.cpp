#include "protocol/crypto/labels.h"

#include <catch2/catch.hpp>

#include "protocol/codec/writer.h"
#include "tests/unit/protocol/crypto/hex_bytes.h"

using namespace encuentro;
using namespace encuentro::crypto;

TEST_CASE("numbers are big-endian") {
  CHECK(to_hex(BigEndian<2>(0x0102).view()) == "0102");
  CHECK(to_hex(BigEndian<4>(0xfffefdfc).view()) == "fffefdfc");
}

TEST_CASE("vector headers are the codec's at every change of form") {
  for (std::size_t length : {0u, 1u, 63u, 64u, 16383u, 16384u, 0x3fffffffu}) {
    codec::Writer writer;
    writer.header(length);
    CHECK(equal(VectorHeader(length).view(), writer.view()));
  }
}

TEST_CASE("labelled content is two vectors, the first with the prefix") {
  CHECK(to_hex(labelled_content("a", hex("0102"))) ==
        "094d4c5320312e302061"
        "020102");
  CHECK(to_hex(labelled_content("", {})) ==
        "084d4c5320312e3020"
        "00");
}

TEST_CASE("labelled parts are labelled content") {
  for (std::size_t size : {0u, 63u, 64u, 20'000u}) {
    const Bytes content = repeated(7, size);
    Bytes joined;
    with_labelled_parts("label", content, [&](Parts parts) {
      for (BytesView part : parts) joined.insert(joined.end(), part.begin(), part.end());
    });
    CHECK(joined == labelled_content("label", content));
  }
}
