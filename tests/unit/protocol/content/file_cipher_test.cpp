#include "protocol/content/file_cipher.h"

#include "protocol/codec/writer.h"
#include "protocol/crypto/aead.h"
#include "protocol/crypto/kdf.h"
#include "protocol/crypto/primitives.h"
#include "tests/support/decoder_checks.h"
#include "tests/support/seeded_random.h"

using namespace encuentro;
using namespace encuentro::tests;
using content::FileCipher;
using content::FileShape;

namespace {

constexpr std::size_t chunk = limits::chunk_bytes;

struct File {
  SeededRandom random;
  content::FileKey key;
  ChannelId channel;
  UploadId upload;
  Bytes bytes;
  FileCipher cipher;

  explicit File(std::size_t size, std::uint64_t seed = 90)
      : random(seed),
        key(fresh_key(random)),
        channel(random.id<ChannelId>()),
        upload(random.id<UploadId>()),
        bytes(size),
        cipher(key, channel, upload, FileShape{size}) {
    random.fill(bytes);
  }
  static content::FileKey fresh_key(SeededRandom& random) {
    std::array<std::uint8_t, 32> bytes{};
    random.fill(bytes);
    return content::FileKey(bytes);
  }

  Bytes sealed(std::uint32_t index) const {
    Bytes buffer(cipher.shape().sealed_bytes(index), 0xee);
    auto part = BytesView(bytes).subspan(cipher.shape().file_bytes(index) == 0 ? 0 : index * chunk,
                                         cipher.shape().file_bytes(index));
    std::copy(part.begin(), part.end(), buffer.begin());
    cipher.seal(index, buffer);
    return buffer;
  }
};

Code opened(const FileCipher& cipher, std::uint32_t index, Bytes buffer) { return code_of(cipher.open(index, buffer)); }

}  // namespace

TEST_CASE("files of every sort of size lie in chunks and come out again") {
  for (std::size_t size :
       {std::size_t{0}, std::size_t{1}, std::size_t{1024}, chunk - 1, chunk, chunk + 1, 3 * chunk, 4 * chunk + 12345}) {
    INFO(size);
    File file(size);
    const FileShape& shape = file.cipher.shape();
    CHECK(shape.padded_bytes() >= std::max<std::size_t>(size, 256));
    Bytes whole;
    for (std::uint32_t i = 0; i < shape.chunks(); ++i) {
      Bytes buffer = file.sealed(i);
      CHECK(buffer.size() <= limits::chunk_sealed_bytes);
      REQUIRE(file.cipher.open(i, buffer));
      whole.insert(whole.end(), buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(shape.file_bytes(i)));
    }
    CHECK(whole == file.bytes);
  }
}

TEST_CASE("the largest file's chunks fit into one list") {
  FileShape shape{content::file_bytes_max};
  CHECK(shape.chunks() == content::file_chunks_max);
  CHECK(shape.padded_bytes() == content::file_bytes_max);
}

TEST_CASE("a chunk at another place, cut, longer or changed is refused") {
  File file(3 * chunk);
  Bytes first = file.sealed(0), last = file.sealed(2);
  CHECK(opened(file.cipher, 0, first) == Code::none);
  CHECK(opened(file.cipher, 1, first) == Code::bad_tag);
  CHECK(opened(file.cipher, 2, first) == Code::bad_tag);
  CHECK(opened(file.cipher, 0, last) == Code::bad_tag);
  CHECK(opened(file.cipher, 0, Bytes(first.begin(), first.end() - 1)) == Code::truncated);
  Bytes longer = first;
  longer.push_back(0);
  CHECK(opened(file.cipher, 0, longer) == Code::too_large);
  first[100] ^= 1;
  CHECK(opened(file.cipher, 0, first) == Code::bad_tag);
}

TEST_CASE("a file cut at a chunk's end is noticed by its last chunk") {
  File file(3 * chunk);
  FileCipher shorter(file.key, file.channel, file.upload, FileShape{2 * chunk});
  CHECK(opened(shorter, 0, file.sealed(0)) == Code::none);
  CHECK(opened(shorter, 1, file.sealed(1)) == Code::bad_tag);
}

TEST_CASE("a chunk of another file, upload or channel is refused") {
  File file(chunk);
  Bytes sealed = file.sealed(0);
  FileCipher upload(file.key, file.channel, file.random.id<UploadId>(), file.cipher.shape());
  CHECK(opened(upload, 0, sealed) == Code::bad_tag);
  FileCipher channel(file.key, file.random.id<ChannelId>(), file.upload, file.cipher.shape());
  CHECK(opened(channel, 0, sealed) == Code::bad_tag);
  FileCipher key(File::fresh_key(file.random), file.channel, file.upload, file.cipher.shape());
  CHECK(opened(key, 0, sealed) == Code::bad_tag);
}

TEST_CASE("padding that isn't zero is refused and nothing of the chunk is left") {
  File file(1000);
  FileCipher larger(file.key, file.channel, file.upload, FileShape{file.cipher.shape().padded_bytes()});
  Bytes buffer(larger.shape().sealed_bytes(0), 0x55);
  larger.seal(0, buffer);
  Status status = file.cipher.open(0, buffer);
  REQUIRE_FALSE(status.has_value());
  CHECK(status.error().code == Code::malformed);
  CHECK(std::count(buffer.begin(), buffer.begin() + 1000, 0) == 1000);
}

TEST_CASE("the list of chunks opens whole, for its own file, and only under its own key") {
  File file(2 * chunk + 5);
  std::vector<BlobId> chunks;
  for (std::uint32_t i = 0; i < file.cipher.shape().chunks(); ++i) chunks.push_back(file.random.id<BlobId>());
  Bytes sealed = file.cipher.seal_list(chunks);
  CHECK(file.cipher.open_list(sealed) == chunks);
  CHECK(code_of(file.cipher.open_list(BytesView(sealed).first(sealed.size() - 1))) == Code::truncated);
  Bytes longer = sealed;
  longer.push_back(0);
  CHECK(code_of(file.cipher.open_list(longer)) == Code::too_large);
  Bytes changed = sealed;
  changed[0] ^= 1;
  CHECK(code_of(file.cipher.open_list(changed)) == Code::bad_tag);
  FileCipher other(file.key, file.channel, file.random.id<UploadId>(), file.cipher.shape());
  CHECK(code_of(other.open_list(sealed)) == Code::bad_tag);
}

TEST_CASE("libsodium and this build's library seal a chunk to the same bytes, as FORMATS writes it") {
  File file(chunk + 7);
  codec::Writer place;
  place.id(file.channel);
  place.id(file.upload);
  place.u32(chunk);
  Secret<39> derived;
  constexpr std::uint8_t zero[1] = {0};
  crypto::hkdf_expand(crypto::HashAlgorithm::sha256, file.key.view(),
                      {as_bytes("Encuentro 1.0 file chunks"), BytesView(zero), place.view()}, derived.span());
  for (std::uint32_t i = 0; i < 2; ++i) {
    codec::Writer nonce;
    nonce.raw(derived.view().subspan(32));
    nonce.u32(i);
    nonce.u8(i == 1 ? 1 : 0);
    Bytes plain(file.cipher.shape().plain_bytes(i));
    std::copy_n(file.bytes.begin() + static_cast<std::ptrdiff_t>(i * chunk), file.cipher.shape().file_bytes(i),
                plain.begin());
    Bytes by_sodium(plain.size() + crypto::aead_tag_bytes);
    crypto::sodium::seal(crypto::AeadAlgorithm::chacha20poly1305, derived.view().first(32), nonce.view(), place.view(),
                         plain, by_sodium.data());
    CHECK(file.sealed(i) == by_sodium);
  }
}
