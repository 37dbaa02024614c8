# The command as one file for any Linux with glibc: libraries are taken in their static form, glibc stays outside,
# because only the machine's own can look up names as that machine does (docs/decisions, 0014).
set(CMAKE_FIND_LIBRARY_SUFFIXES .a)
set(OPENSSL_USE_STATIC_LIBS ON)
add_link_options(-static-libstdc++ -static-libgcc)

# encuentro_portable(PROGRAM): bin/PROGRAM-portable, stripped; the build fails if it needs more than glibc.
function(encuentro_portable program)
  set(portable ${CMAKE_BINARY_DIR}/bin/${program}-portable)
  add_custom_command(OUTPUT ${portable}
    COMMAND ${CMAKE_STRIP} -o ${portable} $<TARGET_FILE:${program}>
    COMMAND ${CMAKE_COMMAND} -DPROGRAM=${portable} -P ${PROJECT_SOURCE_DIR}/cmake/PortableCheck.cmake
    DEPENDS ${program}
    COMMENT "")
  add_custom_target(${program}-portable ALL DEPENDS ${portable})
endfunction()
