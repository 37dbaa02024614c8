// How the page's address with its token reaches the browser without standing where others on this machine could read it
// (a program's arguments): a file of the user's own (mode 0600) that leads there.
#pragma once

#include <filesystem>
#include <string>

#include "protocol/base/error.h"

namespace encuentro::client::cli::ui {

// "http://127.0.0.1:PORT/#/enter/TOKEN"; what stands after '#' never leaves the browser.
std::string address_of(const std::string& origin, const std::string& token);

// HOME/ui/PORT.html, made anew whenever the token is another, removed at the end.
class Entrance {
 public:
  Entrance(const std::filesystem::path& home, std::uint16_t port);
  Entrance(const Entrance&) = delete;
  Entrance& operator=(const Entrance&) = delete;
  ~Entrance();

  const std::filesystem::path& file() const { return file_; }
  // Errors: storage_failed, rule "entrance".
  Status write(const std::string& address);

 private:
  std::filesystem::path file_;
};

// Has the desktop open the file (xdg-open), without waiting for a browser. False: it couldn't.
bool open_in_browser(const std::filesystem::path& file);

}  // namespace encuentro::client::cli::ui
