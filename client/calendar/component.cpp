#include "client/calendar/component.h"

#include <algorithm>

#include "protocol/content/content.h"

namespace encuentro::client::calendar {
namespace {

constexpr std::size_t fold_bytes = 75;

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
bool blank(char c) { return c == ' ' || c == '\t'; }

// The lines of a text with folds taken back (§3.1); ends are CRLF, LF or, in old files, CR.
Result<std::vector<std::string>> unfolded(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end);
    if (text.starts_with("\r\n")) {
      text.remove_prefix(2);
    } else if (!text.empty()) {
      text.remove_prefix(1);
    }
    if (line.empty()) continue;
    bool folded = blank(line.front()) && !lines.empty();
    std::size_t bytes = line.size() + (folded ? lines.back().size() : 0);
    if (bytes > line_bytes_max) return fail(Code::too_large, "line", line_bytes_max, bytes);
    if (folded) {
      lines.back() += line.substr(1);
    } else if (lines.size() == lines_max) {
      return fail(Code::too_large, "lines", lines_max, lines_max + 1);
    } else {
      lines.emplace_back(line);
    }
  }
  return lines;
}

bool is_name(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (upper(c) >= 'A' && upper(c) <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
  });
}

// name *(";" param) ":" value, where a quoted parameter value may hold ':' and ';'.
Result<ContentLine> content_line(const std::string& line) {
  std::size_t name_end = line.find_first_of(";:");
  if (name_end == std::string::npos || !is_name(std::string_view(line).substr(0, name_end))) {
    return fail(Code::malformed, "line");
  }
  bool quoted = false;
  std::size_t colon = name_end;
  for (; colon < line.size() && (quoted || line[colon] != ':'); ++colon) {
    if (line[colon] == '"') quoted = !quoted;
  }
  if (colon == line.size()) return fail(Code::malformed, "line");
  return ContentLine{line.substr(0, name_end), line.substr(name_end, colon - name_end), line.substr(colon + 1)};
}

void put_folded(std::string& out, std::string_view line) {
  std::size_t room = fold_bytes;
  while (line.size() > room) {
    std::size_t cut = room;
    while (cut > 0 && (static_cast<unsigned char>(line[cut]) & 0xc0) == 0x80) --cut;
    out.append(line.substr(0, cut)).append("\r\n ");
    line.remove_prefix(cut);
    room = fold_bytes - 1;
  }
  out.append(line).append("\r\n");
}

void put(std::string& out, const Component& component) {
  put_folded(out, "BEGIN:" + component.name);
  for (const ContentLine& line : component.lines) put_folded(out, line.name + line.parameters + ":" + line.value);
  for (const Component& child : component.children) put(out, child);
  put_folded(out, "END:" + component.name);
}

// Component `innermost` of the path that is open, from the roots down.
Component& opened(std::vector<Component>& roots, std::size_t depth) {
  Component* at = &roots.back();
  for (std::size_t i = 1; i < depth; ++i) at = &at->children.back();
  return *at;
}

Status take(const ContentLine& line, std::vector<Component>& roots, std::size_t& depth, std::size_t& components) {
  if (same_name(line.name, "BEGIN")) {
    if (depth == depth_max) return fail(Code::too_large, "nesting", depth_max, depth + 1);
    if (++components > components_max) return fail(Code::too_large, "components", components_max, components);
    auto& siblings = depth == 0 ? roots : opened(roots, depth).children;
    siblings.push_back({line.value, {}, {}});
    ++depth;
    return {};
  }
  if (depth == 0) return fail(Code::malformed, "nesting");
  Component& open = opened(roots, depth);
  if (!same_name(line.name, "END")) {
    open.lines.push_back(line);
  } else if (!same_name(line.value, open.name)) {
    return fail(Code::malformed, "nesting");
  } else {
    --depth;
  }
  return {};
}

}  // namespace

bool same_name(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return upper(x) == upper(y); });
}

std::string ContentLine::parameter(std::string_view key) const {
  std::string_view rest = parameters;
  while (!rest.empty()) {
    rest.remove_prefix(1);  // ';'
    bool quoted = false;
    std::size_t end = 0;
    for (; end < rest.size() && (quoted || rest[end] != ';'); ++end) {
      if (rest[end] == '"') quoted = !quoted;
    }
    std::string_view one = rest.substr(0, end);
    rest.remove_prefix(end);
    std::size_t equals = one.find('=');
    if (equals == std::string_view::npos || !same_name(one.substr(0, equals), key)) continue;
    std::string found(one.substr(equals + 1));
    std::erase(found, '"');
    return found;
  }
  return {};
}

const ContentLine* Component::find(std::string_view property) const {
  auto found = std::find_if(lines.begin(), lines.end(), [&](const auto& l) { return same_name(l.name, property); });
  return found == lines.end() ? nullptr : &*found;
}

std::vector<const ContentLine*> Component::all(std::string_view property) const {
  std::vector<const ContentLine*> found;
  for (const ContentLine& line : lines) {
    if (same_name(line.name, property)) found.push_back(&line);
  }
  return found;
}

std::string Component::value(std::string_view property) const {
  const ContentLine* line = find(property);
  return line == nullptr ? std::string() : line->value;
}

void Component::set(std::string_view property, std::string parameters, std::string value) {
  auto named = [&](const ContentLine& line) { return same_name(line.name, property); };
  auto first = std::find_if(lines.begin(), lines.end(), named);
  if (first == lines.end()) {
    lines.push_back({std::string(property), std::move(parameters), std::move(value)});
    return;
  }
  *first = {std::string(property), std::move(parameters), std::move(value)};
  lines.erase(std::remove_if(first + 1, lines.end(), named), lines.end());
}

void Component::erase(std::string_view property) {
  std::erase_if(lines, [&](const ContentLine& line) { return same_name(line.name, property); });
}

Result<std::vector<Component>> parse_file(std::string_view text) {
  if (text.size() > file_bytes_max) return fail(Code::too_large, "file", file_bytes_max, text.size());
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  if (!content::is_utf8(as_bytes(text))) return fail(Code::malformed, "utf-8");
  if (text.find('\0') != std::string_view::npos) return fail(Code::malformed, "NUL");
  TRY(auto lines, unfolded(text));
  std::vector<Component> roots;
  std::size_t depth = 0, components = 0;
  for (const std::string& line : lines) {
    TRY(ContentLine parsed, content_line(line));
    TRY_OK(take(parsed, roots, depth, components));
  }
  if (depth != 0) return fail(Code::malformed, "nesting");
  bool calendars =
      std::all_of(roots.begin(), roots.end(), [](const auto& r) { return same_name(r.name, "VCALENDAR"); });
  if (roots.empty() || !calendars) return fail(Code::malformed, "VCALENDAR");
  return roots;
}

Result<Component> parse_calendar(std::string_view text) {
  TRY(auto roots, parse_file(text));
  if (roots.size() != 1) return fail(Code::malformed, "VCALENDAR", 1, roots.size());
  return std::move(roots.front());
}

std::string print(const Component& component) {
  std::string out;
  put(out, component);
  return out;
}

std::string text_escaped(std::string_view text) {
  std::string value;
  for (char c : text) {
    if (c == '\r') continue;
    if (c == '\\' || c == ';' || c == ',') value.push_back('\\');
    if (c == '\n') {
      value += "\\n";
    } else {
      value.push_back(c);
    }
  }
  return value;
}

std::string text_unescaped(std::string_view value) {
  std::string text;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] != '\\' || i + 1 == value.size()) {
      text.push_back(value[i]);
      continue;
    }
    char c = value[++i];
    text.push_back(c == 'n' || c == 'N' ? '\n' : c);
  }
  return text;
}

}  // namespace encuentro::client::calendar
