#include "client/cli/report.h"

#include <algorithm>
#include <map>

#include "client/cli/clock.h"
#include "client/cli/paper.h"
#include "client/cli/show.h"
#include "client/views/meetings.h"
#include "client/views/search_words.h"

namespace encuentro::client::cli {
namespace {

// Alphabetical in a reader's eyes: accents and case don't count.
std::string collated(std::string_view name) {
  std::string key;
  for (const views::SearchWord& word : views::search_words(name)) key += word.text + " ";
  return key + std::string(name);
}

struct Writer {
  const core::Core& core;
  const Catalogue& words;
  std::string text;
  std::string notes;
  std::size_t note_count = 0;

  void line(const std::string& words_of_it) { text += words_of_it + "\n"; }
  void heading(std::string_view key, const Arguments& arguments = {}) {
    text += "\n## " + words.text(key, arguments) + "\n\n";
  }
  // A mark in the text, and at the end the record that proves it.
  std::string cite(const std::string& source) {
    std::string mark = "[^" + std::to_string(++note_count) + "]";
    notes += mark + ": " + source + "\n\n";
    return mark;
  }
};

std::string names_of(const core::Core& core, const std::vector<views::Author>& authors) {
  std::string names;
  for (const views::Author& author : authors) names += (names.empty() ? "" : ", ") + author_name(core, author);
  return names;
}

// A row a name, each bar as long as its number: alphabetical, never ranked.
void plot(Writer& w, std::string_view heading, std::string_view column,
          const std::map<std::string, std::size_t>& counts) {
  constexpr std::size_t bar_max = 30;
  std::size_t most = 1;
  std::vector<std::pair<std::string, std::string>> rows;  // collation key, name
  for (const auto& [name, n] : counts) {
    most = std::max(most, n);
    rows.emplace_back(collated(name), name);
  }
  std::sort(rows.begin(), rows.end());
  w.heading(heading);
  w.line("| " + w.words.text(column) + " | " + w.words.text("report.number") + " | |\n| --- | ---: | --- |");
  for (const auto& [key, name] : rows) {
    std::size_t n = counts.at(name), length = std::max<std::size_t>(1, n * bar_max / std::max(most, bar_max));
    std::string bar;
    for (std::size_t i = 0; i < length; ++i) bar += "█";
    w.line("| " + plain_in_markdown(name) + " | " + std::to_string(n) + " | " + bar + " |");
  }
}

void write_initiative(Writer& w, const FoundInitiative& found) {
  const content::Initiative& words = found.entry.words();
  std::string source =
      w.words.text("report.source", {{"id", hex(found.entry.current().id.view())},
                                     {"channel", plain_in_markdown(w.core.title(found.channel))},
                                     {"names", plain_in_markdown(names_of(w.core, found.entry.confirmed_by))},
                                     {"day", rfc3339(found.entry.current().time).substr(0, 10)}});
  std::string theme = words.theme.empty() ? "" : " *" + plain_in_markdown(words.theme) + ".*";
  w.line("**" + words.date + "** " + plain_in_markdown(words.title) + "." + theme + w.cite(source) + "\n");
  if (!words.text.empty()) w.line(quoted_markdown(words.text) + "\n");
}

void write_initiatives(Writer& w, const std::vector<FoundInitiative>& confirmed) {
  std::map<std::string, std::size_t> by_country, by_theme;
  std::map<std::pair<std::string, std::string>, std::vector<const FoundInitiative*>> grouped;
  for (const FoundInitiative& found : confirmed) {
    std::string country = country_name(w.core, found.entry.words().country, w.words);
    const std::string& theme = found.entry.words().theme;
    ++by_country[country];
    ++by_theme[theme.empty() ? w.words.text("report.no_theme") : theme];
    grouped[{collated(country), country}].push_back(&found);
  }
  if (confirmed.empty()) return;
  plot(w, "report.by_country", "report.country", by_country);
  plot(w, "report.by_theme", "report.theme", by_theme);
  w.heading("report.initiatives");
  for (const auto& [key, of_country] : grouped) {
    w.line("### " + plain_in_markdown(key.second) + "\n");
    for (const FoundInitiative* found : of_country) write_initiative(w, *found);
  }
}

void write_meeting(Writer& w, const ChannelId& channel, const views::MeetingEntry& meeting) {
  std::string days = meeting.words.start;
  if (meeting.words.end != meeting.words.start) days += " – " + meeting.words.end;
  std::string source = w.words.text(
      "report.meeting_source", {{"id", hex(meeting.id.view())}, {"channel", plain_in_markdown(w.core.title(channel))}});
  w.line("### " + plain_in_markdown(meeting.words.title) + "\n");
  std::string place = meeting.words.place.empty() ? "" : ", " + plain_in_markdown(meeting.words.place);
  w.line(days + place + "." + w.cite(source) + "\n");
  std::vector<std::pair<std::string, std::string>> present;
  for (const std::string& code : meeting.countries) {
    std::string name = country_name(w.core, code, w.words);
    present.emplace_back(collated(name), name);
  }
  std::sort(present.begin(), present.end());
  std::string names;
  for (const auto& [key, name] : present) names += (names.empty() ? "" : ", ") + plain_in_markdown(name);
  if (!names.empty()) w.line(w.words.text("report.present", {{"names", names}}) + "\n");
  for (const views::MeetingDecision& decision : meeting.decisions) {
    std::string record = w.words.text("report.meeting_source", {{"id", hex(decision.id.view())},
                                                                {"channel", plain_in_markdown(w.core.title(channel))}});
    w.line("- " + plain_in_markdown(decision.title) + w.cite(record));
  }
  if (!meeting.decisions.empty()) w.line("");
}

std::size_t write_meetings(Writer& w, const std::string& year) {
  std::size_t count = 0;
  for (const ChannelId& channel : w.core.channels()) {
    for (const views::MeetingEntry& meeting : views::meetings(w.core, channel)) {
      if (!meeting.words.start.starts_with(year)) continue;
      if (count++ == 0) w.heading("report.meetings");
      write_meeting(w, channel, meeting);
    }
  }
  return count;
}

}  // namespace

AnnualReport annual_report(const core::Core& core, const std::string& year, const Catalogue& words) {
  AnnualReport report;
  std::vector<FoundInitiative> confirmed;
  std::map<std::string, std::size_t> countries;
  for (FoundInitiative& found : all_initiatives(core)) {
    if (!found.entry.words().date.starts_with(year)) continue;
    // Confirmed words that stand among the country and the Secretariat alone aren't everybody's yet.
    if (found.drafts || found.entry.state != views::InitiativeState::confirmed) {
      report.left_out.push_back(std::move(found));
      continue;
    }
    if (!found.entry.words().country.empty()) ++countries[found.entry.words().country];
    confirmed.push_back(std::move(found));
  }
  report.initiatives = confirmed.size();
  report.countries = countries.size();
  report.title = words.text("report.title", {{"year", year}});
  Writer w{core, words, {}, {}};
  auto network = core.network_name();
  w.line("# " + report.title + "\n");
  if (network) w.line("**" + plain_in_markdown(network->name) + "**\n");
  w.line(words.text("report.opening", {{"n", std::to_string(report.initiatives)},
                                       {"countries", std::to_string(report.countries)},
                                       {"day", rfc3339(now()).substr(0, 10)}}));
  report.meetings = write_meetings(w, year);
  write_initiatives(w, confirmed);
  w.heading("report.sources");
  w.line(words.text("report.verify") + "\n");
  report.markdown = w.text + w.notes;
  return report;
}

}  // namespace encuentro::client::cli
