#include "aviso/config.h"

#include <array>
#include <charconv>
#include <fstream>
#include <iterator>
#include <set>

#include "protocol/api/notice_address.h"

namespace encuentro::aviso {

namespace {

using Outcome = std::expected<void, std::string>;
using Setter = Outcome (*)(Config&, std::string_view);

std::string_view trimmed(std::string_view text) {
  static constexpr std::string_view blank = " \t\r";
  const auto first = text.find_first_not_of(blank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

template <class T>
Outcome set_text(T& place, std::string_view value) {
  if (value.empty()) return std::unexpected("is empty");
  place = std::string(value);
  return {};
}

Outcome set_seconds(Duration& place, std::string_view value) {
  constexpr unsigned most = 7 * 24 * 3600;
  unsigned count = 0;
  const auto [end, failed] = std::from_chars(value.data(), value.data() + value.size(), count);
  if (failed != std::errc{} || end != value.data() + value.size() || count < 1 || count > most) {
    return std::unexpected("is not a whole number from 1 to " + std::to_string(most));
  }
  place = seconds(count);
  return {};
}

Outcome set_smtp(Config& config, std::string_view value) {
  const bool scheme = value.starts_with("smtp://") || value.starts_with("smtps://");
  const std::string_view host = scheme ? value.substr(value.find("//") + 2) : std::string_view{};
  if (host.empty() || host.find_first_of("/@? ") != std::string_view::npos) {
    return std::unexpected("is not smtp://HOST[:PORT] or smtps://HOST[:PORT]");
  }
  config.smtp = std::string(value);
  return {};
}

Outcome set_from(Config& config, std::string_view value) {
  if (!api::check_mail_address(value)) return std::unexpected("is not a mail address");
  config.from = std::string(value);
  return {};
}

Outcome set_tls(Config& config, std::string_view value) {
  if (value != "yes" && value != "no") return std::unexpected("is not yes or no");
  config.tls = value == "yes";
  return {};
}

struct Key {
  std::string_view name;
  Setter set;
};
constexpr std::array<Key, 11> keys = {{
    {"spool", [](Config& c, std::string_view v) { return set_text(c.spool, v); }},
    {"state", [](Config& c, std::string_view v) { return set_text(c.state, v); }},
    {"smtp", set_smtp},
    {"from", set_from},
    {"user", [](Config& c, std::string_view v) { return set_text(c.user, v); }},
    {"password-file", [](Config& c, std::string_view v) { return set_text(c.password_file, v); }},
    {"ca-file", [](Config& c, std::string_view v) { return set_text(c.ca_file, v); }},
    {"tls", set_tls},
    {"immediate-seconds", [](Config& c, std::string_view v) { return set_seconds(c.immediate, v); }},
    {"daily-seconds", [](Config& c, std::string_view v) { return set_seconds(c.daily, v); }},
    {"look-seconds", [](Config& c, std::string_view v) { return set_seconds(c.look, v); }},
}};

Outcome set(Config& config, std::string_view name, std::string_view value) {
  std::string known;
  for (const Key& key : keys) {
    known.append(known.empty() ? "" : ", ").append(key.name);
    if (key.name != name) continue;
    const Outcome done = key.set(config, value);
    if (!done) return std::unexpected(std::string(name) + " = " + std::string(value) + ": " + done.error());
    return {};
  }
  return std::unexpected("there is no setting '" + std::string(name) + "' (known: " + known + ")");
}

Outcome check(const Config& config) {
  if (config.spool.empty()) return std::unexpected("spool is missing: the folder the server writes notices into");
  if (config.state.empty()) return std::unexpected("state is missing: the folder for the key and what was sent");
  if (config.smtp.empty()) return std::unexpected("smtp is missing: the server that takes mails");
  if (config.from.empty()) return std::unexpected("from is missing: the address mails come from");
  if (config.user.empty() != config.password_file.empty()) {
    return std::unexpected("user and password-file belong together: one of them is missing");
  }
  return {};
}

}  // namespace

std::expected<Config, std::string> Config::parse(std::string_view text) {
  Config config;
  std::set<std::string, std::less<>> seen;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = text.find('\n');
    const std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.empty() || line.starts_with('#')) continue;
    const auto refuse = [number](const std::string& why) {
      return std::unexpected("line " + std::to_string(number) + ": " + why);
    };
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos) return refuse("not of the form key = value");
    const std::string_view name = trimmed(line.substr(0, equals));
    if (!seen.emplace(name).second) return refuse(std::string(name) + " stands here for the second time");
    if (const Outcome done = set(config, name, trimmed(line.substr(equals + 1))); !done) return refuse(done.error());
  }
  if (const Outcome whole = check(config); !whole) return std::unexpected(whole.error());
  return config;
}

std::expected<Config, std::string> Config::load(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (!in) return std::unexpected("can't read " + file.string());
  auto config = parse(text);
  if (!config) return std::unexpected(file.string() + ", " + config.error());
  return config;
}

}  // namespace encuentro::aviso
