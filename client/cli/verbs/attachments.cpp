// attachment get, list
#include "client/cli/attaching.h"
#include "client/cli/show.h"
#include "client/cli/verb.h"

namespace encuentro::client::cli {
namespace {

struct AttachmentOptions {
  std::string item, name, out;
};

// By its name or its number in the list, from 1; the only one where nothing is said.
Result<content::Attachment> chosen_one(const std::vector<content::Attachment>& all, const std::string& name) {
  if (name.empty() && all.size() == 1) return all.front();
  if (name.empty() && all.size() > 1) return fail(Code::ambiguous);
  std::optional<content::Attachment> found;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (std::to_string(i + 1) == name) return all[i];
    if (all[i].name != name) continue;
    if (found) return fail(Code::ambiguous);
    found = all[i];
  }
  return found ? Result<content::Attachment>(std::move(*found)) : fail(Code::not_found, "attachment");
}

Status get(const AttachmentOptions& options, Session& session, Output& output) {
  TRY(FoundAttachments found, attachments_named(session.core(), options.item));
  TRY(content::Attachment one, chosen_one(found.attachments, options.name));
  // The name is its author's: only its last part, and nothing that is there already, unless -o says so.
  std::filesystem::path target =
      options.out.empty() ? std::filesystem::path(one.name).filename() : std::filesystem::path(options.out);
  if (target.empty()) return fail(Code::malformed, "name");
  if (options.out.empty() && std::filesystem::exists(target)) return fail(Code::already_exists, "file");
  TRY_OK(take_out(session, output, found.channel, one, target));
  output.line({{"file", target.string()}, {"name", one.name}, {"media_type", one.media_type}, {"bytes", one.bytes}},
              target.string());
  return {};
}

Status list(const AttachmentOptions& options, Session& session, Output& output) {
  TRY(FoundAttachments found, attachments_named(session.core(), options.item));
  std::size_t number = 0;
  for (const auto& object : attachments_json(found.attachments)) {
    ++number;
    output.line(object, std::to_string(number) + ".  " + object["name"].get<std::string>());
  }
  return {};
}

}  // namespace

void add_attachment_verbs(CLI::App& app, Chosen& chosen) {
  CLI::App* group = app.add_subcommand("attachment");
  group->require_subcommand(1);
  for (bool gets : {true, false}) {
    auto options = std::make_shared<AttachmentOptions>();
    CLI::App* verb = group->add_subcommand(gets ? "get" : "list");
    verb->add_option("ITEM", options->item)->required();
    if (gets) {
      verb->add_option("NAME", options->name);
      verb->add_option("-o,--out", options->out);
    }
    verb->callback([options, gets, &chosen] {
      chosen.action = [options, gets](const Globals& globals, Output& output) {
        return with_session(globals, output, true, [&](Session& session) {
          return gets ? get(*options, session, output) : list(*options, session, output);
        });
      };
    });
  }
}

}  // namespace encuentro::client::cli
