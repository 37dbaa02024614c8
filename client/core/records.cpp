#include "client/core/records.h"

#include "client/core/board_kinds.h"
#include "client/core/proofs.h"
#include "protocol/content/seal.h"
#include "protocol/policy/policy.h"

namespace encuentro::client::core {
namespace {

Record record_of(const CoreState& state, const api::LogItem& item, const record::LogEntry& entry) {
  Record record;
  record.seq = item.seq;
  record.stored = item.stored;
  record.id = entry.header.id;
  record.device = entry.header.device;
  record.roster_seq = entry.header.roster.seq;
  if (auto view = state.book.roster.at(entry.header.roster.seq)) {
    if (auto device = view->device(entry.header.device)) record.member = device->member;
  }
  return record;
}

void keep(CoreState& state, Channel& channel, Record record) {
  store_record(*state.vault, channel, record);
  show(state, RecordRead{channel.id, record.seq});
  channel.records.push_back(std::move(record));
}

void set_problem(Record& record, Reading reading, const Error& why) {
  record.reading = reading;
  record.problem = why.code;
}

bool kind_allowed(const CoreState& state, const Channel& channel, const Record& record) {
  auto view = state.book.roster.at(record.roster_seq);
  auto member = view ? view->member(record.member) : std::nullopt;
  auto role = member ? std::optional(member->grant.role) : std::nullopt;
  return board_takes(channel.policy.kind, static_cast<content::Kind>(record.kind), role);
}

// The opened plaintext: signed by the envelope's device, of a kind and form this client knows.
void take_plaintext(const CoreState& state, const Channel& channel, const record::LogEntry& entry, BytesView plaintext,
                    Record& record) {
  auto signed_content = content::decode_signed_content(plaintext);
  if (!signed_content) return set_problem(record, Reading::unreadable, signed_content.error());
  auto view = state.book.roster.at(entry.header.roster.seq);
  auto device = view->device(entry.header.device);
  if (auto valid = signed_content->verify(entry.header, device->key); !valid) {
    return set_problem(record, Reading::unreadable, valid.error());
  }
  record.kind = signed_content->kind;
  if (!content::is_known(static_cast<content::Kind>(record.kind))) {
    return set_problem(record, Reading::unknown, {Code::unknown_kind, "content", 0, record.kind});
  }
  auto item = content::decode_content(signed_content->body);
  if (!item) {
    bool later = item.error().code == Code::unknown_version;
    return set_problem(record, later ? Reading::unknown : Reading::unreadable, item.error());
  }
  if (!kind_allowed(state, channel, record)) {
    return set_problem(record, Reading::refused, {Code::not_allowed, "board", 0, 0});
  }
  record.reading = Reading::opened;
  record.problem = Code::none;
  record.content = std::move(*item);
}

void open_shared(const CoreState& state, const Channel& channel, const record::LogEntry& entry,
                 const record::RecordBody& body, Record& record) {
  auto key = channel.keys.find(EpochKey::of(entry.header.at));
  if (key == channel.keys.end()) return;
  auto opened = content::open_record(key->second, entry.header, body);
  if (!opened) return set_problem(record, Reading::unreadable, opened.error());
  take_plaintext(state, channel, entry, opened->view(), record);
}

Result<mls::member::OpenedMessage> unprotect(Channel& channel, const record::LogEntry& entry,
                                             const record::RecordBody& body) {
  TRY(auto message, mls::decoded<mls::MlsMessage>(std::get<record::MlsSealed>(body.sealed).mls_message));
  const auto* sealed = message.as<mls::PrivateMessage>();
  if (sealed == nullptr) return fail(Code::malformed, "wire format");
  auto opened = channel.member->unprotect(*sealed);
  channel.member_unsaved = true;  // also a message that fails may have moved a ratchet
  if (!opened) return std::unexpected(opened.error());
  const mls::LeafNode* leaf = channel.member->tree().leaf(opened->sender);
  TRY(auto author, policy::LeafIdentity::of(leaf->content().credential));
  if (author.device != entry.header.device) return fail(Code::bad_signature, "author");
  if (opened->authenticated_data != record::record_associated_data(entry.header, body)) {
    return fail(Code::bad_signature, "envelope");
  }
  return opened;
}

// Keys of a sealed channel exist in the current epoch only, once a message: it opens now or never.
void open_sealed(CoreState& state, Channel& channel, const record::LogEntry& entry, const record::RecordBody& body,
                 Record& record) {
  auto own = channel.outbox.find(entry.header.id);
  if (entry.header.device == state.identity->self.device && own != channel.outbox.end()) {
    auto item = content::decode_content(own->second.content);
    if (!item) return set_problem(record, Reading::unreadable, item.error());
    record.kind = own->second.content_kind;
    record.reading = Reading::opened;
    record.content = std::move(*item);
    // The same key signs the same words the same way.
    auto again = content::sign_content(entry.header, static_cast<content::Kind>(record.kind), record.content,
                                       state.identity->key);
    keep_signature(state, channel, record.seq, again.signature);
    return;
  }
  if (!channel.in()) return;
  auto opened = unprotect(channel, entry, body);
  if (!opened) return set_problem(record, Reading::unreadable, opened.error());
  take_plaintext(state, channel, entry, opened->plaintext.view(), record);
  if (record.reading != Reading::opened) return;
  auto signed_content = content::decode_signed_content(opened->plaintext.view());
  ENC_CHECK(signed_content);  // it was opened
  keep_signature(state, channel, record.seq, signed_content->signature);
}

}  // namespace

void add_record(CoreState& state, Channel& channel, const api::LogItem& item, const record::LogEntry& entry,
                const record::RecordBody& body) {
  Record record = record_of(state, item, entry);
  auto view = state.book.roster.at(entry.header.roster.seq);
  bool sealed_form = std::holds_alternative<record::MlsSealed>(body.sealed);
  if (auto may = policy::may_post(channel.policy, *view, entry.header.device); !may) {
    set_problem(record, Reading::refused, may.error());
  } else if (sealed_form == channel.shared()) {
    set_problem(record, Reading::refused, {Code::policy_violation, "record form", 0, 0});
  } else if (sealed_form) {
    open_sealed(state, channel, entry, body, record);
  } else {
    open_shared(state, channel, entry, body, record);
  }
  keep(state, channel, std::move(record));
}

void add_unreadable_record(CoreState& state, Channel& channel, const api::LogItem& item, const Error& why) {
  Record record;
  if (auto entry = record::decode_log_entry(item.entry)) {
    record = record_of(state, item, *entry);
  } else {
    record.seq = item.seq;
    record.stored = item.stored;
  }
  bool later = why.code == Code::unknown_version || why.code == Code::unknown_kind;
  set_problem(record, later ? Reading::unknown : Reading::unreadable, why);
  keep(state, channel, std::move(record));
}

void add_refused_record(CoreState& state, Channel& channel, const api::LogItem& item, const record::LogEntry& entry,
                        const Error& why) {
  Record record = record_of(state, item, entry);
  set_problem(record, Reading::refused, why);
  keep(state, channel, std::move(record));
}

void add_closed_record(CoreState& state, Channel& channel, const api::LogItem& item, const record::LogEntry& entry) {
  if (entry.kind != static_cast<std::uint8_t>(record::EntryKind::record)) return;
  keep(state, channel, record_of(state, item, entry));
}

void open_closed_records(CoreState& state, Channel& channel) {
  for (Record& record : channel.records) {
    if (record.reading != Reading::closed && record.reading != Reading::unknown) continue;
    auto entry = record::decode_log_entry(channel.rows[record.seq.value - 1].entry);
    auto body = entry ? entry->parsed() : Result<record::Body>(fail(Code::malformed));
    if (!body || !std::holds_alternative<record::RecordBody>(*body)) continue;
    const auto& sealed = std::get<record::RecordBody>(*body);
    if (!std::holds_alternative<record::SharedSealed>(sealed.sealed)) continue;
    Reading before = record.reading;
    open_shared(state, channel, *entry, sealed, record);
    if (record.reading == before) continue;
    store_record(*state.vault, channel, record);
    show(state, RecordRead{channel.id, record.seq});
  }
}

}  // namespace encuentro::client::core
