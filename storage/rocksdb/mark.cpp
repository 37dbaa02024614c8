#include "storage/rocksdb/mark.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <optional>
#include <utility>

#include "storage/rocksdb/keys.h"

namespace encuentro::storage::rocks {
namespace {

constexpr std::string_view magic = "ENCMARK1";
constexpr std::string_view magic_without_version = "ENCMARK";
constexpr std::size_t slot_bytes = 512;  // a disk sector: the unit that is written whole or not
constexpr std::size_t used_bytes = 40;

struct Slot {
  std::uint64_t count = 0;
  Mark::Value value;
};

std::uint64_t fnv1a(std::string_view bytes) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char byte : bytes) hash = (hash ^ static_cast<std::uint8_t>(byte)) * 0x100000001b3;
  return hash;
}

std::string encode(const Slot& slot) {
  std::string bytes(magic);
  bytes += encode_number(slot.count) + encode_number(slot.value.generation) + encode_number(slot.value.sequence);
  bytes += encode_number(fnv1a(bytes));
  return bytes;
}

std::optional<Slot> decode(std::string_view bytes) {
  if (bytes.size() < used_bytes || !bytes.starts_with(magic)) return std::nullopt;
  const auto number = [bytes](std::size_t index) { return *decode_number(bytes.substr(8 * index, 8)); };
  if (number(4) != fnv1a(bytes.substr(0, 32))) return std::nullopt;
  return Slot{number(1), {number(2), number(3)}};
}

Error system_error() { return {errno == ENOSPC ? Code::storage_full : Code::storage_failed}; }

Status write_slot(int descriptor, const Slot& slot) {
  std::string bytes = encode(slot);
  bytes.resize(slot_bytes);
  const auto offset = static_cast<off_t>(slot.count % 2 * slot_bytes);
  if (::pwrite(descriptor, bytes.data(), bytes.size(), offset) != static_cast<ssize_t>(bytes.size())) {
    return std::unexpected(system_error());
  }
  return {};
}

Result<Slot> read_newest(int descriptor) {
  char bytes[2 * slot_bytes] = {};
  const ssize_t size = ::pread(descriptor, bytes, sizeof bytes, 0);
  if (size < 0) return std::unexpected(system_error());
  std::optional<Slot> newest;
  bool other_version = false;
  for (std::size_t i = 0; i < 2 && static_cast<std::size_t>(size) >= i * slot_bytes + used_bytes; ++i) {
    const std::string_view slot_view(bytes + i * slot_bytes, used_bytes);
    const auto slot = decode(slot_view);
    if (slot && (!newest || slot->count > newest->count)) newest = slot;
    other_version |= slot_view.starts_with(magic_without_version) && !slot_view.starts_with(magic);
  }
  if (other_version) return fail(Code::unknown_version);
  if (!newest) return fail(Code::storage_failed, "R81");
  return *newest;
}

int open_file(const std::string& path, int flags) { return ::open(path.c_str(), flags | O_CLOEXEC, 0600); }

}  // namespace

Status Mark::create(const std::string& path, Value value) {
  const int descriptor = open_file(path, O_RDWR | O_CREAT | O_TRUNC);
  if (descriptor < 0) return std::unexpected(system_error());
  Status written = write_slot(descriptor, {0, value});
  if (written) written = write_slot(descriptor, {1, value});
  if (written && ::fsync(descriptor) != 0) written = std::unexpected(system_error());
  ::close(descriptor);
  if (!written) return written;
  const int directory = open_file(std::filesystem::path(path).parent_path(), O_RDONLY | O_DIRECTORY);
  if (directory < 0) return std::unexpected(system_error());
  if (::fsync(directory) != 0) written = std::unexpected(system_error());
  ::close(directory);
  return written;
}

Result<Mark> Mark::open(const std::string& path) {
  const int descriptor = open_file(path, O_RDWR);
  if (descriptor < 0) return errno == ENOENT ? fail(Code::not_found) : std::unexpected(system_error());
  const auto newest = read_newest(descriptor);
  if (!newest) {
    ::close(descriptor);
    return std::unexpected(newest.error());
  }
  return Mark(descriptor, newest->value, newest->count);
}

Result<Mark::Value> Mark::read(const std::string& path) {
  const int descriptor = open_file(path, O_RDONLY);
  if (descriptor < 0) return errno == ENOENT ? fail(Code::not_found) : std::unexpected(system_error());
  const auto newest = read_newest(descriptor);
  ::close(descriptor);
  if (!newest) return std::unexpected(newest.error());
  return newest->value;
}

Mark::Mark(Mark&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      value_(other.value_),
      count_(other.count_),
      unsynced_(other.unsynced_) {}

Mark& Mark::operator=(Mark&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  value_ = other.value_;
  count_ = other.count_;
  unsynced_ = other.unsynced_;
  return *this;
}

Mark::~Mark() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Status Mark::write(Value value) {
  TRY_OK(write_slot(descriptor_, {count_ + 1, value}));
  ++count_;
  value_ = value;
  unsynced_ = true;
  return {};
}

Status Mark::sync() {
  if (!unsynced_) return {};
  if (::fdatasync(descriptor_) != 0) return std::unexpected(system_error());
  unsynced_ = false;
  return {};
}

}  // namespace encuentro::storage::rocks
