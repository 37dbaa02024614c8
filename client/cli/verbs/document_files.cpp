// doc put, get, list, versions
#include "client/cli/documents/doors.h"
#include "client/cli/documents/find.h"
#include "client/cli/documents/show_documents.h"
#include "client/cli/documents/text_inside.h"
#include "client/cli/documents/transfer.h"
#include "client/cli/resolve.h"
#include "client/cli/show.h"
#include "client/cli/standing.h"
#include "client/cli/verb.h"
#include "client/cli/verbs/doc.h"
#include "protocol/content/document_symbol.h"

namespace encuentro::client::cli {
namespace {

struct PutOptions {
  std::string channel, file, folder, name, note, symbol, language, translates;
  std::vector<std::string> base;
  bool courtesy = false;
};

// What the new version replaces: what --base names, or the only head of the document of this name there.
Status set_base(const PutOptions& options, const views::Library& library, content::DocumentVersion& version) {
  const views::Document* document = nullptr;
  std::vector<RecordId> replaced;
  for (const std::string& words : options.base) {
    TRY(views::Version base, version_of_any(library, words));
    const views::Document* its = library.document_of(base.id);
    if (document != nullptr && document != its) return fail(Code::malformed, "base");
    document = its;
    replaced.push_back(base.id);
  }
  if (options.base.empty()) {
    auto same = std::find_if(library.documents.begin(), library.documents.end(), [&](const views::Document& d) {
      return d.name == version.name && d.folder == version.folder && !library.hidden(d);
    });
    if (same == library.documents.end()) return {};
    document = &*same;
    TRY(views::Version current, current_version(*document));
    replaced.push_back(current.id);
  }
  version.document = document->id;
  version.parent = replaced.front();
  version.merged.assign(replaced.begin() + 1, replaced.end());
  version.folder.reset();
  return {};
}

Status set_language(const PutOptions& options, const core::Core& core, content::DocumentVersion& version) {
  if (options.language.empty()) return {};
  content::Language language{options.language, content::TextStanding::authentic, std::nullopt};
  if (options.courtesy) language.standing = content::TextStanding::courtesy;
  if (!options.translates.empty()) {
    TRY(FoundDocument found, document_named(core, options.translates));
    auto named = version_named(found.document, options.translates);
    language.of = named ? named->id : found.document.current().id;
  }
  version.language = language;
  return {};
}

// `channel`: the one said; afterwards the one the place lies in.
Result<content::DocumentVersion> describe(const PutOptions& options, Session& session, const Globals& globals,
                                          ChannelId& channel) {
  content::DocumentVersion version;
  version.name = options.name.empty() ? std::filesystem::path(options.file).filename().string() : options.name;
  if (!content::is_file_name(version.name)) return fail(Code::malformed, "name");
  version.note = options.note;
  if (!options.symbol.empty()) {
    TRY(auto symbol, content::parse_symbol(options.symbol));
    version.symbol = symbol.text();
  }
  TRY_OK(set_language(options, session.core(), version));
  TRY(auto names, path_names(options.folder));
  TRY(FolderPlace place, make_folders(session, globals, channel, names));
  channel = place.channel;
  version.folder = place.folder;
  TRY_OK(set_base(options, views::library(session.core(), channel), version));
  return version;
}

Status put(const PutOptions& options, Session& session, const Globals& globals, Output& output) {
  TRY(ChannelId channel, open_channel_named(session.core(), options.channel));
  if (!std::filesystem::is_regular_file(options.file)) return fail(Code::not_found, "file");
  TRY(auto version, describe(options, session, globals, channel));
  TRY(Uploaded uploaded, upload(session, output, channel, options.file));
  version.manifest = std::move(uploaded.manifest);
  UploadId pinned = version.manifest.upload;
  TRY(core::Sent sent, post_document_item(session, globals, channel, content::Kind::document_version,
                                          content::content_of(version), {pinned}));
  TRY_OK(keep_text_of(session, globals, sent.id, options.file, version.name));
  RecordId document = version.document.value_or(sent.id);
  output.line({{"id", hex(document.view())},
               {"version", hex(sent.id.view())},
               {"channel", hex(channel.view())},
               {"seq", sent.seq.value},
               {"bytes", version.manifest.bytes},
               {"sha256", hex(version.manifest.content.view())},
               {"sent", uploaded.moved.bytes},
               {"resumed", uploaded.moved.resumed},
               {"seconds", uploaded.moved.seconds}},
              hex(document.view()));
  return {};
}

struct GetOptions {
  std::string id, version, out;
  bool quiet = false;
};

// The reader's own word, once; who may not post there says nothing.
void report_fetched(Session& session, const Globals& globals, const ChannelId& channel, const views::Version& version) {
  const MemberId& me = session.core().self().member;
  bool said =
      version.author.member == me || std::any_of(version.fetched.begin(), version.fetched.end(),
                                                 [&](const views::Author& author) { return author.member == me; });
  if (said) return;
  [[maybe_unused]] auto ignored = post_document_item(session, globals, channel, content::Kind::document_fetched,
                                                     content::content_of(content::DocumentFetched{version.id}), {});
}

Status get(const GetOptions& options, Session& session, const Globals& globals, Output& output) {
  TRY(FoundDocument found, document_named(session.core(), options.id));
  TRY(views::Version version, options.version.empty() ? wanted_version(found.document, options.id)
                                                      : version_named(found.document, options.version));
  if (version.erased) return fail(Code::not_found, "erased");
  std::filesystem::path target = options.out.empty() ? found.document.name : options.out;
  if (options.out.empty() && std::filesystem::exists(target)) return fail(Code::already_exists, "file");
  TRY(auto manifest, views::manifest_of(session.core(), found.channel, version.id));
  TRY(Moved moved, download(session, output, found.channel, manifest, target));
  output.line({{"id", hex(found.document.id.view())},
               {"version", hex(version.id.view())},
               {"file", target.string()},
               {"bytes", version.bytes},
               {"sha256", hex(version.content.view())},
               {"received", moved.bytes},
               {"resumed", moved.resumed},
               {"seconds", moved.seconds}},
              target.string());
  if (!options.quiet) report_fetched(session, globals, found.channel, version);
  TRY_OK(keep_text_of(session, globals, version.id, target, version.name));
  return in_order(session.core(), found.channel);
}

constexpr std::size_t doors_deep_max = 8;

// The channel's documents and its doors; behind those that open, what is there. `above`: the path up to here.
void list_library(const core::Core& core, const ChannelId& channel, const std::string& above, bool removed,
                  std::size_t depth, Output& output) {
  views::Library library = views::library(core, channel);
  for (const views::Document& document : library.documents) {
    if (library.hidden(document) && !removed) continue;
    output.line(json_of(core, channel, library, document, above),
                text_of(core, library, document, output.words(), above));
  }
  for (const auto& [id, folder] : library.folders) {
    if (!folder.door || (library.hidden(std::optional(id)) && !removed)) continue;
    views::SeenDoor seen = views::seen(core, *folder.door);
    output.line(json_of_door(channel, library, folder, seen, above),
                text_of_door(library, folder, seen, output.words(), above));
    if (!seen.open || depth == doors_deep_max) continue;
    list_library(core, folder.door->channel, above + library.path(id) + "/", removed, depth + 1, output);
  }
}

Status list(const std::string& words, bool removed, Session& session, Output& output) {
  TRY(ChannelId channel, open_channel_named(session.core(), words));
  list_library(session.core(), channel, "", removed, 0, output);
  return in_order(session.core(), channel);
}

Status versions(const std::string& words, Session& session, Output& output) {
  TRY(FoundDocument found, document_named(session.core(), words));
  std::size_t number = 0;
  for (const views::Version& version : found.document.versions) {
    ++number;
    output.line(json_of(session.core(), version, number), text_of(session.core(), version, number, output.words()));
  }
  if (found.document.conflict()) output.say("document.conflict_hint");
  return in_order(session.core(), found.channel);
}

void add_put(CLI::App& doc, Chosen& chosen) {
  auto options = std::make_shared<PutOptions>();
  CLI::App* verb = doc.add_subcommand("put");
  verb->add_option("CHANNEL", options->channel)->required();
  verb->add_option("FILE", options->file)->required();
  verb->add_option("--folder", options->folder);
  verb->add_option("--name", options->name);
  verb->add_option("--base", options->base)->take_all();
  verb->add_option("--note", options->note);
  verb->add_option("--symbol", options->symbol);
  verb->add_option("--language", options->language);
  verb->add_flag("--courtesy", options->courtesy);
  verb->add_option("--translates", options->translates);
  verb->callback([options, &chosen] {
    chosen.action = [options](const Globals& globals, Output& output) {
      return with_session(globals, output, true, [&](Session& s) { return put(*options, s, globals, output); });
    };
  });
}

void add_get(CLI::App& doc, Chosen& chosen) {
  auto options = std::make_shared<GetOptions>();
  CLI::App* verb = doc.add_subcommand("get");
  verb->add_option("ID", options->id)->required();
  verb->add_option("--version", options->version);
  verb->add_option("-o,--out", options->out);
  verb->add_flag("--quiet", options->quiet);
  verb->callback([options, &chosen] {
    chosen.action = [options](const Globals& globals, Output& output) {
      return with_session(globals, output, true, [&](Session& s) { return get(*options, s, globals, output); });
    };
  });
}

}  // namespace

void add_document_verbs(CLI::App& app, Chosen& chosen) {
  CLI::App* doc = app.add_subcommand("doc")->require_subcommand(1);
  add_put(*doc, chosen);
  add_get(*doc, chosen);
  auto listed = std::make_shared<std::pair<std::string, bool>>();
  CLI::App* list_verb = doc->add_subcommand("list");
  list_verb->add_option("CHANNEL", listed->first)->required();
  list_verb->add_flag("--removed", listed->second);
  list_verb->callback([listed, &chosen] {
    chosen.action = [listed](const Globals& globals, Output& output) {
      return with_session(globals, output, true,
                          [&](Session& s) { return list(listed->first, listed->second, s, output); });
    };
  });
  auto shown = std::make_shared<std::string>();
  CLI::App* versions_verb = doc->add_subcommand("versions");
  versions_verb->add_option("ID", *shown)->required();
  versions_verb->callback([shown, &chosen] {
    chosen.action = [shown](const Globals& globals, Output& output) {
      return with_session(globals, output, true, [&](Session& s) { return versions(*shown, s, output); });
    };
  });
  add_document_acts(*doc, chosen);
}

}  // namespace encuentro::client::cli
