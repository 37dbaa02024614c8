// Documents against a server that helps an insider: what a removed device can make of all that the server holds, and
// who takes bytes away without a right to.
// Tests: client/core/history.cpp client/core/erasing.cpp protocol/content/seal.cpp protocol/content/file_cipher.cpp
#include <catch2/catch.hpp>

#include "client/core/key_packages.h"
#include "protocol/content/document.h"
#include "protocol/crypto/hash.h"
#include "protocol/mls/public/message.h"
#include "tests/hostile/scene.h"

using namespace encuentro;
using namespace encuentro::hostile;

namespace {

// A document's version as it lies at the server: the sealed chunks and their sealed list.
struct Stored {
  content::DocumentVersion version;
  std::vector<Bytes> chunks;
  Bytes list;
  RecordId id;
  Seq seq;
};

content::FileShape shape_of(const content::Manifest& manifest) { return {manifest.bytes}; }

content::FileCipher cipher_of(const content::FileKey& key, const ChannelId& channel,
                              const content::Manifest& manifest) {
  return {key, channel, manifest.upload, shape_of(manifest)};
}

Stored post(Scene& s, Client& by, const std::string& text) {
  Stored stored;
  auto& manifest = stored.version.manifest;
  stored.version.name = "texto.md";
  manifest.upload = s.random.id<UploadId>();
  manifest.bytes = text.size();
  manifest.key = content::FileKey(s.random.id<Hash32>().view());
  manifest.content = crypto::sha256({as_bytes(text)});
  auto cipher = cipher_of(manifest.key, s.id, manifest);
  std::vector<BlobId> hashes;
  for (std::uint32_t i = 0; i < cipher.shape().chunks(); ++i) {
    Bytes chunk(cipher.shape().sealed_bytes(i));
    std::copy_n(text.begin(), cipher.shape().file_bytes(i), chunk.begin());
    cipher.seal(i, chunk);
    hashes.push_back(BlobId(crypto::sha256({chunk}).view()));
    stored.chunks.push_back(std::move(chunk));
  }
  stored.list = cipher.seal_list(hashes);
  manifest.list = BlobId(crypto::sha256({stored.list}).view());
  by.must(core::AllowTransfer{s.id, manifest.upload, cipher.shape().padded_bytes()});
  auto sent = by.get<core::Sent>(core::Post{s.id,
                                            static_cast<std::uint16_t>(content::Kind::document_version),
                                            content::encode(content::content_of(stored.version)),
                                            {manifest.upload}});
  stored.id = sent.id;
  stored.seq = sent.seq;
  s.net.world.settle();
  return stored;
}

// Every file key in the versions that a device has read.
std::vector<content::FileKey> file_keys(const Client& client, const ChannelId& channel) {
  std::vector<content::FileKey> keys;
  for (const core::Record* record : client.look().records(channel)) {
    if (record->kind != static_cast<std::uint16_t>(content::Kind::document_version)) continue;
    if (record->reading != core::Reading::opened) continue;
    auto version = content::document_version(record->content);
    REQUIRE(version);
    keys.push_back(version->manifest.key.duplicate());
  }
  return keys;
}

record::LogEntry entry_at(const Client& reader, const ChannelId& channel, Seq seq) {
  auto entry = record::decode_log_entry(reader.look().log_entries(channel)[seq.value - 1]);
  REQUIRE(entry);
  return *entry;
}

// Whether this key opens any chunk of the version, or the list of them.
bool opens_file(const content::FileKey& key, const ChannelId& channel, const Stored& stored) {
  auto cipher = cipher_of(key, channel, stored.version.manifest);
  for (std::uint32_t i = 0; i < stored.chunks.size(); ++i) {
    Bytes chunk = stored.chunks[i];
    auto opened = cipher.open(i, chunk);
    if (opened) return true;
    CHECK(opened.error().code == Code::bad_tag);
  }
  auto list = cipher.open_list(stored.list);
  if (!list) CHECK(list.error().code == Code::bad_tag);
  return list.has_value();
}

// What stands in the log from `from` on, against one thief with everything it holds.
struct Loot {
  StolenDevice thief;
  std::vector<StolenDevice::HeldKey> keys;
  std::optional<mls::member::Group> group;

  Loot(const Client& client, const ChannelId& channel) : thief(client), keys(thief.archive_keys(channel)) {
    if (thief.has_group(channel)) group.emplace(thief.group(channel));
  }

  void opens_no_record(const record::LogEntry& entry) {
    auto body = entry.parsed();
    REQUIRE(body);
    const auto& record = std::get<record::RecordBody>(*body);
    if (const auto* sealed = std::get_if<record::MlsSealed>(&record.sealed)) {
      if (!group) return;
      auto message = mls::decoded<mls::MlsMessage>(sealed->mls_message);
      REQUIRE(message);
      CHECK_FALSE(group->unprotect(*message->as<mls::PrivateMessage>()));
      return;
    }
    for (const auto& held : keys) {
      auto opened = content::open_record(held.key, entry.header, record);
      REQUIRE_FALSE(opened);
      CHECK(opened.error().code == Code::bad_tag);
    }
  }

  // The Commit that shut it out, its link, and the epoch it leads to.
  void learns_nothing_from(const record::CommitBody& commit) {
    REQUIRE_FALSE(commit.commit.is_blob());
    auto message = mls::decoded<mls::MlsMessage>(commit.commit.bytes());
    REQUIRE(message);
    if (group) {
      auto staged = group->stage(*message, {}, core::lifetime_policy());
      CHECK((!staged || staged->removes_us()));
    }
    if (!commit.link) return;
    for (const auto& held : keys) {
      // The link runs from newer to older: under no key it holds does it open, to the older one or to anything else.
      auto opened = content::open_link(held.key, *commit.link, content::archive_commitment(held.key, held.at));
      REQUIRE_FALSE(opened);
      CHECK(opened.error().code == Code::bad_link);
    }
  }
};

void gets_nothing_newer(policy::History history, std::size_t trial) {
  Scene s(5000 + trial, history);
  Stored before = post(s, s.ar, "lo que todos leyeron");
  REQUIRE(file_keys(s.br, s.id).size() == 1);
  CHECK(opens_file(file_keys(s.br, s.id)[0], s.id, before));  // and this much it has

  Loot early(s.br, s.id);  // copied before it was shut out
  Seq last = s.ar.look().channel(s.id)->head.seq;
  s.ar.must(core::RemoveFromChannel{s.id, s.br.member()});
  s.net.world.settle();
  Stored after = post(s, s.ar, "solo para los que quedan " + std::string(300'000, 'x'));
  Loot late(s.br, s.id);  // and what is on it afterwards
  auto known = file_keys(s.br, s.id);
  REQUIRE(known.size() == 1);

  REQUIRE(after.chunks.size() > 1);
  for (Loot* loot : {&early, &late}) {
    for (std::uint64_t seq = last.value + 1; seq <= s.ar.look().channel(s.id)->head.seq.value; ++seq) {
      auto entry = entry_at(s.ar, s.id, Seq{seq});
      auto body = entry.parsed();
      REQUIRE(body);
      if (const auto* commit = std::get_if<record::CommitBody>(&*body)) loot->learns_nothing_from(*commit);
      if (std::holds_alternative<record::RecordBody>(*body)) loot->opens_no_record(entry);
    }
    CHECK_FALSE(opens_file(known[0], s.id, after));
  }

  // The same bytes are good: who stayed opens the record, and with its key every chunk.
  auto stayed = file_keys(s.cl, s.id);
  REQUIRE(stayed.size() == 2);
  CHECK(opens_file(stayed[1], s.id, after));
  CHECK_FALSE(opens_file(stayed[0], s.id, after));
}

}  // namespace

TEST_CASE("hostile: a removed device opens nothing newer of a shared channel, with all of the server's help") {
  for (std::size_t trial = 0; trial < trials(); ++trial) gets_nothing_newer(policy::History::shared, trial);
}

TEST_CASE("hostile: a removed device opens nothing newer of a sealed channel, with all of the server's help") {
  for (std::size_t trial = 0; trial < trials(); ++trial) gets_nothing_newer(policy::History::sealed, trial);
}

TEST_CASE("hostile: bytes that another device had no right to erase stay, whatever the server took") {
  for (std::size_t trial = 0; trial < trials(); ++trial) {
    Scene s(6000 + trial);
    core::Invite invite;
    invite.role = roster::Role::delegate;
    invite.country = "CL";
    invite.person.name = "Delegado";
    Client& delegate = s.net.enter(s.cl, "CL-2", invite);
    s.ar.must(core::AddToChannel{s.id, delegate.member()});
    s.net.world.settle();
    Stored stored = post(s, s.ar, "de AR");
    CHECK(delegate.refused(core::EraseUploads{s.id, {stored.version.manifest.upload}, stored.id}) == Code::not_allowed);
    StolenDevice thief(delegate);
    record::DeleteBody erase{{stored.version.manifest.upload}, stored.id};
    s.push_entry(s.victim, thief.entry(thief.header(s.victim, s.id, s.random), erase));
    CHECK(s.victim.look().erasures(s.id).empty());
    auto alarms = s.victim.alarms();
    REQUIRE_FALSE(alarms.empty());
    CHECK(alarms.back() == Code::not_allowed);
  }
}
