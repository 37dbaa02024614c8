#include "client/views/page_author.h"

#include "protocol/policy/policy.h"

namespace encuentro::client::views {

const std::string& Names::of(const MemberId& member) {
  auto found = names_.find(member);
  if (found != names_.end()) return found->second;
  auto opened = core_->name_of(member);
  return names_.emplace(member, opened ? opened->name : std::string()).first->second;
}

std::vector<std::string> Names::of(const std::vector<MemberId>& members) {
  std::vector<std::string> list;
  list.reserve(members.size());
  for (const MemberId& member : members) list.push_back(of(member));
  return list;
}

PageAuthor Names::author(const Author& author) {
  return {author.member, of(author.member), std::string(author.country.text()),
          author.role ? static_cast<std::uint8_t>(*author.role) : std::uint8_t{0},
          author.member == core_->self().member};
}

PageAuthor Names::author(const MemberId& member) {
  Author author;
  author.member = member;
  if (auto known = core_->roster().newest().member(member)) {
    author.country = known->grant.country;
    author.role = known->grant.role;
  }
  return this->author(author);
}

PageAuthor Names::invited(const roster::InviteBody& body) {
  auto name = core_->name_on(body);
  return {body.member, name ? name->name : std::string(), std::string(body.grant.country.text()),
          static_cast<std::uint8_t>(body.grant.role), body.member == core_->self().member};
}

std::vector<PageAuthor> Names::authors(const std::vector<Author>& authors) {
  std::vector<PageAuthor> list;
  list.reserve(authors.size());
  for (const Author& one : authors) list.push_back(author(one));
  return list;
}

std::vector<PageFile> page_files(const std::vector<content::Attachment>& attachments) {
  std::vector<PageFile> files;
  files.reserve(attachments.size());
  for (const auto& file : attachments) {
    files.push_back({file.name, file.media_type, file.bytes, file.inline_bytes, {}});
    if (file.document) files.back().version = file.document->version;
  }
  return files;
}

bool may_write(const core::Core& core, const core::ChannelLook& channel) {
  return channel.state == core::ChannelState::in && !channel.admission_to_accept &&
         policy::may_post(channel.policy, core.roster().newest(), core.self().device).has_value();
}

}  // namespace encuentro::client::views
