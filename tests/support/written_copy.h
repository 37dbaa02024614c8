// A small network, one channel of it with every kind of readable file, and the copy that `encuentro export` would make
// of it: the same bytes on every machine and in every time zone.
#pragma once

#include <unistd.h>

#include <fstream>

#include "client/cli/copy/channel_files.h"
#include "client/cli/copy/check.h"
#include "client/cli/copy/proof.h"
#include "protocol/content/event.h"
#include "protocol/content/initiative.h"
#include "protocol/content/meeting.h"
#include "protocol/crypto/hash.h"
#include "protocol/mls/public/message.h"
#include "protocol/policy/channel_policy.h"
#include "protocol/record/chain.h"
#include "tests/support/test_network.h"

namespace encuentro::tests {

inline constexpr std::string_view event_text =
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//t//t//ES\r\nBEGIN:VEVENT\r\nUID:uno\r\nDTSTAMP:20260101T000000Z\r\n"
    "DTSTART:20261201T150000Z\r\nDTEND:20261201T160000Z\r\nSUMMARY:Videollamada\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

class WrittenCopy {
 public:
  TestNetwork network{7};
  roster::DirectoryKey directory_key{network.random.id<Hash32>().view()};
  std::map<MemberId, client::core::PlainName> plain;
  TestDevice ana;
  client::verify::Log log;
  std::filesystem::path folder;

  explicit WrittenCopy(policy::ChannelKind kind = policy::ChannelKind::committee) : ana(enter()) {
    folder = std::filesystem::temp_directory_path() / ("encuentro-copy-" + std::to_string(getpid()));
    std::filesystem::remove_all(folder);
    log.channel = network.random.id<ChannelId>();
    create(kind);
  }
  ~WrittenCopy() { std::filesystem::remove_all(folder); }
  WrittenCopy(const WrittenCopy&) = delete;
  WrittenCopy& operator=(const WrittenCopy&) = delete;

  // A record whose words go into the copy, or not.
  RecordId write(content::Kind kind, content::Content item, bool with_words = true) {
    item.time = network.now;
    record::EntryHeader header = next_header();
    auto plaintext = content::encode_padded(content::sign_content(header, kind, item, ana.key));
    REQUIRE(plaintext);
    append(header, record::RecordBody{record::SharedSealed{}, {}});
    if (with_words) log.words.push_back({Seq{log.entries.size()}, to_bytes(plaintext->view())});
    return header.id;
  }
  RecordId say(const std::string& body, const std::string& file = "") {
    content::Content item;
    item.body = body;
    if (!file.empty()) item.attachments = {{file, "text/plain", 4, to_bytes(as_bytes("nota")), {}}};
    return write(content::Kind::message, item);
  }

  // One of everything.
  void fill() {
    content::Content info;
    info.title = "Comité";
    write(content::Kind::channel_info, info);
    say("Buenos días", "nota.txt");
    content::Content unread;
    unread.body = "cerrado";
    write(content::Kind::message, unread, false);
    say("Segundo mensaje");
    content::Event event;
    event.uid = "uno";
    event.title = "Videollamada";
    event.calendar = event_text;
    write(content::Kind::event, content::content_of(event));
    content::DocumentVersion put;
    put.name = "Guía.md";
    put.manifest.upload = network.random.id<UploadId>();
    put.manifest.bytes = document.size();
    put.manifest.content = crypto::sha256({as_bytes(document)});
    version = write(content::Kind::document_version, content::content_of(put));
    content::Initiative initiative;
    initiative.country = "XA";
    initiative.date = "2017-06";
    initiative.title = "Taller";
    initiative.text = "Tres jornadas";
    write(content::Kind::initiative, content::content_of(initiative));
  }

  client::cli::Proof proof() const {
    client::cli::Proof proof;
    proof.network = network.id;
    proof.fingerprint = network.roster.fingerprint();
    proof.roster_head = network.roster.head().hash;
    proof.language = client::cli::Language::en;
    for (const auto& entry : network.entries) proof.roster_entries.push_back(entry.encode());
    for (const auto& [member, name] : plain) {
      auto known = network.roster.newest().member(member);
      auto revealed = client::core::reveal_name(directory_key, member.view(), *known->name);
      REQUIRE(revealed);
      proof.names[member] = std::move(*revealed);
    }
    proof.logs = {log};
    proof.channels = {{folder_of_channel(), head().hash}};
    return proof;
  }

  // The copy on disk, its one document with it.
  void save() const {
    using namespace client::cli;
    Catalogue words(Language::en);
    auto account = account_of(network.roster, log);
    REQUIRE(account);
    Telling telling = copy_telling(network.roster, plain, *account);
    ChannelFiles rendered(telling, *account, words);
    auto put = [&](const std::string& path, BytesView bytes) { REQUIRE(write_file(folder / path, bytes)); };
    std::string channel = folder_of_channel() + "/";
    for (const auto& [path, bytes] : rendered.files()) put(channel + path, bytes);
    for (const VersionFile& file : rendered.versions()) put(channel + file.path, as_bytes(document));
    if (auto list = rendered.documents({}); !list.empty()) put(channel + "documents.json", as_bytes(list));
    put("people.json", as_bytes(people_text(network.roster, plain)));
    put("README.md", as_bytes(words.text("export.readme")));
    REQUIRE(write_proof(folder, proof()));
  }

  std::string folder_of_channel() const {
    client::cli::Catalogue words(client::cli::Language::en);
    auto account = client::cli::account_of(network.roster, log);
    REQUIRE(account);
    auto telling = client::cli::copy_telling(network.roster, plain, *account);
    return client::cli::folder_name(1, client::cli::ChannelFiles(telling, *account, words).heading());
  }

  std::string document = "# Guía\n";
  RecordId version;

 private:
  TestDevice enter() {
    network.add_country("XA");
    auto invite = network.new_invite(TestNetwork::grant(roster::Role::focal_point, "XA"));
    client::core::PlainName name{"Ana Ejemplo", "Ministerio", ""};
    auto sealed = client::core::seal_name(directory_key, invite.body.member.view(), name, network.random);
    REQUIRE(sealed);
    invite.body.name = *sealed;
    plain[invite.body.member] = name;
    network.must(network.founder, invite.body);
    auto device = network.new_device(invite.body.member);
    network.must(network.accept_entry(invite, device));
    return device;
  }

  void create(policy::ChannelKind kind) {
    policy::ChannelPolicy policy = policy::focal_points_board(log.channel, ana.member);
    if (kind != policy::ChannelKind::board) {
      policy::PolicyWish wish{log.channel, ana.member,         kind, policy::History::shared,
                              false,       {country_of("XA")}, {},   {}};
      auto made = policy::make_policy(wish);
      REQUIRE(made);
      policy = *made;
    }
    mls::GroupInfo info;
    info.group_context.cipher_suite = crypto::Suite::x25519_chacha20poly1305_sha256_ed25519;
    info.group_context.group_id = Bytes(16, 1);
    info.group_context.extensions.set(policy::policy_extension, policy.encoded());
    codec::Writer w;
    mls::MlsMessage{info}.encode(w);
    append(next_header(), record::CreateBody{w.take()});
  }

  record::LogHead head() const {
    record::LogHead seen = record::log_start(network.id, log.channel);
    for (const Bytes& entry : log.entries) seen = record::log_next(seen, entry);
    return seen;
  }
  record::EntryHeader next_header() {
    record::EntryHeader header;
    header.network = network.id;
    header.channel = log.channel;
    header.at = {Bytes(16, 1), Epoch{0}};
    header.device = ana.id();
    header.id = network.random.id<RecordId>();
    header.roster = {network.roster.head().seq, network.roster.head().hash};
    header.seen = head();
    return header;
  }
  void append(const record::EntryHeader& header, const record::Body& body) {
    log.entries.push_back(record::encode(record::sign_entry(header, body, ana.key)));
  }
};

}  // namespace encuentro::tests
