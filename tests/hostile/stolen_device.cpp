#include "tests/hostile/stolen_device.h"

#include "client/core/fields.h"
#include "client/core/vault.h"
#include "protocol/record/log_entry.h"

namespace encuentro::hostile {
namespace {

// As client/core keeps an archive key (channel.cpp).
struct KeptKey {
  Bytes group_id;
  std::uint64_t epoch = 0;
  Bytes key;
  static constexpr auto fields = std::tuple(&KeptKey::group_id, &KeptKey::epoch, &KeptKey::key);
};

std::string row_of(const ChannelId& channel, const char* rest) { return "ch/" + to_hex(channel.view()) + "/" + rest; }

}  // namespace

StolenDevice::StolenDevice(const std::map<Bytes, Bytes>& disk, std::string_view passphrase) {
  std::vector<core::Row> rows;
  for (const auto& [name, value] : disk) rows.push_back({name, value});
  tests::SeededRandom random(1);
  auto each = [&](std::string_view name, BytesView value) {
    rows_[std::string(name)] = to_bytes(value);
    return Status{};
  };
  auto vault = core::Vault::open(rows, as_bytes(passphrase), random, each);
  REQUIRE(vault);
  auto identity = core::Identity::decode(rows_.at("_identity"));
  REQUIRE(identity);
  me_ = std::move(*identity);
}

mls::member::Group StolenDevice::group(const ChannelId& channel) const {
  auto group = mls::member::Group::decode(rows_.at(row_of(channel, "group")));
  REQUIRE(group);
  return std::move(*group);
}

std::vector<StolenDevice::HeldKey> StolenDevice::archive_keys(const ChannelId& channel) const {
  std::vector<HeldKey> keys;
  for (const auto& [name, value] : rows_) {
    if (!name.starts_with(row_of(channel, "key/"))) continue;
    auto kept = core::decode_fields<KeptKey>(value);
    REQUIRE(kept);
    keys.push_back({{kept->group_id, Epoch{kept->epoch}}, content::ArchiveKey(kept->key)});
  }
  return keys;
}

bool StolenDevice::has_group(const ChannelId& channel) const { return rows_.contains(row_of(channel, "group")); }

content::ArchiveKey StolenDevice::archive_key(const ChannelId& channel, const record::GroupEpoch& at) const {
  for (HeldKey& held : archive_keys(channel)) {
    if (held.at == at) return std::move(held.key);
  }
  FAIL("the stolen device doesn't hold the key of epoch " << at.epoch.value);
  std::abort();
}

mls::KeyPackage StolenDevice::key_package() const {
  for (const auto& [name, value] : rows_) {
    if (!name.starts_with("kp/") || value.front() != 0) continue;  // 1: the last resort
    auto secrets = mls::member::KeyPackageSecrets::decode(BytesView(value).subspan(1));
    REQUIRE(secrets);
    return secrets->key_package;
  }
  FAIL("no KeyPackage");
  std::abort();
}

record::EntryHeader StolenDevice::header(const core::Core& reader, const ChannelId& channel, Random& random) const {
  auto look = reader.channel(channel);
  REQUIRE(look);
  auto head = reader.roster().head();
  std::array<std::uint8_t, RecordId::bytes> id{};
  random.fill(id);
  return {me_.self.network, channel, look->at, me_.self.device, RecordId(id), {head.seq, head.hash}, look->head};
}

Bytes StolenDevice::entry(const record::EntryHeader& header, const record::Body& body) const {
  return record::encode(record::sign_entry(header, body, me_.key));
}

Bytes StolenDevice::message(const record::EntryHeader& header, const std::string& words, Random& random) const {
  content::Content item;
  item.body = words;
  auto plaintext = content::encode_padded(content::sign_content(header, content::Kind::message, item, me_.key));
  REQUIRE(plaintext);
  return entry(header, content::seal_record(archive_key(header.channel, header.at), header, {}, *plaintext, random));
}

roster::RosterEntry StolenDevice::roster_entry(const Client& reader, const roster::Body& body) const {
  auto entry = next_roster_entry(reader, body);
  entry.sign(me_.key);
  return entry;
}

roster::RosterEntry next_roster_entry(const Client& reader, const roster::Body& body) {
  const roster::Roster& held = reader.look().roster();
  roster::RosterEntry entry;
  entry.network = held.network();
  entry.seq = held.head().seq.next();
  entry.prev = held.head().hash;
  entry.time = held.head().time;
  entry.type = static_cast<std::uint16_t>(roster::type_of(body));
  entry.body = roster::encode_body(body);
  return entry;
}

}  // namespace encuentro::hostile
