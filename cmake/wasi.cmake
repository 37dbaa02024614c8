# Toolchain for WebAssembly: clang 19 with Debian's libc++ and wasi-libc for wasm32. No exceptions (that libc++ has
# none), no RTTI, no threads. Programs are commands by default, as the tests are; the browser's core is a reactor
# and says so on its target (-mexec-model=reactor).
list(APPEND CMAKE_MODULE_PATH ${CMAKE_CURRENT_LIST_DIR})
set(CMAKE_SYSTEM_NAME WASI)
set(CMAKE_SYSTEM_PROCESSOR wasm32)
set(CMAKE_C_COMPILER clang-19)
set(CMAKE_CXX_COMPILER clang++-19)
set(CMAKE_C_COMPILER_TARGET wasm32-wasi)
set(CMAKE_CXX_COMPILER_TARGET wasm32-wasi)
set(CMAKE_AR /usr/bin/llvm-ar-19 CACHE FILEPATH "")
set(CMAKE_RANLIB /usr/bin/llvm-ranlib-19 CACHE FILEPATH "")

set(CMAKE_C_FLAGS_INIT "-fno-exceptions -D_WASI_EMULATED_SIGNAL")
set(CMAKE_CXX_FLAGS_INIT "-fno-exceptions -fno-rtti -stdlib=libc++ -D_WASI_EMULATED_SIGNAL")
set(CMAKE_C_FLAGS_RELEASE "-O2 -DNDEBUG" CACHE STRING "")
# Ours for size: it is fetched over slow lines. What takes time is libsodium's, which is C.
set(CMAKE_CXX_FLAGS_RELEASE "-Oz -DNDEBUG" CACHE STRING "")
# The stack lies before the data: running over it traps instead of writing into variables.
set(CMAKE_EXE_LINKER_FLAGS_INIT
    "-Wl,--gc-sections -Wl,--stack-first -Wl,-z,stack-size=1048576 -lwasi-emulated-signal")

# Nothing of the machine's own headers or libraries: they are for another processor.
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
