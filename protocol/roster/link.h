// Invitation links (docs/FORMATS.md §2): all of it after the '#', so that it reaches no server's log.
#pragma once

#include <string>

#include "protocol/base/secret.h"
#include "protocol/roster/bodies.h"

namespace encuentro::roster {

using LinkSecret = Secret<32, struct LinkSecretTag>;
using DirectoryKey = Secret<32, struct DirectoryKeyTag>;

struct InviteLink {
  InvitePurpose purpose{};
  NetworkId network;
  Hash32 fingerprint;   // of the network: genesis' hash
  Hash32 spki;          // of the server's key
  std::string address;  // HOST:PORT
  DirectoryKey directory_key;
  InviteId invite;         // sheet: its DeviceId; re_entry: the MemberId
  LinkSecret link_secret;  // sheet: the seed of its key; re_entry: nothing
  // What whoever made the link says that the network is called, for the person to read before anything is sent; whoever
  // enters compares it with the genesis (PROTOCOL E2). At most display_name_bytes_max. None on a sheet: it is typed by
  // hand, and its paper names the network.
  std::string network_name;

  // https://ADDRESS/#BASE64URL. The text is a secret: whoever holds it has half of the invitation.
  SecretBytes print() const;
  // Takes the whole link or what stands after its '#'. The address is the one inside.
  // Errors: malformed, truncated, trailing_bytes, too_large, unknown_version.
  static Result<InviteLink> parse(std::string_view text);
};

}  // namespace encuentro::roster
