#include "client/cli/ui/gate.h"

#include <array>

#include "protocol/crypto/compare.h"

namespace encuentro::client::cli::ui {
namespace {

bool same(std::string_view typed, const std::string& wanted) {
  return crypto::equal_constant_time(as_bytes(typed), as_bytes(wanted));
}

}  // namespace

Gate::Gate(Random& random, std::uint16_t port)
    : random_(random), host_("127.0.0.1:" + std::to_string(port)), origin_("http://" + host_), entrance_(fresh()) {}

std::optional<std::string> Gate::enter(std::string_view token) {
  bool by_entrance = same(token, entrance_);
  bool comes_back = !way_back_.empty() && same(token, way_back_);
  if (!by_entrance && !comes_back) return std::nullopt;
  if (by_entrance) entrance_ = fresh();
  way_back_ = fresh();
  return way_back_;
}

std::string Gate::fresh() {
  std::array<std::uint8_t, token_bytes> bytes;
  random_.fill(bytes);
  return to_hex(bytes);
}

}  // namespace encuentro::client::cli::ui
