#include "bench/primitives.h"

#include "bench/median.h"
#include "protocol/crypto/aead.h"
#include "protocol/crypto/hpke.h"
#include "protocol/crypto/kdf.h"
#include "protocol/crypto/kem.h"
#include "protocol/crypto/signature.h"
#include "protocol/crypto/system_random.h"

namespace encuentro::bench {
namespace {

using namespace crypto;

template <class Measure>
TimesByLength by_length(Measure measure) {
  const Bytes message(static_cast<std::size_t>(TimesByLength::long_bytes), 7);
  auto of = [&](double bytes) { return measure(BytesView(message).first(static_cast<std::size_t>(bytes))); };
  return {of(TimesByLength::short_bytes), of(TimesByLength::middle_bytes), of(TimesByLength::long_bytes)};
}

void measure_keys(Suite suite, PrimitiveTimes& times) {
  SystemRandom random;
  const HpkeKeyPair mine = hpke_generate(suite, random), theirs = hpke_generate(suite, random);
  BytesView private_key = mine.private_key.view();
  times.key_pair = median_us([&] { ENC_CHECK(hpke_public_key(suite, private_key)); });
  times.dh = median_us([&] { ENC_CHECK(diffie_hellman(suite, private_key, theirs.public_key.view())); });
  const SigningKey key = generate_signing_key(suite, random);
  times.sign = by_length(
      [&](BytesView message) { return median_us([&] { ENC_CHECK(!crypto::sign(suite, key, message).empty()); }); });
}

// Another key and signature each time: verifying branches on the signature's digits, and the processor learns those of
// one that comes again and again (4 to 6 % faster), which nobody who checks the members of a group is given.
double verifying_us(Suite suite, BytesView message) {
  struct Signed {
    SignaturePublicKey key;
    Bytes signature;
  };
  SystemRandom random;
  std::vector<Signed> all(message.size() > TimesByLength::middle_bytes ? 16 : 256);
  for (Signed& one : all) {
    const SigningKey key = generate_signing_key(suite, random);
    one = {key.public_key, crypto::sign(suite, key, message)};
  }
  std::size_t next = 0;
  return median_us([&] {
    const Signed& one = all[next++ % all.size()];
    ENC_CHECK(verify(suite, one.key.view(), message, one.signature));
  });
}

void measure_hashes(Suite suite, PrimitiveTimes& times) {
  const Bytes key(32, 1), short_message(64, 2);
  times.hash =
      by_length([&](BytesView message) { return median_us([&] { ENC_CHECK(!hash(suite, {message}).empty()); }); });
  times.hmac_64 = median_us([&] { ENC_CHECK(!mac(suite, key, {short_message}).empty()); });
  const SuiteParameters& p = parameters(suite);
  Bytes out(p.hash_bytes);
  times.hkdf_extract = median_us([&] { hkdf_extract(p.hash, key, key, out); });
  times.hkdf_expand = median_us([&] { expand_with_label(suite, out, "epoch", {}, out); });
}

void measure_sealing(Suite suite, PrimitiveTimes& times) {
  const SuiteParameters& p = parameters(suite);
  const Bytes key(p.aead_key_bytes, 1), nonce(p.aead_nonce_bytes, 2), associated_data(64, 3);
  times.seal = by_length([&](BytesView plaintext) {
    Bytes sealed(plaintext.size() + aead_tag_bytes);
    return median_us([&] { seal(p.aead, key, nonce, associated_data, plaintext, sealed); });
  });
  times.open = by_length([&](BytesView plaintext) {
    Bytes sealed(plaintext.size() + aead_tag_bytes), opened(plaintext.size());
    seal(p.aead, key, nonce, associated_data, plaintext, sealed);
    return median_us([&] { ENC_CHECK(open(p.aead, key, nonce, associated_data, sealed, opened)); });
  });
}

void measure_hpke(Suite suite, PrimitiveTimes& times) {
  SystemRandom random;
  const HpkeKeyPair pair = hpke_generate(suite, random);
  const Bytes context(200, 5), secret(parameters(suite).hash_bytes, 6);
  BytesView public_key = pair.public_key.view();
  const auto sealed = *hpke_seal(suite, public_key, context, {}, secret, random);
  times.hpke_seal = median_us([&] { ENC_CHECK(hpke_seal(suite, public_key, context, {}, secret, random)); });
  times.hpke_open = median_us([&] {
    ENC_CHECK(hpke_open(suite, pair.private_key.view(), public_key, sealed.kem_output, context, {}, sealed.ciphertext));
  });
}

}  // namespace

PrimitiveTimes measure_primitives(Suite suite) {
  PrimitiveTimes times{};
  measure_keys(suite, times);
  times.verify = by_length([&](BytesView message) { return verifying_us(suite, message); });
  measure_hashes(suite, times);
  measure_sealing(suite, times);
  measure_hpke(suite, times);
  return times;
}

}  // namespace encuentro::bench
