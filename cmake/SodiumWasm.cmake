# sodium_wasm: libsodium compiled to WebAssembly from Debian's source package (tools/wasm/fetch_libsodium.sh).
# No HAVE_TI_MODE and no -msimd128: both were measured to make it slower here (X25519 by 2.7, ChaCha20 by 2).
set(SODIUM_SOURCE ${PROJECT_SOURCE_DIR}/.cache/libsodium/source)
if(NOT EXISTS ${PROJECT_SOURCE_DIR}/.cache/libsodium/complete)
  message(FATAL_ERROR "libsodium's source is not there: run ./dev install wasm")
endif()

block()
file(STRINGS ${SODIUM_SOURCE}/configure.ac configure_lines REGEX "AC_INIT|SODIUM_LIBRARY_VERSION_(MAJOR|MINOR)=")
foreach(line IN LISTS configure_lines)
  if(line MATCHES "AC_INIT\\(\\[libsodium\\],\\[([0-9.]+)\\]")
    set(VERSION ${CMAKE_MATCH_1})
  elseif(line MATCHES "(SODIUM_LIBRARY_VERSION_M[A-Z]+)=([0-9]+)")
    set(${CMAKE_MATCH_1} ${CMAKE_MATCH_2})
  endif()
endforeach()
set(SODIUM_LIBRARY_MINIMAL_DEF "")
set(sodium_include ${CMAKE_BINARY_DIR}/sodium/include)
file(COPY ${SODIUM_SOURCE}/src/libsodium/include/sodium.h DESTINATION ${sodium_include})
file(COPY ${SODIUM_SOURCE}/src/libsodium/include/sodium DESTINATION ${sodium_include} FILES_MATCHING PATTERN "*.h")
configure_file(${SODIUM_SOURCE}/src/libsodium/include/sodium/version.h.in ${sodium_include}/sodium/version.h @ONLY)

endblock()

set(sodium_include ${CMAKE_BINARY_DIR}/sodium/include)
file(GLOB_RECURSE sodium_files ${SODIUM_SOURCE}/src/libsodium/*.c)
list(FILTER sodium_files EXCLUDE REGEX "aesni|armcrypto|sandy2x|librdrand|neonsha3")
# tools/wasm/ed25519_base.c says why.
add_library(sodium_wasm STATIC ${sodium_files} ${PROJECT_SOURCE_DIR}/tools/wasm/ed25519_base.c)
set_source_files_properties(${SODIUM_SOURCE}/src/libsodium/crypto_core/ed25519/ref10/ed25519_ref10.c PROPERTIES
  COMPILE_DEFINITIONS ge25519_scalarmult_base=ge25519_scalarmult_base_by_table)
target_include_directories(sodium_wasm SYSTEM PUBLIC ${sodium_include})
target_include_directories(sodium_wasm PRIVATE ${sodium_include}/sodium
  ${SODIUM_SOURCE}/src/libsodium/include/sodium/private)
target_compile_definitions(sodium_wasm PUBLIC SODIUM_STATIC PRIVATE CONFIGURED=1 NATIVE_LITTLE_ENDIAN=1
  HAVE_CLOCK_GETTIME HAVE_NANOSLEEP HAVE_POSIX_MEMALIGN HAVE_SYS_PARAM_H HAVE_GETENTROPY HAVE_SYS_RANDOM_H)
target_compile_options(sodium_wasm PRIVATE -w)
