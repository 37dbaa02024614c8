// What somebody has who took a device with its passphrase: its keys and groups, past every check of its client. The
// insider whom a hostile server works with.
#pragma once

#include "client/core/identity.h"
#include "protocol/content/content.h"
#include "protocol/content/seal.h"
#include "protocol/mls/member/group.h"
#include "tests/sim/world.h"

namespace encuentro::hostile {

namespace core = client::core;
using sim::Client;

class StolenDevice {
 public:
  explicit StolenDevice(const Client& client) : StolenDevice(client.disk(), sim::passphrase) {}
  StolenDevice(const std::map<Bytes, Bytes>& disk, std::string_view passphrase);

  const core::Identity& me() const { return me_; }
  const crypto::Ed25519Key& key() const { return me_.key; }
  const DeviceId& id() const { return me_.self.device; }
  mls::member::Group group(const ChannelId& channel) const;
  // Of the channel's newest epoch that the device holds.
  content::ArchiveKey archive_key(const ChannelId& channel, const record::GroupEpoch& at) const;

  struct HeldKey {
    record::GroupEpoch at;
    content::ArchiveKey key;
  };
  // All that it holds of the channel.
  std::vector<HeldKey> archive_keys(const ChannelId& channel) const;
  bool has_group(const ChannelId& channel) const;

  // One of its KeyPackages that nobody has used yet.
  mls::KeyPackage key_package() const;

  // An envelope at the head that `reader` has, by this device.
  record::EntryHeader header(const core::Core& reader, const ChannelId& channel, Random& random) const;
  record::EntryHeader header(const Client& reader, const ChannelId& channel, Random& random) const {
    return header(reader.look(), channel, random);
  }
  Bytes entry(const record::EntryHeader& header, const record::Body& body) const;
  // A message sealed as it should be.
  Bytes message(const record::EntryHeader& header, const std::string& words, Random& random) const;
  // The next roster entry for `reader`, signed by this device.
  roster::RosterEntry roster_entry(const Client& reader, const roster::Body& body) const;

 private:
  core::Identity me_;
  std::map<std::string, Bytes> rows_;
};

// The next entry of the roster that `reader` holds, unsigned.
roster::RosterEntry next_roster_entry(const Client& reader, const roster::Body& body);

}  // namespace encuentro::hostile
