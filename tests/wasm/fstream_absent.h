// Catch2's main names file streams, which Debian's wasm libc++ (no file system) only declares. They are never opened
// here: results go to standard output.
#pragma once

#include <istream>
#include <ostream>

_LIBCPP_BEGIN_NAMESPACE_STD

template <class Char, class Traits>
class basic_ofstream : public basic_ostream<Char, Traits> {
 public:
  basic_ofstream() : basic_ostream<Char, Traits>(nullptr) {}
  void open(const char*) {}
};

template <class Char, class Traits>
class basic_ifstream : public basic_istream<Char, Traits> {
 public:
  explicit basic_ifstream(const char*) : basic_istream<Char, Traits>(nullptr) {}
  bool is_open() const { return false; }
};

_LIBCPP_END_NAMESPACE_STD
