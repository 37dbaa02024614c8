// Who wrote a thing and what came with it, as a screen shows them: part of every answer (page.h).
#pragma once

#include <map>

#include "client/views/item.h"

namespace encuentro::client::views {

struct PageAuthor {
  MemberId member;
  std::string name;     // empty: can't be opened
  std::string country;  // two letters, or empty
  std::uint8_t role = 0;
  bool own = false;
  static constexpr auto fields =
      std::tuple(&PageAuthor::member, &PageAuthor::name, &PageAuthor::country, &PageAuthor::role, &PageAuthor::own);
};
struct PageFile {
  std::string name;
  std::string media_type;
  std::uint64_t bytes = 0;
  Bytes content;                    // empty: too large to lie inside
  std::optional<RecordId> version;  // then: of a document of the same channel
  static constexpr auto fields =
      std::tuple(&PageFile::name, &PageFile::media_type, &PageFile::bytes, &PageFile::content, &PageFile::version);
};

// What people are called, each name opened once. One look at the core: not kept over an input.
class Names {
 public:
  explicit Names(const core::Core& core) : core_(&core) {}

  const std::string& of(const MemberId& member);  // empty: can't be opened
  std::vector<std::string> of(const std::vector<MemberId>& members);
  PageAuthor author(const Author& author);
  PageAuthor author(const MemberId& member);           // country and role as the roster has them now
  PageAuthor invited(const roster::InviteBody& body);  // with the name on the invitation
  std::vector<PageAuthor> authors(const std::vector<Author>& authors);

 private:
  const core::Core* core_;
  std::map<MemberId, std::string> names_;
};

std::vector<PageFile> page_files(const std::vector<content::Attachment>& attachments);

// Whether this device can write there now: it is in, nothing is to be accepted first, and the policy lets it.
bool may_write(const core::Core& core, const core::ChannelLook& channel);

}  // namespace encuentro::client::views
