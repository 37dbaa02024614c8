#include "client/views/page_documents.h"

#include <algorithm>

#include "client/core/done_book.h"
#include "client/core/upload_plan.h"
#include "client/views/documents.h"

namespace encuentro::client::views {
namespace {

PageVersion page_version(const Version& version, Names& names) {
  PageVersion page;
  page.id = version.id;
  page.author = names.author(version.author);
  page.time = version.time;
  page.parent = version.parent;
  page.name = version.name;
  page.note = version.note;
  page.symbol = version.symbol;
  if (version.language) {
    page.language = version.language->code;
    page.courtesy = version.language->standing == content::TextStanding::courtesy;
  }
  page.bytes = version.bytes;
  page.media_type = version.media_type;
  page.content = version.content;
  page.head = version.head;
  page.after_freeze = version.after_freeze;
  if (version.frozen) page.frozen = PageFreeze{names.author(version.frozen->author), version.frozen->time};
  for (const VersionComment& comment : version.comments) {
    page.comments.push_back({comment.id, names.author(comment.author), comment.time, comment.text});
  }
  page.fetched = names.authors(version.fetched);
  return page;
}

// How far each got; whether the server still has it is found out when it goes on.
std::vector<PageUpload> cut_off(const core::Core& core, const ChannelId& channel) {
  std::vector<PageUpload> uploads;
  for (const UploadId& upload : core.kept_transfers()) {
    auto parts = core.kept_transfer(upload);
    auto first = parts.find(core::upload_plan_part);
    if (first == parts.end()) continue;
    auto plan = core::UploadPlan::decode(first->second);
    if (!plan || plan->channel != channel) continue;
    core::DoneBook book(plan->shape.chunks());
    book.load(parts, Timestamp{}, Duration{});
    std::uint64_t done = std::min(plan->shape.bytes, std::uint64_t{book.count()} * limits::chunk_bytes);
    constexpr std::int64_t ns_per_ms = 1'000'000;
    uploads.push_back({upload, plan->source, Timestamp{std::max<std::int64_t>(0, plan->modified_ns / ns_per_ms)},
                       plan->shape.bytes, done});
  }
  return uploads;
}

}  // namespace

AskLibrary::Answer answer_to(const core::Core& core, const AskLibrary& question) {
  auto look = core.has_identity() ? core.channel(question.channel) : std::nullopt;
  if (!look) return std::nullopt;
  Names names(core);
  Library held = library(core, question.channel);
  PageLibrary page;
  page.channel = question.channel;
  page.may_post = may_write(core, *look);
  for (const auto& [id, folder] : held.folders) {
    page.folders.push_back({id, folder.name, folder.parent, held.hidden(std::optional(id)), std::nullopt});
    if (!folder.door) continue;
    SeenDoor door = seen(core, *folder.door);
    page.folders.back().door = PageDoor{folder.door->channel, door.open, std::move(door.countries)};
  }
  for (const Document& document : held.documents) {
    PageDocument shown{document.id, document.name, document.folder, held.hidden(document), document.current().id, {}};
    for (const Version& version : document.versions) shown.versions.push_back(page_version(version, names));
    page.documents.push_back(std::move(shown));
  }
  page.uploads = cut_off(core, question.channel);
  return page;
}

}  // namespace encuentro::client::views
