// The key schedule (RFC 9420 §8): from one epoch's init secret to the next one's secrets. Every secret is a
// type of its own, so that none can stand in another's place.
//
//   init_[n-1], commit ──> joiner ──+ psk ──> member ──> welcome (for the Welcome's GroupInfo)
//                                               └─+ GroupContext_[n] ──> epoch ──> EpochSecrets, init_[n]
#pragma once

#include "protocol/crypto/hpke.h"
#include "protocol/mls/member/exporter.h"
#include "protocol/mls/member/psk.h"
#include "protocol/mls/public/group_context.h"

namespace encuentro::mls::member {

using InitSecret = SizedSecret<struct InitSecretTag>;
using CommitSecret = SizedSecret<struct CommitSecretTag>;
using JoinerSecret = SizedSecret<struct JoinerSecretTag>;
// joiner_secret and psk_secret extracted together; the RFC's figure gives it no name.
using MemberSecret = SizedSecret<struct MemberSecretTag>;
using WelcomeSecret = SizedSecret<struct WelcomeSecretTag>;
using EpochSecret = SizedSecret<struct EpochSecretTag>;
using SenderDataSecret = SizedSecret<struct SenderDataSecretTag>;
using EncryptionSecret = SizedSecret<struct EncryptionSecretTag>;
using ExternalSecret = SizedSecret<struct ExternalSecretTag>;
using ConfirmationKey = SizedSecret<struct ConfirmationKeyTag>;
using MembershipKey = SizedSecret<struct MembershipKeyTag>;
using EpochAuthenticator = SizedSecret<struct EpochAuthenticatorTag>;

// `group_context` is the encoded context of the epoch that begins.
JoinerSecret joiner_secret(crypto::Suite suite, const InitSecret& init, const CommitSecret& commit,
                           BytesView group_context);
MemberSecret member_secret(crypto::Suite suite, const JoinerSecret& joiner, const PskSecret& psk);
WelcomeSecret welcome_secret(crypto::Suite suite, const MemberSecret& member);
EpochSecret epoch_secret(crypto::Suite suite, const MemberSecret& member, BytesView group_context);

// A Commit without path has the all-zero commit secret (§12.4.1).
CommitSecret no_commit_secret(crypto::Suite suite);

// Table 4 and the next epoch's init secret. `encryption` is moved into the secret tree (§9) and is then empty.
struct EpochSecrets {
  InitSecret init;
  SenderDataSecret sender_data;
  EncryptionSecret encryption;
  ExporterSecret exporter;
  ExternalSecret external;
  ConfirmationKey confirmation;
  MembershipKey membership;
  ResumptionPskSecret resumption;
  EpochAuthenticator authenticator;

  static EpochSecrets derive(crypto::Suite suite, const EpochSecret& epoch);
};

// Key and nonce of the Welcome's encrypted GroupInfo (§12.4.3.1).
struct WelcomeKey {
  SizedSecret<struct WelcomeKeyTag, 32> key;
  SizedSecret<struct WelcomeNonceTag, 12> nonce;

  static WelcomeKey derive(crypto::Suite suite, const WelcomeSecret& welcome);
};

// external_priv, external_pub (§8).
crypto::HpkeKeyPair external_key_pair(crypto::Suite suite, const ExternalSecret& external);
// §8.3: what an external joiner draws, and what members find in its ExternalInit. Errors: bad_key.
struct ExternalInitSecret {
  Bytes kem_output;
  InitSecret init;
};
Result<ExternalInitSecret> draw_external_init(crypto::Suite suite, BytesView external_pub, Random& random);
Result<InitSecret> receive_external_init(crypto::Suite suite, const ExternalSecret& external, BytesView kem_output);

// MAC(confirmation_key, confirmed_transcript_hash) (§6.1).
Digest confirmation_tag(crypto::Suite suite, const ConfirmationKey& key, const Digest& confirmed_transcript_hash);

}  // namespace encuentro::mls::member
