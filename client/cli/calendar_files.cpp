#include "client/cli/calendar_files.h"

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "protocol/base/limits.h"

namespace encuentro::client::cli {
namespace {

// As much of a title as a record takes, whole characters only.
std::string short_title(std::string title) {
  if (title.size() > limits::title_bytes_max) title.resize(limits::title_bytes_max);
  while (!content::is_utf8(as_bytes(title))) title.pop_back();
  return title;
}

}  // namespace

Result<std::optional<content::Event>> record_for(const calendar::EventObject& object,
                                                 const views::CalendarEvent* standing) {
  content::Event event;
  event.uid = object.uid();
  event.title = short_title(calendar::title_of(object.master()));
  event.calendar = object.text();
  if (standing != nullptr) {
    const content::Event& stands = standing->current().event;
    if (stands.calendar == event.calendar && !standing->in_conflict()) return std::optional<content::Event>();
    bool off = calendar::is_cancelled(object.master());
    event.act = off ? content::EventAct::cancel : content::EventAct::change;
    event.event = standing->id;
    event.parents = standing->tips();
    event.attachments = stands.attachments;
  }
  TRY(event, content::event_of(content::content_of(event)));
  return std::optional<content::Event>(std::move(event));
}

std::string calendar_text(const std::vector<OpenedEvent>& events, std::string_view title) {
  std::vector<const calendar::Component*> objects;
  for (const OpenedEvent& one : events) {
    if (one.object) objects.push_back(&one.object->calendar());
  }
  return calendar::print(calendar::calendar_of(objects, title));
}

Result<std::string> read_calendar_file(const std::string& file) {
  std::error_code error;
  auto size = std::filesystem::file_size(file, error);
  if (error) return fail(Code::not_found, "file");
  if (size > calendar::file_bytes_max) return fail(Code::too_large, "file", calendar::file_bytes_max, size);
  std::string text(size, '\0');
  std::ifstream in(file, std::ios::binary);
  in.read(text.data(), static_cast<std::streamsize>(size));
  if (!in) return fail(Code::not_found, "file");
  return text;
}

Status write_calendar(const std::string& text) {
  bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
  if (!written) return fail(Code::storage_failed, "stdout");
  return {};
}

}  // namespace encuentro::client::cli
