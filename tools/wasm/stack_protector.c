// Debian's compiler-rt for wasm32 was built with the stack protector, whose two names wasi-libc doesn't have. Our own
// code doesn't use it, so a constant guard loses nothing.
#include <stdint.h>

uintptr_t __stack_chk_guard = 0x5eed0ff5;

_Noreturn void __stack_chk_fail(void) { __builtin_trap(); }
