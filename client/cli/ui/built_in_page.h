// The files that CMake built into the program (cmake/EmbedPage.cmake), ended by one without a name. C, because the
// table is a generated C file.
#pragma once

extern "C" {

struct BuiltInFile {
  const char* name;  // below the web client's folder, with '/'
  const unsigned char* begin;
  const unsigned char* end;
};
extern const struct BuiltInFile encuentro_built_in_page[];
}
