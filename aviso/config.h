// The sender's settings: a file of `key = value` lines as the server's, checked whole before anything starts.
#pragma once

#include <expected>
#include <filesystem>
#include <string>
#include <string_view>

#include "protocol/base/time.h"

namespace encuentro::aviso {

struct Config {
  std::filesystem::path spool;          // the server's
  std::filesystem::path state;          // a folder of its own: its key and what it has sent
  std::string smtp;                     // smtp://HOST[:PORT] or smtps://HOST[:PORT]
  std::string from;                     // the sender's address
  std::string user;                     // of the SMTP server; empty: none is asked for
  std::filesystem::path password_file;  // whose first line is the password
  std::filesystem::path ca_file;        // authorities of the SMTP server; empty: the system's
  bool tls = true;                      // false: in clear, for a server on this machine
  Duration immediate = minutes(15);     // at most one mail in this time for who asked for it at once
  Duration daily = hours(24);
  Duration look = seconds(5);  // between two looks into the spool

  // Errors are sentences that name the line, the key and what is allowed.
  static std::expected<Config, std::string> parse(std::string_view text);
  static std::expected<Config, std::string> load(const std::filesystem::path& file);
};

}  // namespace encuentro::aviso
