#include "client/cli/documents/doors.h"

#include <algorithm>

#include "client/cli/documents/post_item.h"

namespace encuentro::client::cli {
namespace {

// In order and distinct, and each admitted by the outer channel.
Status check_countries(const core::Core& core, const policy::Admission& outer, std::vector<std::string>& countries) {
  std::sort(countries.begin(), countries.end());
  countries.erase(std::unique(countries.begin(), countries.end()), countries.end());
  auto view = core.roster().newest();
  for (const std::string& code : countries) {
    auto country = roster::Country::parse(code);
    if (!country || view.country(*country) == nullptr) return fail(Code::malformed, "country");
    const auto& listed = outer.countries;
    bool admitted = listed.empty() || std::find(listed.begin(), listed.end(), *country) != listed.end();
    if (!admitted) return fail(Code::not_admitted, "country");
  }
  return {};
}

// Those of the countries who are in the outer channel, but for this person.
std::vector<MemberId> theirs(const core::Core& core, const core::ChannelLook& outer,
                             const std::vector<std::string>& countries) {
  std::vector<MemberId> members;
  auto view = core.roster().newest();
  for (const MemberId& member : outer.members) {
    auto known = view.member(member);
    bool one = known && std::binary_search(countries.begin(), countries.end(), known->grant.country.text());
    if (one && member != core.self().member) members.push_back(member);
  }
  return members;
}

}  // namespace

Result<FolderPlace> make_folders(Session& session, const Globals& globals, const ChannelId& channel,
                                 const std::vector<std::string>& names) {
  TRY(auto way, views::passage(session.core(), channel, names));
  FolderPlace at{way.channel, way.folder};
  for (const std::string& name : way.remaining) {
    content::DocumentFolder folder{name, at.folder};
    TRY(core::Sent made, post_document_item(session, globals, at.channel, content::Kind::document_folder,
                                            content::content_of(folder), {}));
    // Somebody may have made it at the same time: theirs is the one then.
    auto there = views::library(session.core(), at.channel).folder_named(at.folder, name);
    at.folder = there ? *there : made.id;
  }
  return at;
}

Result<MadeDoor> make_door(Session& session, const Globals& globals, const ChannelId& channel,
                           std::vector<std::string> names, std::vector<std::string> countries) {
  if (names.empty()) return fail(Code::malformed, "folder");
  std::string name = std::move(names.back());
  names.pop_back();
  MadeDoor made;
  TRY(made.beside, make_folders(session, globals, channel, names));
  const core::Core& core = session.core();
  if (views::library(core, made.beside.channel).folder_named(made.beside.folder, name)) {
    return fail(Code::already_exists, "folder");
  }
  auto outer = core.channel(made.beside.channel);
  TRY_OK(check_countries(core, outer->policy.admission, countries));
  auto me = core.roster().newest().member(core.self().member);
  bool mine = me && std::binary_search(countries.begin(), countries.end(), me->grant.country.text());
  if (!mine) return fail(Code::not_admitted, "country");

  core::CreateChannel command;
  command.title = core.title(made.beside.channel) + " · " + name;
  command.kind = policy::ChannelKind::committee;
  command.history = outer->policy.history;
  command.countries = countries;
  command.roles = {roster::Role::focal_point, roster::Role::delegate};
  auto members = theirs(core, *outer, countries);
  TRY(auto created, session.run(std::move(command)));
  made.channel = std::get<core::ChannelCreated>(created).channel;
  for (const MemberId& member : members) {
    auto added = session.run(core::AddToChannel{made.channel, member});
    const auto* changed = added ? std::get_if<core::ChannelChanged>(&*added) : nullptr;
    bool reached = changed != nullptr && changed->without_key_package.empty();
    (reached ? made.admitted : made.unreached).push_back(member);
  }
  content::DocumentFolder door{name, made.beside.folder, content::Door{made.channel, countries}};
  TRY(core::Sent sent, post_document_item(session, globals, made.beside.channel, content::Kind::document_folder,
                                          content::content_of(door), {}));
  made.folder = sent.id;
  return made;
}

}  // namespace encuentro::client::cli
