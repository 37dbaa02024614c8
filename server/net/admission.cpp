#include "server/net/admission.h"

#include <openssl/evp.h>

#include <cstring>

namespace encuentro::server::net {

Admission::Verdict Admission::enter(ConnectionNumber connection, RemoteBucket remote) {
  const auto counted = unproved_by_remote_.find(remote.value);
  if (counted != unproved_by_remote_.end() && counted->second >= before_login_per_remote_max_) return {};
  Verdict verdict{true, std::nullopt};
  if (connection_count_ >= connections_max_) {
    if (unproved_.empty()) return {};
    verdict.evict = *unproved_.begin();
    prove(*verdict.evict);
  }
  ++connection_count_;
  unproved_.insert(connection);
  remote_of_unproved_.emplace(connection.value, remote);
  ++unproved_by_remote_[remote.value];
  return verdict;
}

void Admission::prove(ConnectionNumber connection) {
  const auto found = remote_of_unproved_.find(connection.value);
  if (found == remote_of_unproved_.end()) return;
  const auto counted = unproved_by_remote_.find(found->second.value);
  if (--counted->second == 0) unproved_by_remote_.erase(counted);
  unproved_.erase(connection);
  remote_of_unproved_.erase(found);
}

void Admission::leave(ConnectionNumber connection) {
  prove(connection);
  ENC_CHECK(connection_count_ > 0);
  --connection_count_;
}

RemoteBucket remote_bucket(BytesView address, BytesView secret) {
  static constexpr std::uint8_t mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  if (address.size() == 16 && equal(address.first(12), mapped)) address = address.subspan(12);
  const BytesView prefix = address.first(address.size() == 4 ? 3 : 6);
  Bytes text = to_bytes(secret);
  text.push_back(static_cast<std::uint8_t>(prefix.size()));
  text.insert(text.end(), prefix.begin(), prefix.end());
  std::uint8_t digest[32];
  std::size_t digest_bytes = sizeof digest;
  const int done = EVP_Q_digest(nullptr, "SHA256", nullptr, text.data(), text.size(), digest, &digest_bytes);
  ENC_CHECK(done == 1);
  std::uint64_t value = 0;
  std::memcpy(&value, digest, sizeof value);
  return RemoteBucket{value};
}

}  // namespace encuentro::server::net
