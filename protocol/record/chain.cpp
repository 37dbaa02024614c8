#include "protocol/record/chain.h"

#include "protocol/crypto/labelled_hash.h"

namespace encuentro::record {

LogHead log_start(const NetworkId& network, const ChannelId& channel) {
  return {Seq{0}, crypto::labelled_hash("channel log start", network.view(), channel.view())};
}

LogHead log_next(const LogHead& head, BytesView entry) {
  Seq seq = head.seq.next();
  codec::Writer place;
  place.u64(seq.value);
  return {seq, crypto::labelled_hash("channel log", head.hash.view(), place.view(), entry)};
}

}  // namespace encuentro::record
