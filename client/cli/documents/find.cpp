#include "client/cli/documents/find.h"

#include <algorithm>
#include <charconv>

namespace encuentro::client::cli {
namespace {

constexpr std::size_t prefix_digits_min = 4;

bool begins(const RecordId& id, std::string_view words) {
  if (words.size() < prefix_digits_min) return false;
  std::string lower(words);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c; });
  return to_hex(id.view()).starts_with(lower);
}

bool has_id(const views::Document& document, std::string_view words) {
  return begins(document.id, words) || std::any_of(document.versions.begin(), document.versions.end(),
                                                   [&](const views::Version& v) { return begins(v.id, words); });
}

bool is_called(const views::Library& library, const views::Document& document, std::string_view words) {
  if (library.hidden(document)) return false;
  std::string path = library.path(document.folder);
  return document.name == words || path + "/" + document.name == words;
}

// The document that a path through doors names; nothing where it passes none.
Result<std::optional<FoundDocument>> behind_doors(const core::Core& core, const ChannelId& channel,
                                                  std::string_view words) {
  auto names = path_names(words);
  if (!names || names->size() < 2) return std::optional<FoundDocument>();
  std::string name = std::move(names->back());
  names->pop_back();
  TRY(auto way, views::passage(core, channel, *names));
  if (way.channel == channel || !way.remaining.empty()) return std::optional<FoundDocument>();
  views::Library library = views::library(core, way.channel);
  for (const views::Document& document : library.documents) {
    bool is_it = document.folder == way.folder && document.name == name && !library.hidden(document);
    if (is_it) return std::optional(FoundDocument{way.channel, library, document});
  }
  return std::optional<FoundDocument>();
}

}  // namespace

Result<FoundDocument> document_named(const core::Core& core, std::string_view words) {
  std::optional<FoundDocument> named, by_id;
  bool named_twice = false, id_twice = false, shut = false;
  for (const ChannelId& channel : core.channels()) {
    auto behind = behind_doors(core, channel, words);
    shut = shut || !behind;
    if (behind && *behind) {
      named_twice = named_twice || named.has_value();
      named = std::move(**behind);
    }
    views::Library library = views::library(core, channel);
    for (const views::Document& document : library.documents) {
      if (has_id(document, words)) {
        id_twice = by_id.has_value();
        by_id = FoundDocument{channel, library, document};
      } else if (is_called(library, document, words)) {
        named_twice = named_twice || named.has_value();
        named = FoundDocument{channel, library, document};
      }
    }
  }
  if (named ? named_twice : id_twice) return fail(Code::ambiguous, "document");
  if (named) return std::move(*named);
  if (!by_id) return fail(shut ? Code::not_admitted : Code::not_found, "document");
  return std::move(*by_id);
}

Result<views::Version> version_named(const views::Document& document, std::string_view words) {
  std::optional<views::Version> found;
  for (const views::Version& version : document.versions) {
    if (!begins(version.id, words)) continue;
    if (found) return fail(Code::ambiguous, "version");
    found = version;
  }
  if (found) return std::move(*found);
  std::size_t number = 0;
  auto [end, error] = std::from_chars(words.data(), words.data() + words.size(), number);
  bool listed = error == std::errc() && end == words.data() + words.size() && number >= 1;
  if (!listed || number > document.versions.size()) return fail(Code::not_found, "version");
  return document.versions[number - 1];
}

Result<views::Version> version_of_any(const views::Library& library, std::string_view words) {
  std::optional<views::Version> found;
  for (const views::Document& document : library.documents) {
    for (const views::Version& version : document.versions) {
      if (!begins(version.id, words)) continue;
      if (found) return fail(Code::ambiguous, "version");
      found = version;
    }
  }
  if (!found) return fail(Code::not_found, "version");
  return std::move(*found);
}

Result<views::Version> current_version(const views::Document& document) {
  if (document.conflict()) return fail(Code::ambiguous, "version");
  return document.current();
}

Result<views::Version> wanted_version(const views::Document& document, std::string_view words) {
  auto named = version_named(document, words);
  if (named && named->id != document.id) return named;
  return current_version(document);
}

Result<std::vector<std::string>> path_names(std::string_view path) {
  std::vector<std::string> names;
  while (!path.empty()) {
    std::size_t slash = std::min(path.find('/'), path.size());
    std::string_view name = path.substr(0, slash);
    path.remove_prefix(std::min(slash + 1, path.size()));
    if (name.empty()) continue;
    if (!content::is_file_name(name)) return fail(Code::malformed, "folder");
    names.emplace_back(name);
  }
  return names;
}

}  // namespace encuentro::client::cli
