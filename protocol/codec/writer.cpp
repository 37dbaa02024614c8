#include "protocol/codec/writer.h"

#include <array>

namespace encuentro::codec {
namespace {

struct Header {
  std::array<std::uint8_t, 4> bytes{};
  std::size_t size = 0;
};

Header make_header(std::size_t length) {
  ENC_CHECK(length < (std::size_t{1} << 30));
  if (length < 64) return {{static_cast<std::uint8_t>(length)}, 1};
  if (length < 16384) {
    return {{static_cast<std::uint8_t>(0x40 | length >> 8), static_cast<std::uint8_t>(length)}, 2};
  }
  return {{static_cast<std::uint8_t>(0x80 | length >> 24), static_cast<std::uint8_t>(length >> 16),
           static_cast<std::uint8_t>(length >> 8), static_cast<std::uint8_t>(length)},
          4};
}

}  // namespace

void Writer::header(std::size_t length) {
  Header h = make_header(length);
  raw({h.bytes.data(), h.size});
}

void Writer::close(std::size_t mark) {
  ENC_CHECK(mark <= out_.size());
  Header h = make_header(out_.size() - mark);
  out_.insert(out_.begin() + static_cast<std::ptrdiff_t>(mark), h.bytes.begin(),
              h.bytes.begin() + static_cast<std::ptrdiff_t>(h.size));
}

}  // namespace encuentro::codec
