// Folders that are channels of their own (content::Door): made, and passed on the way to a place.
#pragma once

#include "client/cli/session.h"
#include "client/views/documents.h"

namespace encuentro::client::cli {

// A folder in the channel it lies in, which a door on the way may have changed.
struct FolderPlace {
  ChannelId channel;
  std::optional<RecordId> folder;  // nothing: the channel's top
};

// The folder of this path from a channel's top on; what of it isn't there is made. Errors: not_admitted (a door that
// doesn't open to this person), those of a post.
Result<FolderPlace> make_folders(Session& session, const Globals& globals, const ChannelId& channel,
                                 const std::vector<std::string>& names);

struct MadeDoor {
  RecordId folder;
  FolderPlace beside;  // where the door is
  ChannelId channel;   // behind it
  std::vector<MemberId> admitted;
  std::vector<MemberId> unreached;  // without a device that could be added: whoever may does it later
};
// A channel for these countries alone, with everybody of them who is in the outer one, and its door as the path's last
// folder. Errors: already_exists (a folder of that name is there); not_admitted (a country the outer channel doesn't
// admit, or this person's own isn't among them: rule "country"); malformed (a code); those of creating a channel.
Result<MadeDoor> make_door(Session& session, const Globals& globals, const ChannelId& channel,
                           std::vector<std::string> names, std::vector<std::string> countries);

}  // namespace encuentro::client::cli
