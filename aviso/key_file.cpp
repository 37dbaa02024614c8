#include "aviso/key_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>

#include "protocol/api/notice_calls.h"
#include "protocol/codec/base64url.h"

namespace encuentro::aviso {

namespace {

namespace fs = std::filesystem;
using Failure = std::unexpected<std::string>;

constexpr std::size_t private_bytes = api::notice_key_bytes;
constexpr std::size_t private_chars = codec::base64url_chars(private_bytes);

fs::path key_path(const fs::path& folder) { return folder / "key"; }

std::expected<crypto::HpkeKeyPair, std::string> pair_of(SecretBytes bytes, const fs::path& file) {
  auto public_key = crypto::hpke_public_key(crypto::encuentro_suite, bytes.view());
  if (!public_key) return Failure(file.string() + " holds no key");
  return crypto::HpkeKeyPair{crypto::HpkePrivateKey(bytes.view()), *public_key};
}

}  // namespace

std::expected<crypto::HpkeKeyPair, std::string> load_key(const fs::path& folder) {
  const fs::path path = key_path(folder);
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return Failure("can't read " + path.string() + ": `encuentro-aviso key` makes one");
  struct stat facts{};
  std::array<char, private_chars> text{};
  const bool known = ::fstat(file, &facts) == 0;
  const bool whole = ::read(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  ::close(file);
  if (!known || (facts.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return Failure(path.string() + " may be read by others: chmod 600");
  }
  SecretBytes bytes(private_bytes);
  const bool formed = whole && codec::from_base64url(std::string_view(text.data(), text.size()), bytes.span());
  wipe(reinterpret_cast<std::uint8_t*>(text.data()), text.size());
  if (!formed) return Failure(path.string() + " holds no key");
  return pair_of(std::move(bytes), path);
}

std::expected<crypto::HpkeKeyPair, std::string> load_or_make_key(const fs::path& folder, Random& random) {
  const fs::path path = key_path(folder);
  std::error_code failed;
  if (fs::exists(path, failed)) return load_key(folder);
  const bool fresh = fs::create_directories(folder, failed);
  if (fresh && !failed) fs::permissions(folder, fs::perms::owner_all, failed);
  if (failed) return Failure("can't make " + folder.string() + ": " + failed.message());
  auto pair = crypto::hpke_generate(crypto::encuentro_suite, random);
  std::array<std::uint8_t, private_chars + 1> text{};
  codec::to_base64url(pair.private_key.view(), MutableBytes(text).first(private_chars));
  text.back() = '\n';
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  bool written = file >= 0 && ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  written = file >= 0 && ::fsync(file) == 0 && written;
  if (file >= 0) written = ::close(file) == 0 && written;
  wipe(text.data(), text.size());
  if (!written) return Failure("can't write " + path.string());
  return pair;
}

}  // namespace encuentro::aviso
