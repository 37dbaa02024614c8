#include "protocol/content/file_cipher.h"

#include <algorithm>

#include "protocol/codec/reader.h"
#include "protocol/codec/writer.h"
#include "protocol/crypto/aead.h"
#include "protocol/crypto/kdf.h"
#include "protocol/record/padding.h"

namespace encuentro::content {
namespace {

constexpr crypto::AeadAlgorithm aead = crypto::AeadAlgorithm::chacha20poly1305;
using Nonce = std::array<std::uint8_t, 12>;

Nonce nonce_of(const std::array<std::uint8_t, 7>& prefix, std::uint32_t index, bool last) {
  Nonce nonce{};
  std::copy(prefix.begin(), prefix.end(), nonce.begin());
  for (std::size_t i = 0; i < 4; ++i) nonce[7 + i] = static_cast<std::uint8_t>(index >> (8 * (3 - i)));
  nonce[11] = last ? 1 : 0;
  return nonce;
}

Bytes place_of(const ChannelId& channel, const UploadId& upload) {
  codec::Writer w;
  w.id(channel);
  w.id(upload);
  w.u32(limits::chunk_bytes);
  return w.take();
}

Status check_length(std::size_t expected, std::size_t got) {
  if (got == expected) return {};
  return fail(got < expected ? Code::truncated : Code::too_large, "chunk", expected, got);
}

}  // namespace

std::uint64_t FileShape::padded_bytes() const { return record::padded_bytes(static_cast<std::size_t>(bytes)); }

std::uint32_t FileShape::chunks() const {
  return static_cast<std::uint32_t>((padded_bytes() + limits::chunk_bytes - 1) / limits::chunk_bytes);
}

std::size_t FileShape::plain_bytes(std::uint32_t index) const {
  std::uint64_t start = std::uint64_t{index} * limits::chunk_bytes;
  return static_cast<std::size_t>(std::min<std::uint64_t>(limits::chunk_bytes, padded_bytes() - start));
}

std::size_t FileShape::file_bytes(std::uint32_t index) const {
  std::uint64_t start = std::uint64_t{index} * limits::chunk_bytes;
  if (start >= bytes) return 0;
  return static_cast<std::size_t>(std::min<std::uint64_t>(limits::chunk_bytes, bytes - start));
}

std::size_t FileShape::sealed_bytes(std::uint32_t index) const { return plain_bytes(index) + crypto::aead_tag_bytes; }

FileCipher::Key FileCipher::derive(const FileKey& key, std::string_view label, BytesView place) {
  constexpr std::uint8_t zero[1] = {0};
  constexpr std::size_t key_bytes = 32;
  Secret<key_bytes + 7, struct ChunkKeyTag> both;
  crypto::hkdf_expand(crypto::HashAlgorithm::sha256, key.view(),
                      {as_bytes("Encuentro 1.0 "), as_bytes(label), BytesView(zero), place}, both.span());
  Key derived{Secret<key_bytes, struct ChunkKeyTag>(both.view().first(key_bytes)), {}};
  BytesView prefix = both.view().subspan(key_bytes);
  std::copy(prefix.begin(), prefix.end(), derived.nonce_prefix.begin());
  return derived;
}

FileCipher::FileCipher(const FileKey& key, const ChannelId& channel, const UploadId& upload, FileShape shape)
    : shape_(shape),
      associated_data_(place_of(channel, upload)),
      chunks_(derive(key, "file chunks", associated_data_)),
      list_(derive(key, "file chunk list", associated_data_)) {
  ENC_CHECK(shape.bytes <= file_bytes_max);
}

void FileCipher::seal(std::uint32_t index, MutableBytes buffer) const {
  ENC_CHECK(index < shape_.chunks() && buffer.size() == shape_.sealed_bytes(index));
  MutableBytes plain = buffer.first(shape_.plain_bytes(index));
  std::fill(plain.begin() + static_cast<std::ptrdiff_t>(shape_.file_bytes(index)), plain.end(), std::uint8_t{0});
  Nonce nonce = nonce_of(chunks_.nonce_prefix, index, index + 1 == shape_.chunks());
  crypto::seal(aead, chunks_.key.view(), nonce, associated_data_, plain, buffer);
}

Status FileCipher::open(std::uint32_t index, MutableBytes buffer) const {
  ENC_CHECK(index < shape_.chunks());
  TRY_OK(check_length(shape_.sealed_bytes(index), buffer.size()));
  MutableBytes plain = buffer.first(shape_.plain_bytes(index));
  Nonce nonce = nonce_of(chunks_.nonce_prefix, index, index + 1 == shape_.chunks());
  if (!crypto::open(aead, chunks_.key.view(), nonce, associated_data_, buffer, plain)) {
    return fail(Code::bad_tag, "chunk", 0, index);
  }
  auto padding = plain.subspan(shape_.file_bytes(index));
  if (std::any_of(padding.begin(), padding.end(), [](std::uint8_t byte) { return byte != 0; })) {
    wipe(plain.data(), plain.size());
    return fail(Code::malformed, "chunk padding", 0, index);
  }
  return {};
}

Bytes FileCipher::seal_list(const std::vector<BlobId>& chunks) const {
  ENC_CHECK(chunks.size() == shape_.chunks());
  codec::Writer w(chunks.size() * BlobId::bytes);
  for (const BlobId& chunk : chunks) w.id(chunk);
  return crypto::seal(aead, list_.key.view(), nonce_of(list_.nonce_prefix, 0, true), associated_data_, w.view());
}

Result<std::vector<BlobId>> FileCipher::open_list(BytesView sealed) const {
  TRY_OK(check_length(shape_.chunks() * BlobId::bytes + crypto::aead_tag_bytes, sealed.size()));
  auto plain = crypto::open(aead, list_.key.view(), nonce_of(list_.nonce_prefix, 0, true), associated_data_, sealed);
  if (!plain) return fail(Code::bad_tag, "chunk list");
  codec::Reader r(plain->view());
  std::vector<BlobId> chunks;
  while (!r.at_end()) {
    TRY(BlobId chunk, r.id<BlobId>());
    chunks.push_back(chunk);
  }
  return chunks;
}

}  // namespace encuentro::content
