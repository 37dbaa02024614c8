#include "protocol/crypto/montgomery_form.h"

namespace encuentro::crypto {
namespace {

// Arithmetic mod p = 2^255 - 19 on five limbs of 51 bits, the lowest first. Limbs stay below 2^52 between
// operations, so the sums of products below stay under 2^115.
using Wide = unsigned __int128;

constexpr std::uint64_t limb_mask = (std::uint64_t{1} << 51) - 1;

struct Element {
  std::array<std::uint64_t, 5> limb{};
};

Element reduce(std::array<Wide, 5> sums) {
  Element out;
  for (std::size_t i = 0; i < 4; ++i) {
    sums[i + 1] += static_cast<std::uint64_t>(sums[i] >> 51);
    out.limb[i] = static_cast<std::uint64_t>(sums[i]) & limb_mask;
  }
  out.limb[4] = static_cast<std::uint64_t>(sums[4]) & limb_mask;
  // 2^255 = 19 mod p.
  out.limb[0] += static_cast<std::uint64_t>(sums[4] >> 51) * 19;
  out.limb[1] += out.limb[0] >> 51;
  out.limb[0] &= limb_mask;
  return out;
}

Element multiply(const Element& a, const Element& b) {
  const auto& x = a.limb;
  const auto& y = b.limb;
  const std::uint64_t y1 = y[1] * 19, y2 = y[2] * 19, y3 = y[3] * 19, y4 = y[4] * 19;
  return reduce({
      Wide{x[0]} * y[0] + Wide{x[1]} * y4 + Wide{x[2]} * y3 + Wide{x[3]} * y2 + Wide{x[4]} * y1,
      Wide{x[0]} * y[1] + Wide{x[1]} * y[0] + Wide{x[2]} * y4 + Wide{x[3]} * y3 + Wide{x[4]} * y2,
      Wide{x[0]} * y[2] + Wide{x[1]} * y[1] + Wide{x[2]} * y[0] + Wide{x[3]} * y4 + Wide{x[4]} * y3,
      Wide{x[0]} * y[3] + Wide{x[1]} * y[2] + Wide{x[2]} * y[1] + Wide{x[3]} * y[0] + Wide{x[4]} * y4,
      Wide{x[0]} * y[4] + Wide{x[1]} * y[3] + Wide{x[2]} * y[2] + Wide{x[3]} * y[1] + Wide{x[4]} * y[0],
  });
}

Element square(const Element& a) {
  const auto& x = a.limb;
  const std::uint64_t twice0 = x[0] * 2, twice1 = x[1] * 2, twice2 = x[2] * 2;
  const std::uint64_t x3 = x[3] * 19, x4 = x[4] * 19;
  return reduce({
      Wide{x[0]} * x[0] + Wide{twice1} * x4 + Wide{twice2} * x3,
      Wide{twice0} * x[1] + Wide{twice2} * x4 + Wide{x[3]} * x3,
      Wide{twice0} * x[2] + Wide{x[1]} * x[1] + Wide{x[3] * 2} * x4,
      Wide{twice0} * x[3] + Wide{twice1} * x[2] + Wide{x[4]} * x4,
      Wide{twice0} * x[4] + Wide{twice1} * x[3] + Wide{x[2]} * x[2],
  });
}

Element square_times(Element a, int times) {
  for (int i = 0; i < times; ++i) a = square(a);
  return a;
}

// a^(p - 2) by Fermat; the names say which power of a: run_n is a^(2^n - 1).
Element invert(const Element& a) {
  const Element power_2 = square(a);
  const Element power_9 = multiply(a, square_times(power_2, 2));
  const Element power_11 = multiply(power_2, power_9);
  const Element run_5 = multiply(power_9, square(power_11));
  const Element run_10 = multiply(run_5, square_times(run_5, 5));
  const Element run_20 = multiply(run_10, square_times(run_10, 10));
  const Element run_40 = multiply(run_20, square_times(run_20, 20));
  const Element run_50 = multiply(run_10, square_times(run_40, 10));
  const Element run_100 = multiply(run_50, square_times(run_50, 50));
  const Element run_200 = multiply(run_100, square_times(run_100, 100));
  const Element run_250 = multiply(run_50, square_times(run_200, 50));
  return multiply(power_11, square_times(run_250, 5));
}

std::uint64_t read_word(BytesView bytes, std::size_t at) {
  std::uint64_t word = 0;
  for (std::size_t i = 8; i-- > 0;) word = word << 8 | bytes[at + i];
  return word;
}

Element read(BytesView bytes) {
  const std::uint64_t w0 = read_word(bytes, 0), w1 = read_word(bytes, 8), w2 = read_word(bytes, 16),
                      w3 = read_word(bytes, 24);
  return {{w0 & limb_mask, (w0 >> 51 | w1 << 13) & limb_mask, (w1 >> 38 | w2 << 26) & limb_mask,
           (w2 >> 25 | w3 << 39) & limb_mask, w3 >> 12 & limb_mask}};
}

// The one representative below p.
void write(Element a, MutableBytes bytes) {
  auto& x = a.limb;
  // a + 19 has a bit at 2^255 exactly if a >= p; adding 19 then and dropping that bit subtracts p.
  std::uint64_t carry = 19;
  for (std::uint64_t limb : x) carry = (limb + carry) >> 51;
  carry *= 19;
  for (auto& limb : x) {
    carry += limb;
    limb = carry & limb_mask;
    carry >>= 51;
  }
  const std::array<std::uint64_t, 4> words{x[0] | x[1] << 51, x[1] >> 13 | x[2] << 38, x[2] >> 26 | x[3] << 25,
                                           x[3] >> 39 | x[4] << 12};
  for (std::size_t i = 0; i < 32; ++i) bytes[i] = static_cast<std::uint8_t>(words[i / 8] >> (8 * (i % 8)));
}

}  // namespace

void montgomery_from_edwards(BytesView y, MutableBytes u) {
  ENC_CHECK(y.size() == 32 && u.size() == 32);
  const Element value = read(y);
  Element above = value;
  above.limb[0] += 1;
  // 2p + 1 - y: 2p keeps every limb positive.
  Element below;
  below.limb[0] = 0xfffffffffffdau + 1 - value.limb[0];
  for (std::size_t i = 1; i < 5; ++i) below.limb[i] = 0xffffffffffffeu - value.limb[i];
  write(multiply(above, invert(below)), u);
}

}  // namespace encuentro::crypto
