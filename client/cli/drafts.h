// A country's drafts: what others filed for it waits for its word in a channel of that country and the Secretariat
// alone; what it confirms is filed again by its focal point where it was meant for, naming the original.
#pragma once

#include "client/cli/initiative_show.h"
#include "client/cli/session.h"

namespace encuentro::client::cli {

// The country's drafts channel this device is in; made where there is none. The Secretariat's people and the country's
// focal points who aren't in yet are brought in. Errors: not_allowed (rule "drafts": there is none, and a delegation
// member makes none), and the core's.
Result<ChannelId> drafts_channel(Session& session, Output& output, roster::Country country);

Result<core::Sent> post_initiative(Session& session, const Globals& globals, const ChannelId& channel,
                                   const content::Initiative& initiative);

// What of the draft's confirmed words stands in its destination: nothing yet, or by an earlier version.
std::optional<FoundInitiative> published_copy(const core::Core& core, const FoundInitiative& draft);
// Does what is missing there: files the confirmed words, corrects an earlier copy to them, or adds this focal point's
// confirmation. Nothing for a draft that isn't confirmed or has no destination. Errors: not_admitted (to the
// destination), and the core's.
Status publish(Session& session, Output& output, const Globals& globals, const FoundInitiative& draft);
// The country takes back what stands there already.
Status withhold_copy(Session& session, const Globals& globals, const FoundInitiative& draft);

}  // namespace encuentro::client::cli
