// The reactor's exports: bytes in, bytes out. The host writes a call at enc_alloc(n), calls enc_call, and reads
// enc_answer's bytes before the next call. Any call may grow the memory, so the host makes its views anew.
#include <__verbose_abort>
#include <cstdlib>

#include "client/wasm/door.h"
#include "protocol/crypto/system_random.h"

namespace {

using namespace encuentro;

client::core::Options browser_options() {
  client::core::Options options;
  options.device_kind = roster::DeviceKind::browser;
  return options;
}

struct World {
  crypto::SystemRandom random;
  client::wasm::Door door{random, browser_options()};
  Bytes answer;
};
World& world() {
  static World one;
  return one;
}

}  // namespace

// libc++'s own two say why, by printf and a demangler; the trap is told to the worker anyway.
[[noreturn]] void std::__libcpp_verbose_abort(const char*, ...) { __builtin_trap(); }

void* operator new(std::size_t size) {
  void* memory = std::malloc(size);
  if (memory == nullptr) __builtin_trap();
  return memory;
}

#define ENC_EXPORT(name) extern "C" __attribute__((export_name(#name), used))

ENC_EXPORT(enc_alloc) void* enc_alloc(std::size_t size) { return std::malloc(size); }

// Calls hold passphrases: nothing of them stays behind.
ENC_EXPORT(enc_free) void enc_free(void* data, std::size_t size) {
  wipe(data, size);
  std::free(data);
}

// The answer's length.
ENC_EXPORT(enc_call) std::size_t enc_call(const std::uint8_t* data, std::size_t size) {
  World& here = world();
  wipe(here.answer.data(), here.answer.size());
  here.answer = here.door.call({data, size});
  return here.answer.size();
}

ENC_EXPORT(enc_answer) const std::uint8_t* enc_answer() { return world().answer.data(); }
