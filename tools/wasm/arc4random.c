// libsodium's source of randomness under WASI. wasi-libc's own would say by printf why it gave up, and printf is a
// hundredth of the module a browser fetches; and what the browser gives needs no second generator.
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

void arc4random_buf(void* to, size_t size) {
  enum { at_once_bytes_max = 256 };  // getentropy gives no more
  for (uint8_t* at = to; size > 0;) {
    const size_t step = size < at_once_bytes_max ? size : at_once_bytes_max;
    if (getentropy(at, step) != 0) __builtin_trap();
    at += step;
    size -= step;
  }
}

uint32_t arc4random(void) {
  uint32_t value = 0;
  arc4random_buf(&value, sizeof value);
  return value;
}
