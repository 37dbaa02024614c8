// Sizes: a file at most 600 lines (typical 80 to 300), a function at most 70, a line at most 120 characters.
#pragma once

#include "tests/tidy/repository.h"

namespace encuentro::tidy {

inline constexpr std::size_t file_lines_max = 600;
inline constexpr std::size_t file_lines_wanted = 400;
inline constexpr std::size_t function_lines_max = 70;
inline constexpr std::size_t line_characters_max = 120;

// Rules: `file-lines`, `line-length`, `function-lines`.
Findings check_shape(const File& file);

struct Function {
  std::string head;  // what stands before its brace
  std::size_t line;  // of the head's end
  std::size_t lines;
};

// The functions of a C++ text by their braces; lambdas count as part of the function around them.
std::vector<Function> functions_of(std::string_view text);

}  // namespace encuentro::tidy
