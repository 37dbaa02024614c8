#include "client/cli/telling.h"

#include "client/cli/clock.h"
#include "client/views/documents.h"

namespace encuentro::client::cli {

Telling::Telling(const core::Core& core)
    : name_of([&core](const MemberId& member) { return core.name_of(member); }),
      title_of([&core](const ChannelId& channel) { return core.title(channel); }),
      document_name([&core](const ChannelId& channel, const RecordId& id) {
        views::Library library = views::library(core, channel);
        const views::Document* found = library.document(id);
        return found == nullptr ? to_hex(id.view()).substr(0, 8) : found->name;
      }),
      time_text(local_time),
      roster(&core.roster()) {}

}  // namespace encuentro::client::cli
