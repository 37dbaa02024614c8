# What every program for WebAssembly is linked with, and how its tests run: under Node 22 with our own WASI shim
# (node:wasi crashes once a module has grown its memory), each test case in an instance of its own.
add_library(encuentro_wasm_runtime OBJECT ${PROJECT_SOURCE_DIR}/tools/wasm/arc4random.c
  ${PROJECT_SOURCE_DIR}/tools/wasm/stack_protector.c)
link_libraries($<$<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>:$<TARGET_OBJECTS:encuentro_wasm_runtime>>)
set(ENCUENTRO_NODE ${PROJECT_SOURCE_DIR}/tools/node/node_modules/.bin/node)
set(ENCUENTRO_TEST_RUNNER ${ENCUENTRO_NODE} ${PROJECT_SOURCE_DIR}/tools/wasm/run_catch.mjs)
set(ENCUENTRO_PROGRAM_RUNNER ${ENCUENTRO_NODE} ${PROJECT_SOURCE_DIR}/tools/wasm/run_wasi.mjs)
