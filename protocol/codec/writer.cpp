#include "protocol/codec/writer.h"

#include <algorithm>
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

Writer::Mark Writer::open(std::size_t bytes_expected) {
  const Mark mark{out_.size(), make_header(bytes_expected).size};
  out_.resize(mark.start + mark.header_bytes);
  return mark;
}

void Writer::close(Mark mark) {
  ENC_CHECK(mark.start + mark.header_bytes <= out_.size());
  const Header h = make_header(out_.size() - mark.start - mark.header_bytes);
  const auto start = out_.begin() + static_cast<std::ptrdiff_t>(mark.start);
  if (h.size > mark.header_bytes) {
    out_.insert(start, h.size - mark.header_bytes, 0);
  } else {
    out_.erase(start, start + static_cast<std::ptrdiff_t>(mark.header_bytes - h.size));
  }
  std::copy_n(h.bytes.begin(), h.size, out_.begin() + static_cast<std::ptrdiff_t>(mark.start));
}

}  // namespace encuentro::codec
