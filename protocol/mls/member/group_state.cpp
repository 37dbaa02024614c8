// How a group is stored.
#include "protocol/mls/member/group_state.h"

namespace encuentro::mls::member {

namespace {

constexpr std::uint16_t state_version = 1;
constexpr std::size_t secret_bytes_max = 72;  // a secret of any suite with its header
constexpr std::size_t updates_max = 1024;
constexpr std::uint64_t counter_max = std::uint64_t{1} << 63;  // it only grows: no group comes near

// A secret of the suite's hash length.
template <class Secret>
Status decode_secret(codec::Reader& reader, crypto::Suite suite, Secret& out) {
  TRY(BytesView bytes, reader.opaque(Secret::capacity));
  const std::size_t expected = crypto::parameters(suite).hash_bytes;
  if (bytes.size() != expected) return fail(Code::malformed, "", expected, bytes.size());
  out = Secret(bytes);
  return {};
}

// opaque x<V> in the order of EpochSecrets, without `encryption`.
void encode_epoch_secrets(codec::Writer& writer, const EpochSecrets& secrets) {
  ENC_CHECK(secrets.encryption.empty());
  for (BytesView secret : {secrets.init.view(), secrets.sender_data.view(), secrets.exporter.view(),
                           secrets.external.view(), secrets.confirmation.view(), secrets.membership.view(),
                           secrets.resumption.view(), secrets.authenticator.view()}) {
    writer.opaque(secret);
  }
}

Result<EpochSecrets> decode_epoch_secrets(codec::Reader& reader, crypto::Suite suite) {
  EpochSecrets out;
  TRY_OK(decode_secret(reader, suite, out.init));
  TRY_OK(decode_secret(reader, suite, out.sender_data));
  TRY_OK(decode_secret(reader, suite, out.exporter));
  TRY_OK(decode_secret(reader, suite, out.external));
  TRY_OK(decode_secret(reader, suite, out.confirmation));
  TRY_OK(decode_secret(reader, suite, out.membership));
  TRY_OK(decode_secret(reader, suite, out.resumption));
  TRY_OK(decode_secret(reader, suite, out.authenticator));
  return out;
}

std::size_t encoded_bytes_max(const std::optional<EpochKeys>& keys) {
  if (!keys) return 1;
  return 9 * secret_bytes_max + keys->messages.encoded_bytes_max() + PathKeys::encoded_bytes_max;
}

// optional { EpochSecrets; SecretTree; PathKeys }
void encode_keys(codec::Writer& writer, const std::optional<EpochKeys>& keys) {
  writer.optional(keys, [](codec::Writer& w, const EpochKeys& epoch) {
    encode_epoch_secrets(w, epoch.secrets);
    epoch.messages.encode(w);
    epoch.path.encode(w);
  });
}

Result<std::optional<EpochKeys>> decode_keys(codec::Reader& reader, crypto::Suite suite) {
  return reader.optional<EpochKeys>([&](codec::Reader& r) -> Result<EpochKeys> {
    TRY(EpochSecrets secrets, decode_epoch_secrets(r, suite));
    TRY(SecretTree messages, SecretTree::decode(r, suite));
    TRY(PathKeys path, PathKeys::decode(r));
    return EpochKeys{std::move(secrets), std::move(messages), std::move(path)};
  });
}

void encode_signing_key(codec::Writer& writer, const crypto::SigningKey& key) { writer.opaque(key.seed.view()); }

Result<crypto::SigningKey> decode_signing_key(codec::Reader& reader, crypto::Suite suite) {
  TRY(BytesView seed, reader.opaque(secret_bytes_max));
  return crypto::signing_key_from_seed(suite, seed);
}

Result<std::optional<crypto::SigningKey>> decode_optional_signing_key(codec::Reader& reader, crypto::Suite suite) {
  return reader.optional<crypto::SigningKey>([&](codec::Reader& r) { return decode_signing_key(r, suite); });
}

// struct { opaque group_id<V>; uint64 epoch; opaque secret<V>; } past<V>
void encode_past(codec::Writer& writer, const std::vector<ResumptionPsk>& past) {
  writer.vector(past, [](codec::Writer& w, const ResumptionPsk& psk) {
    w.opaque(psk.group_id);
    w.u64(psk.epoch.value);
    w.opaque(psk.secret.view());
  });
}

Result<std::vector<ResumptionPsk>> decode_past(codec::Reader& reader, crypto::Suite suite) {
  return reader.vector<ResumptionPsk>(limits::mls_vector_bytes_max, past_psks_max,
                                      [&](codec::Reader& r) -> Result<ResumptionPsk> {
                                        ResumptionPsk out;
                                        TRY(out.group_id, decode_opaque(r));
                                        TRY(out.epoch.value, r.u64());
                                        TRY_OK(decode_secret(r, suite, out.secret));
                                        return out;
                                      });
}

// struct { opaque public<V>; opaque private<V>; optional signing_key; } updates<V>
void encode_updates(codec::Writer& writer, const std::vector<HeldUpdate>& updates) {
  writer.vector(updates, [](codec::Writer& w, const HeldUpdate& update) {
    w.opaque(update.encryption_key.view());
    w.opaque(update.private_key.view());
    w.optional(update.signing_key, encode_signing_key);
  });
}

Result<std::vector<HeldUpdate>> decode_updates(codec::Reader& reader, crypto::Suite suite) {
  return reader.vector<HeldUpdate>(limits::mls_vector_bytes_max, updates_max,
                                   [&](codec::Reader& r) -> Result<HeldUpdate> {
                                     HeldUpdate out;
                                     TRY(out.encryption_key, r.opaque_inline<PublicKeyBytes>());
                                     TRY(BytesView key, r.opaque(crypto::HpkePrivateKey::capacity));
                                     out.private_key = crypto::HpkePrivateKey(key);
                                     TRY(out.signing_key, decode_optional_signing_key(r, suite));
                                     return out;
                                   });
}

// opaque message<V>; AuthenticatedContent; optional keys; optional signing_key. What the Commit does to the public
// state is worked out anew when it is loaded.
void encode_pending(codec::Writer& writer, const PendingCommit& pending, const StagedEpoch& epoch) {
  writer.opaque(pending.message);
  epoch.change.commit->encode(writer);
  encode_keys(writer, epoch.keys);
  writer.optional(epoch.signing_key, encode_signing_key);
}

Result<PendingCommit> decode_pending(codec::Reader& reader, PublicGroup& shared) {
  TRY(Bytes message, decode_opaque(reader));
  TRY(AuthenticatedContent content, AuthenticatedContent::decode(reader));
  StagedEpoch epoch;
  TRY(epoch.change, shared.stage(std::move(content), {}));
  TRY(epoch.keys, decode_keys(reader, shared.suite()));
  TRY(epoch.signing_key, decode_optional_signing_key(reader, shared.suite()));
  return PendingCommit{GroupState::staged_commit(std::move(epoch)), std::move(message)};
}

Status demand_fit(const EpochKeys& keys, const RatchetTree& tree, LeafIndex own_leaf) {
  if (keys.messages.leaf_count() != tree.leaf_count() || keys.path.own_leaf() != own_leaf) return fail(Code::malformed);
  return keys.path.check_against(tree);
}

}  // namespace

SecretBytes GroupState::encode() const {
  const StagedEpoch* staged = pending ? pending->staged.epoch_.get() : nullptr;
  codec::Writer readable;
  shared.encode(readable);
  std::size_t bytes_max = 256 + readable.size() + encoded_bytes_max(keys);
  for (const ResumptionPsk& psk : past) bytes_max += 16 + psk.group_id.size() + secret_bytes_max;
  bytes_max += updates.size() * (8 + PublicKeyBytes::capacity + 2 * secret_bytes_max);
  if (staged != nullptr) {
    bytes_max += 2 * pending->message.size() + 1024 + encoded(*staged->change.commit).size() +
                 encoded_bytes_max(staged->keys) + secret_bytes_max;
  }

  codec::Writer writer(bytes_max);
  writer.u16(state_version);
  writer.u64(counter);
  writer.raw(readable.view());
  writer.u32(own_leaf.value);
  encode_signing_key(writer, signing_key);
  writer.u32(options.past_resumption_psks);
  writer.u32(options.padding_multiple);
  encode_keys(writer, keys);
  encode_past(writer, past);
  encode_updates(writer, updates);
  writer.u8(staged != nullptr ? 1 : 0);
  if (staged != nullptr) encode_pending(writer, *pending, *staged);
  // It never grew, so nothing secret was left behind.
  ENC_CHECK(writer.size() <= bytes_max);
  Bytes bytes = writer.take();
  SecretBytes out{BytesView(bytes)};
  wipe(bytes.data(), bytes.size());
  return out;
}

Result<GroupState> GroupState::decode(BytesView input) {
  codec::Reader reader(input);
  TRY(std::uint16_t version, reader.u16());
  if (version != state_version) return fail(Code::unknown_version, "", state_version, version);
  TRY(std::uint64_t counter, reader.u64());
  if (counter > counter_max) return fail(Code::malformed, "", counter_max, counter);
  TRY(PublicGroup shared, PublicGroup::decode(reader));
  const crypto::Suite suite = shared.suite();
  TRY(std::uint32_t own_leaf, reader.u32());
  TRY(crypto::SigningKey signing_key, decode_signing_key(reader, suite));
  GroupState out{.shared = std::move(shared),
                 .own_leaf = {own_leaf},
                 .signing_key = std::move(signing_key),
                 .options = {},
                 .keys = std::nullopt,
                 .past = {},
                 .updates = {},
                 .pending = std::nullopt,
                 .counter = counter};
  TRY(out.options.past_resumption_psks, reader.u32());
  TRY(out.options.padding_multiple, reader.u32());
  if (!out.options.are_bounded()) return fail(Code::malformed);
  TRY(out.keys, decode_keys(reader, suite));
  TRY(out.past, decode_past(reader, suite));
  TRY(out.updates, decode_updates(reader, suite));
  TRY(out.pending, reader.optional<PendingCommit>([&](codec::Reader& r) { return decode_pending(r, out.shared); }));
  TRY_OK(reader.end());
  TRY_OK(out.demand_consistent());
  return out;
}

// What the other operations rely on, whatever bytes were loaded.
Status GroupState::demand_consistent() {
  const RatchetTree& tree = shared.tree();
  const LeafNode* leaf = tree.leaf(own_leaf);
  if (keys && (leaf == nullptr || (*leaf)->signature_key != signing_key.public_key)) return fail(Code::malformed);
  if (keys) TRY_OK(demand_fit(*keys, tree, own_leaf));
  if (!pending) return {};
  StagedEpoch& staged = *pending->staged.epoch_;
  if (!staged.keys) return fail(Code::malformed);
  return shared.with_staged_tree(staged.change, [&](const RatchetTree& next) {
    return demand_fit(*staged.keys, next, staged.change.effect.committer);
  });
}

}  // namespace encuentro::mls::member
