# cmake -DFOLDER=web/dist -DOUT=built_in_page.c -P EmbedPage.cmake: writes a C file that holds the page's files, as they
# are (.incbin), for client/cli/ui/built_in_page.h. Only when something changed: each line carries the file's hash. The
# core in WebAssembly and the compressed copies stay out: behind `encuentro ui` nothing needs them.
set(names "")
if(EXISTS ${FOLDER}/index.html)
  file(GLOB_RECURSE names RELATIVE ${FOLDER} ${FOLDER}/*)
  list(FILTER names EXCLUDE REGEX "\\.(br|wasm)$")
  list(SORT names)
endif()

set(bytes "")
set(table "")
set(number 0)
foreach(name IN LISTS names)
  file(SHA256 ${FOLDER}/${name} hash)
  string(APPEND bytes "// ${hash}
__asm__(\".section .rodata\\n.balign 16\\nencuentro_page_${number}: .incbin \\\"${FOLDER}/${name}\\\"\\n\"
        \"encuentro_page_${number}_end: .byte 0\\n.previous\\n\");
extern const unsigned char encuentro_page_${number}[], encuentro_page_${number}_end[];\n")
  string(APPEND table "  {\"${name}\", encuentro_page_${number}, encuentro_page_${number}_end},\n")
  math(EXPR number "${number} + 1")
endforeach()

set(text "// Made by cmake/EmbedPage.cmake of ${number} files.
struct BuiltInFile {
  const char* name;
  const unsigned char *begin, *end;
};
extern const struct BuiltInFile encuentro_built_in_page[];
${bytes}const struct BuiltInFile encuentro_built_in_page[] = {
${table}  {0, 0, 0},
};
")
set(before "")
if(EXISTS ${OUT})
  file(READ ${OUT} before)
endif()
if(NOT before STREQUAL text)
  file(WRITE ${OUT} "${text}")
endif()
