# One target a folder, explicit file lists, the arrows of docs/ARCHITECTURE.md as link dependencies.

# encuentro_library(NAME SOURCES a.cpp ... LINK other ... [CORE])
# CORE marks folders free of exceptions, threads, files and clocks; they also compile to WebAssembly.
function(encuentro_library name)
  cmake_parse_arguments(ARG "CORE" "" "SOURCES;LINK" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR})
  target_link_libraries(${name} PUBLIC ${ARG_LINK} PRIVATE encuentro_warnings)
  if(ARG_CORE)
    target_compile_options(${name} PRIVATE -fno-exceptions)
  endif()
endfunction()

# encuentro_test(NAME SOURCES a_test.cpp ... LINK lib ... [WASM])
# One Catch2 executable a folder; the tests of a.cpp stand in tests/unit/.../a_test.cpp. WASM: the same
# files also run under node, where each test case is a process of its own. What is tested is compiled as it is shipped;
# the tests themselves quickly: their time is spent in it, and half of a cold build was theirs.
function(encuentro_test name)
  cmake_parse_arguments(ARG "WASM" "" "SOURCES;LINK" ${ARGN})
  if(ENCUENTRO_WASM AND NOT ARG_WASM)
    return()
  endif()
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_LINK} encuentro_catch_main encuentro_warnings)
  target_compile_options(${name} PRIVATE $<$<CONFIG:RelWithDebInfo>:-O0 -g0>)
  add_test(NAME ${name} COMMAND ${ENCUENTRO_TEST_RUNNER} $<TARGET_FILE:${name}>)
endfunction()

# encuentro_program(NAME SOURCES main.cpp ... LINK lib ...): lands in build/bin/; what the linker put into it is told in
# the file named by its property LINK_MAP.
function(encuentro_program name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_LINK} encuentro_warnings)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin
    LINK_MAP ${CMAKE_CURRENT_BINARY_DIR}/${name}.map)
  if(NOT ENCUENTRO_WASM)
    target_link_options(${name} PRIVATE -Wl,-Map=${CMAKE_CURRENT_BINARY_DIR}/${name}.map)
  endif()
endfunction()

# encuentro_fuzzer(NAME SOURCES x_fuzz.cpp LINK lib ...): only with -DENCUENTRO_FUZZ=ON (clang 19).
function(encuentro_fuzzer name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  if(NOT ENCUENTRO_FUZZ)
    return()
  endif()
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_LINK} encuentro_warnings)
  target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/fuzz)
  add_dependencies(fuzzers ${name})
endfunction()
