#include "client/views/page_archive.h"

#include "client/views/initiatives.h"
#include "client/views/meetings.h"

namespace encuentro::client::views {
namespace {

PageInitiative page_of(const InitiativeEntry& entry, Names& names) {
  const InitiativeVersion& filed = entry.versions.front();
  const content::Initiative& words = entry.words();
  PageInitiative page{entry.id,
                      names.author(filed.author),
                      filed.time,
                      words.country,
                      words.date,
                      words.theme,
                      words.title,
                      words.text,
                      words.confirm_by,
                      static_cast<std::uint8_t>(entry.state),
                      names.authors(entry.confirmed_by),
                      words.original,
                      {}};
  for (const InitiativeVersion& version : entry.versions) {
    page.versions.push_back({version.id, page_files(version.words.attachments)});
  }
  return page;
}

PageMeeting page_of(const MeetingEntry& entry, Names& names) {
  const content::Meeting& words = entry.words;
  PageMeeting page{entry.id,
                   names.author(entry.convened_by),
                   words.title,
                   words.start,
                   words.end,
                   words.place,
                   words.host,
                   words.text,
                   {entry.countries.begin(), entry.countries.end()},
                   entry.documents,
                   {}};
  for (const MeetingDecision& decision : entry.decisions) {
    page.decisions.push_back(
        {decision.id, names.author(decision.author), decision.time, decision.title, decision.text});
  }
  return page;
}

}  // namespace

AskArchive::Answer archive(const core::Core& core, const ChannelId& channel) {
  PageArchive page;
  if (!core.has_identity() || !core.channel(channel)) return page;
  Names names(core);
  for (const InitiativeEntry& entry : initiatives(core, channel)) page.initiatives.push_back(page_of(entry, names));
  for (const MeetingEntry& entry : meetings(core, channel)) page.meetings.push_back(page_of(entry, names));
  return page;
}

}  // namespace encuentro::client::views
