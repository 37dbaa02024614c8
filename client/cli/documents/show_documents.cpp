#include "client/cli/documents/show_documents.h"

#include <set>

#include "client/cli/clock.h"
#include "client/cli/show.h"

namespace encuentro::client::cli {
namespace {

using nlohmann::json;

constexpr std::size_t short_id_digits = 8;

std::string short_id(const RecordId& id) { return hex(id.view()).substr(0, short_id_digits); }

json author_of(const Telling& telling, const views::Author& author) {
  return {{"author", hex(author.member.view())},
          {"name", author_name(telling, author)},
          {"device", hex(author.device.view())},
          {"country", std::string(author.country.text())}};
}

// Countries that say they have it, and people without a country by name.
std::set<std::string> fetched_by(const Telling& telling, const views::Version& version) {
  std::set<std::string> names;
  for (const views::Author& author : version.fetched) {
    names.insert(author.country.none() ? author_name(telling, author) : std::string(author.country.text()));
  }
  return names;
}

std::string joined(const std::set<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

std::string standing_word(content::TextStanding standing) {
  return standing == content::TextStanding::authentic ? "authentic" : "courtesy";
}

// A path behind doors; at the top there without the last '/'.
std::string placed(const std::string& above, const std::string& path) {
  if (path.empty() && !above.empty()) return above.substr(0, above.size() - 1);
  return above + path;
}

}  // namespace

json json_of(const Telling& telling, const ChannelId& channel, const views::Library& library,
             const views::Document& document, const std::string& above) {
  const views::Version& current = document.current();
  json heads = json::array();
  for (const RecordId& head : document.heads()) heads.push_back(hex(head.view()));
  json object = {{"id", hex(document.id.view())},
                 {"channel", hex(channel.view())},
                 {"folder", placed(above, library.path(document.folder))},
                 {"version", hex(current.id.view())},
                 {"versions", document.versions.size()},
                 {"heads", heads},
                 {"conflict", document.conflict()},
                 {"bytes", current.bytes},
                 {"time", rfc3339(current.time)},
                 {"sha256", hex(current.content.view())},
                 {"removed", library.hidden(document)}};
  object.update(author_of(telling, current.author));
  object["author_name"] = object["name"];
  object["name"] = document.name;
  if (!current.symbol.empty()) object["symbol"] = current.symbol;
  return object;
}

json json_of_door(const ChannelId& channel, const views::Library& library, const views::Folder& folder,
                  const views::SeenDoor& seen, const std::string& above) {
  return {{"id", hex(folder.id.view())},
          {"channel", hex(channel.view())},
          {"folder", placed(above, library.path(folder.parent))},
          {"name", folder.name},
          {"door", hex(folder.door->channel.view())},
          {"open", seen.open},
          {"countries", seen.countries}};
}

std::string text_of_door(const views::Library& library, const views::Folder& folder, const views::SeenDoor& seen,
                         const Catalogue& words, const std::string& above) {
  std::string codes;
  for (const std::string& code : seen.countries) codes += (codes.empty() ? "" : ", ") + code;
  return short_id(folder.id) + "  " + placed(above, library.path(folder.id)) + "/  · " +
         words.text(seen.open ? "document.door_open" : "document.door", {{"countries", codes}});
}

std::string text_of(const Telling& telling, const views::Library& library, const views::Document& document,
                    const Catalogue& words, const std::string& above) {
  const views::Version& current = document.current();
  std::string path = placed(above, library.path(document.folder));
  std::string text = short_id(document.id) + "  " + (path.empty() ? "" : path + "/") + document.name;
  if (!current.symbol.empty()) text += "  " + current.symbol;
  text += "  · " + size_text(current.bytes) + " · " +
          words.text("document.versions", {{"n", std::to_string(document.versions.size())}}) + " · " +
          telling.time_text(current.time) + "  " + author_name(telling, current.author);
  if (document.conflict()) text += "  · " + words.text("document.conflict");
  if (library.hidden(document)) text += "  · " + words.text("document.removed");
  return text;
}

json json_of(const Telling& telling, const views::Version& version, std::size_t number) {
  json comments = json::array();
  for (const views::VersionComment& comment : version.comments) {
    json said = author_of(telling, comment.author);
    said.update({{"id", hex(comment.id.view())}, {"time", rfc3339(comment.time)}, {"body", comment.text}});
    comments.push_back(said);
  }
  json merged = json::array();
  for (const RecordId& other : version.merged) merged.push_back(hex(other.view()));
  json object = author_of(telling, version.author);
  object.update({{"id", hex(version.id.view())},
                 {"number", number},
                 {"seq", version.seq.value},
                 {"time", rfc3339(version.time)},
                 {"file", version.name},
                 {"bytes", version.bytes},
                 {"sha256", hex(version.content.view())},
                 {"note", version.note},
                 {"parent", version.parent ? hex(version.parent->view()) : std::string()},
                 {"merged", merged},
                 {"head", version.head},
                 {"frozen", version.frozen.has_value()},
                 {"after_freeze", version.after_freeze},
                 {"fetched", fetched_by(telling, version)},
                 {"comments", comments}});
  if (version.frozen) object["frozen_by"] = author_of(telling, version.frozen->author);
  if (version.erased) object["erased_by"] = author_of(telling, version.erased->author);
  if (!version.symbol.empty()) object["symbol"] = version.symbol;
  if (version.language) {
    object["language"] = version.language->code;
    object["standing"] = standing_word(version.language->standing);
    if (version.language->of) object["translates"] = hex(version.language->of->view());
  }
  return object;
}

std::string text_of(const Telling& telling, const views::Version& version, std::size_t number, const Catalogue& words) {
  std::string text = std::to_string(number) + ".  " + short_id(version.id) + "  " + telling.time_text(version.time) +
                     "  " + author_name(telling, version.author);
  if (!version.author.country.none()) text += " (" + std::string(version.author.country.text()) + ")";
  text += "  · " + size_text(version.bytes);
  if (!version.symbol.empty()) text += "  · " + version.symbol;
  if (version.language) {
    text += "  · " + version.language->code + ", " +
            words.text("document.language." + standing_word(version.language->standing));
  }
  if (version.parent) text += "  ← " + short_id(*version.parent);
  for (const RecordId& other : version.merged) text += " + " + short_id(other);
  if (version.frozen)
    text += "  · " + words.text("document.frozen", {{"name", author_name(telling, version.frozen->author)}});
  if (version.erased) {
    text += "  · " + words.text("document.erased", {{"name", author_name(telling, version.erased->author)}});
  }
  if (version.after_freeze) text += "  · " + words.text("document.after_freeze");
  if (!version.note.empty()) text += "\n    " + version.note;
  text += "\n    sha256 " + hex(version.content.view());
  auto fetched = fetched_by(telling, version);
  if (!fetched.empty()) text += "\n    " + words.text("document.fetched", {{"names", joined(fetched)}});
  for (const views::VersionComment& comment : version.comments) {
    text +=
        "\n    " + telling.time_text(comment.time) + "  " + author_name(telling, comment.author) + ": " + comment.text;
  }
  return text;
}

}  // namespace encuentro::client::cli
