// doc move, remove, restore, comment, freeze, folder, erase, quota, diff
#include "client/cli/body.h"
#include "client/cli/documents/compare.h"
#include "client/cli/documents/doors.h"
#include "client/cli/documents/find.h"
#include "client/cli/documents/show_documents.h"
#include "client/cli/resolve.h"
#include "client/cli/show.h"
#include "client/cli/verbs/doc.h"

namespace encuentro::client::cli {
namespace {

struct ActOptions {
  std::string id, version, folder, name, file;
  std::vector<std::string> countries;
};
using Act = std::function<Status(const ActOptions&, Session&, const Globals&, Output&)>;

Status say(Session& session, const Globals& globals, Output& output, const ChannelId& channel, content::Kind kind,
           const content::Content& content) {
  TRY(core::Sent sent, post_document_item(session, globals, channel, kind, content, {}));
  show_sent(output, core::Outcome(sent));
  return {};
}

// A document, or a folder by its id's beginning or its path in a channel ("CHANNEL:Proyectos/2026" isn't needed: ids
// are printed).
struct FoundItem {
  ChannelId channel;
  RecordId id;
};
Result<FoundItem> item_of(const core::Core& core, const std::string& words) {
  auto document = document_named(core, words);
  if (document) return FoundItem{document->channel, document->document.id};
  if (document.error().code != Code::not_found) return std::unexpected(document.error());
  for (const ChannelId& channel : core.channels()) {
    views::Library library = views::library(core, channel);
    for (const auto& [id, folder] : library.folders) {
      bool named = words.size() >= 4 && hex(id.view()).starts_with(words);
      if (named || library.path(id) == words) return FoundItem{channel, id};
    }
  }
  return fail(Code::not_found, "document");
}

Status move(const ActOptions& options, bool place, Session& session, const Globals& globals, Output& output) {
  TRY(FoundItem item, item_of(session.core(), options.id));
  content::DocumentChange change;
  change.item = item.id;
  if (place) {
    TRY(auto names, path_names(options.folder));
    TRY(FolderPlace there, make_folders(session, globals, item.channel, names));
    // Its bytes are sealed for its own channel: behind a door it would have to be put anew.
    if (there.channel != item.channel) return fail(Code::not_allowed, "door");
    change.place = content::DocumentChange::Place{there.folder};
  }
  if (!options.name.empty()) {
    if (!content::is_file_name(options.name)) return fail(Code::malformed, "name");
    change.name = options.name;
  }
  return say(session, globals, output, item.channel, content::Kind::document_change, content::content_of(change));
}

Status set_removed(const ActOptions& options, bool removed, Session& session, const Globals& globals, Output& output) {
  TRY(FoundItem item, item_of(session.core(), options.id));
  content::DocumentChange change;
  change.item = item.id;
  change.removed = removed;
  return say(session, globals, output, item.channel, content::Kind::document_change, content::content_of(change));
}

Result<views::Version> version_of(const FoundDocument& found, const ActOptions& options) {
  if (!options.version.empty()) return version_named(found.document, options.version);
  return wanted_version(found.document, options.id);
}

Status freeze(const ActOptions& options, Session& session, const Globals& globals, Output& output) {
  TRY(FoundDocument found, document_named(session.core(), options.id));
  TRY(views::Version version, version_of(found, options));
  return say(session, globals, output, found.channel, content::Kind::document_freeze,
             content::content_of(content::DocumentFreeze{version.id, version.content}));
}

Exit comment(const ActOptions& options, const Globals& globals, Output& output) {
  auto body = read_body(options.file);
  if (!body) return output.error(body.error()), Exit::failed;
  return with_session(globals, output, true, [&](Session& session) -> Status {
    TRY(FoundDocument found, document_named(session.core(), options.id));
    TRY(views::Version version, version_of(found, options));
    return say(session, globals, output, found.channel, content::Kind::document_comment,
               content::content_of(content::DocumentComment{version.id, *body}));
  });
}

void show_door(const MadeDoor& door, const ActOptions& options, const core::Core& core, Output& output) {
  nlohmann::json admitted = nlohmann::json::array(), unreached = nlohmann::json::array();
  for (const MemberId& member : door.admitted) admitted.push_back(hex(member.view()));
  std::string names;
  for (const MemberId& member : door.unreached) {
    unreached.push_back(hex(member.view()));
    auto known = core.name_of(member);
    names += (names.empty() ? "" : ", ") + (known ? known->name : hex(member.view()).substr(0, 8));
  }
  output.line({{"id", hex(door.folder.view())},
               {"channel", hex(door.beside.channel.view())},
               {"folder", options.folder},
               {"door", hex(door.channel.view())},
               {"admitted", admitted},
               {"unreached", unreached}},
              hex(door.folder.view()));
  output.say("document.door_made", {{"folder", options.folder}});
  if (!names.empty()) output.say("document.door_unreached", {{"names", names}});
}

Status folder(const ActOptions& options, Session& session, const Globals& globals, Output& output) {
  TRY(ChannelId channel, open_channel_named(session.core(), options.id));
  TRY(auto names, path_names(options.folder));
  if (names.empty()) return fail(Code::malformed, "folder");
  if (!options.countries.empty()) {
    TRY(MadeDoor door, make_door(session, globals, channel, names, options.countries));
    show_door(door, options, session.core(), output);
    return {};
  }
  TRY(FolderPlace made, make_folders(session, globals, channel, names));
  std::string id = made.folder ? hex(made.folder->view()) : std::string();
  output.line({{"id", id}, {"channel", hex(made.channel.view())}, {"folder", options.folder}}, id);
  return {};
}

// The bytes of one version, or of every version that still has them. An agreed text stays.
Status erase(const ActOptions& options, Session& session, const Globals& globals, Output& output) {
  TRY(FoundDocument found, document_named(session.core(), options.id));
  std::vector<views::Version> versions = found.document.versions;
  if (!options.version.empty()) {
    TRY(views::Version one, version_named(found.document, options.version));
    versions = {one};
  }
  std::erase_if(versions, [](const views::Version& version) { return version.erased.has_value(); });
  if (versions.empty()) return fail(Code::not_found, "erased");
  for (const views::Version& version : versions) {
    if (version.frozen) return fail(Code::not_allowed, "frozen");
  }
  for (const views::Version& version : versions) {
    TRY(auto outcome, session.run(core::EraseUploads{found.channel, {version.upload}, version.id}, globals.wait));
    const auto& sent = std::get<core::Sent>(outcome);
    output.line({{"id", hex(found.document.id.view())},
                 {"channel", hex(found.channel.view())},
                 {"version", hex(version.id.view())},
                 {"bytes", version.bytes},
                 {"seq", sent.seq.value}},
                hex(version.id.view()));
  }
  output.say("document.erased_done", {{"n", std::to_string(versions.size())}});
  return {};
}

// Of people without a country together: what all of them have.
Status quota(Session& session, const Globals& globals, Output& output) {
  TRY(auto outcome, session.run(core::ReadQuota{}, globals.wait));
  const auto& told = std::get<core::QuotaTold>(outcome);
  output.line({{"country_bytes", told.country_bytes},
               {"country_bytes_max", told.country_bytes_max},
               {"member_bytes", told.member_bytes},
               {"member_bytes_max", told.member_bytes_max}},
              output.words().text("document.quota", {{"country", size_text(told.country_bytes)},
                                                     {"country_max", size_text(told.country_bytes_max)},
                                                     {"member", size_text(told.member_bytes)},
                                                     {"member_max", size_text(told.member_bytes_max)}}));
  return {};
}

CLI::App* add_act(CLI::App& doc, Chosen& chosen, const char* name, const std::shared_ptr<ActOptions>& options,
                  Act act) {
  CLI::App* verb = doc.add_subcommand(name);
  verb->callback([options, act = std::move(act), &chosen] {
    chosen.action = [options, act](const Globals& globals, Output& output) {
      return with_session(globals, output, true,
                          [&](Session& session) { return act(*options, session, globals, output); });
    };
  });
  return verb;
}

void add_move(CLI::App& doc, Chosen& chosen) {
  auto options = std::make_shared<ActOptions>();
  auto place = std::make_shared<CLI::Option*>(nullptr);
  CLI::App* verb = add_act(doc, chosen, "move", options,
                           [place](const ActOptions& given, Session& session, const Globals& globals, Output& output) {
                             return move(given, (*place)->count() > 0, session, globals, output);
                           });
  verb->add_option("ID", options->id)->required();
  *place = verb->add_option("--folder", options->folder);
  verb->add_option("--name", options->name);
  verb->require_option(1, 0);
}

void add_comment(CLI::App& doc, Chosen& chosen) {
  auto options = std::make_shared<ActOptions>();
  CLI::App* verb = doc.add_subcommand("comment");
  verb->add_option("ID", options->id)->required();
  verb->add_option("--version", options->version);
  verb->add_option("--file", options->file);
  verb->callback([options, &chosen] {
    chosen.action = [options](const Globals& globals, Output& output) { return comment(*options, globals, output); };
  });
}

void add_diff(CLI::App& doc, Chosen& chosen) {
  struct Options {
    std::string id, older, newer;
  };
  auto options = std::make_shared<Options>();
  CLI::App* verb = doc.add_subcommand("diff");
  verb->add_option("ID", options->id)->required();
  verb->add_option("V1", options->older)->required();
  verb->add_option("V2", options->newer)->required();
  verb->callback([options, &chosen] {
    chosen.action = [options](const Globals& globals, Output& output) {
      return with_session(globals, output, true, [&](Session& session) -> Status {
        TRY(FoundDocument found, document_named(session.core(), options->id));
        TRY(views::Version older, version_named(found.document, options->older));
        TRY(views::Version newer, version_named(found.document, options->newer));
        TRY(std::string difference, compare_versions(session, output, found.channel, older, newer, globals.home));
        output.line({{"id", hex(found.document.id.view())},
                     {"older", hex(older.id.view())},
                     {"newer", hex(newer.id.view())},
                     {"same", difference.empty()},
                     {"diff", difference}},
                    difference.empty() ? output.words().text("document.same") : difference);
        return {};
      });
    };
  });
}

}  // namespace

void add_document_acts(CLI::App& doc, Chosen& chosen) {
  add_move(doc, chosen);
  for (bool removed : {true, false}) {
    auto options = std::make_shared<ActOptions>();
    CLI::App* verb =
        add_act(doc, chosen, removed ? "remove" : "restore", options,
                [removed](const ActOptions& given, Session& session, const Globals& globals, Output& output) {
                  return set_removed(given, removed, session, globals, output);
                });
    verb->add_option("ID", options->id)->required();
  }
  auto frozen = std::make_shared<ActOptions>();
  CLI::App* freeze_verb = add_act(doc, chosen, "freeze", frozen, freeze);
  freeze_verb->add_option("ID", frozen->id)->required();
  freeze_verb->add_option("--version", frozen->version);
  auto made = std::make_shared<ActOptions>();
  CLI::App* folder_verb = add_act(doc, chosen, "folder", made, folder);
  folder_verb->add_option("CHANNEL", made->id)->required();
  folder_verb->add_option("PATH", made->folder)->required();
  folder_verb->add_option("--countries", made->countries)->delimiter(',');
  auto erased = std::make_shared<ActOptions>();
  CLI::App* erase_verb = add_act(doc, chosen, "erase", erased, erase);
  erase_verb->add_option("ID", erased->id)->required();
  erase_verb->add_option("--version", erased->version);
  add_act(doc, chosen, "quota", std::make_shared<ActOptions>(),
          [](const ActOptions&, Session& session, const Globals& globals, Output& output) {
            return quota(session, globals, output);
          });
  add_comment(doc, chosen);
  add_diff(doc, chosen);
}

}  // namespace encuentro::client::cli
