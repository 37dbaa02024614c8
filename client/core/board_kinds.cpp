#include "client/core/board_kinds.h"

namespace encuentro::client::core {

bool board_takes(policy::ChannelKind channel, content::Kind kind, std::optional<roster::Role> role) {
  bool reserved =
      kind == content::Kind::announcement || kind == content::Kind::channel_info || kind == content::Kind::event;
  return !reserved || channel != policy::ChannelKind::board || role == roster::Role::secretariat;
}

}  // namespace encuentro::client::core
