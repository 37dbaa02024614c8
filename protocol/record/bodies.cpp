#include "protocol/record/bodies.h"

#include "protocol/base/limits.h"

namespace encuentro::record {
namespace {

enum class RecordForm : std::uint8_t { shared = 1, sealed = 2 };

template <class IdType>
void write_ids(codec::Writer& w, const std::vector<IdType>& ids) {
  w.vector(ids, [](codec::Writer& out, const IdType& id) { out.id(id); });
}
template <class IdType>
Result<std::vector<IdType>> read_ids(codec::Reader& r, std::size_t items_max) {
  return r.vector<IdType>(items_max * IdType::bytes, items_max, [](codec::Reader& in) { return in.id<IdType>(); });
}

void write(codec::Writer& w, const CreateBody& body) { w.opaque(body.group_info); }

void write(codec::Writer& w, const CommitBody& body) {
  body.commit.encode(w);
  body.group_info.encode(w);
  w.optional(body.welcome, [](codec::Writer& out, const Part& part) { part.encode(out); });
  write_ids(w, body.added);
  w.optional(body.link, [](codec::Writer& out, const Link& link) { link.encode(out); });
}

void write(codec::Writer& w, const RecordBody& body) {
  if (const auto* shared = std::get_if<SharedSealed>(&body.sealed)) {
    w.number(RecordForm::shared);
    w.id(shared->salt);
    w.id(shared->commitment);
    w.opaque(shared->ciphertext);
  } else {
    w.number(RecordForm::sealed);
    w.opaque(std::get<MlsSealed>(body.sealed).mls_message);
  }
  write_ids(w, body.pins);
}

void write(codec::Writer& w, const LinkBody& body) { body.link.encode(w); }
void write(codec::Writer&, const LeaveBody&) {}

void write(codec::Writer& w, const DeleteBody& body) {
  write_ids(w, body.uploads);
  w.id(body.target);
}

void write(codec::Writer& w, const ReportBody& body) {
  w.u64(body.seq.value);
  w.id(body.entry);
  w.u16(body.code);
  w.text(body.rule);
}

Result<Body> read_create(codec::Reader& r) {
  TRY(BytesView group_info, r.opaque(limits::entry_bytes_max));
  return CreateBody{to_bytes(group_info)};
}

Result<Body> read_commit(codec::Reader& r) {
  CommitBody body;
  TRY(body.commit, Part::decode(r));
  TRY(body.group_info, Part::decode(r));
  TRY(body.welcome, r.optional<Part>(Part::decode));
  TRY(body.added, read_ids<DeviceId>(r, limits::leaves_max));
  TRY(body.link, r.optional<Link>(Link::decode));
  return body;
}

Result<Body> read_record(codec::Reader& r) {
  RecordBody body;
  TRY(auto form, r.number<RecordForm>());
  if (form == RecordForm::shared) {
    TRY(Salt salt, r.id<Salt>());
    TRY(Commitment commitment, r.id<Commitment>());
    TRY(BytesView ciphertext, r.opaque(limits::entry_bytes_max));
    body.sealed = SharedSealed{salt, commitment, to_bytes(ciphertext)};
  } else if (form == RecordForm::sealed) {
    TRY(BytesView message, r.opaque(limits::entry_bytes_max));
    body.sealed = MlsSealed{to_bytes(message)};
  } else {
    return fail(Code::unknown_kind, "record form", 1, static_cast<std::uint64_t>(form));
  }
  TRY(body.pins, read_ids<UploadId>(r, limits::pins_max));
  return body;
}

Result<Body> read_delete(codec::Reader& r) {
  DeleteBody body;
  TRY(body.uploads, read_ids<UploadId>(r, limits::pins_max));
  TRY(body.target, r.id<RecordId>());
  return body;
}

Result<Body> read_report(codec::Reader& r) {
  ReportBody body;
  TRY(std::uint64_t seq, r.u64());
  body.seq = Seq{seq};
  TRY(body.entry, r.id<Hash32>());
  TRY(body.code, r.u16());
  TRY(BytesView rule, r.opaque(limits::rule_bytes_max));
  body.rule = as_text(rule);
  return body;
}

Result<Body> read_body(std::uint8_t kind, codec::Reader& r) {
  switch (static_cast<EntryKind>(kind)) {
    case EntryKind::create:
      return read_create(r);
    case EntryKind::commit:
      return read_commit(r);
    case EntryKind::record:
      return read_record(r);
    case EntryKind::link: {
      TRY(Link link, Link::decode(r));
      return LinkBody{std::move(link)};
    }
    case EntryKind::leave:
      return LeaveBody{};
    case EntryKind::erase:
      return read_delete(r);
    case EntryKind::report:
      return read_report(r);
  }
  return fail(Code::unknown_kind, "entry kind", 0, kind);
}

}  // namespace

void Link::encode(codec::Writer& w) const {
  older.encode(w);
  newer.encode(w);
  w.id(salt);
  w.id(commitment);
  w.opaque(ciphertext);
}

Result<Link> Link::decode(codec::Reader& r) {
  Link link;
  TRY(link.older, GroupEpoch::decode(r));
  TRY(link.newer, GroupEpoch::decode(r));
  TRY(link.salt, r.id<Salt>());
  TRY(link.commitment, r.id<Commitment>());
  TRY(BytesView ciphertext, r.opaque(limits::link_ciphertext_bytes));
  link.ciphertext = to_bytes(ciphertext);
  return link;
}

EntryKind kind_of(const Body& body) { return static_cast<EntryKind>(body.index() + 1); }

Bytes encode_body(const Body& body) {
  codec::Writer w;
  std::visit([&](const auto& known) { write(w, known); }, body);
  return w.take();
}

Result<Body> decode_body(std::uint8_t kind, BytesView bytes) {
  return codec::decode_all<Body>(bytes, [kind](codec::Reader& r) { return read_body(kind, r); });
}

}  // namespace encuentro::record
