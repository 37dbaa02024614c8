#include "protocol/content/content.h"

#include <algorithm>

#include "protocol/base/limits.h"

namespace encuentro::content {
namespace {

void write_record_id(codec::Writer& w, const RecordId& id) { w.id(id); }

Result<std::string> read_text(codec::Reader& r, std::size_t bytes_max) {
  TRY(BytesView bytes, r.opaque(bytes_max));
  if (!is_utf8(bytes)) return fail(Code::malformed, "utf-8");
  return std::string(as_text(bytes));
}

void write(codec::Writer& w, const Attachment& attachment) {
  w.text(attachment.name);
  w.text(attachment.media_type);
  w.u64(attachment.bytes);
  w.opaque(attachment.inline_bytes);
  w.optional(attachment.document, [](codec::Writer& out, const DocumentRef& document) {
    out.id(document.upload);
    out.id(document.version);
  });
}

Result<DocumentRef> read_document(codec::Reader& r) {
  TRY(UploadId upload, r.id<UploadId>());
  TRY(RecordId version, r.id<RecordId>());
  return DocumentRef{upload, version};
}

Result<Attachment> read_attachment(codec::Reader& r) {
  Attachment attachment;
  TRY(attachment.name, read_text(r, limits::display_name_bytes_max));
  TRY(attachment.media_type, read_text(r, limits::media_type_bytes_max));
  TRY(attachment.bytes, r.u64());
  TRY(BytesView bytes, r.opaque(limits::inline_attachment_bytes_max));
  attachment.inline_bytes = to_bytes(bytes);
  TRY(attachment.document, r.optional<DocumentRef>(read_document));
  if (!attachment.document && attachment.bytes != attachment.inline_bytes.size()) {
    return fail(Code::malformed, "attachment size", attachment.bytes, attachment.inline_bytes.size());
  }
  return attachment;
}

Result<Field> read_field(codec::Reader& r) {
  TRY(std::uint16_t key, r.u16());
  TRY(BytesView value, r.opaque(limits::body_bytes_max));
  return Field{key, to_bytes(value)};
}

Result<Content> read_content(codec::Reader& r) {
  Content content;
  TRY(std::uint16_t version, r.u16());
  if (version != content_version) return fail(Code::unknown_version, "content", content_version, version);
  TRY(std::uint64_t time, r.u64());
  if (time > INT64_MAX) return fail(Code::malformed, "time");
  content.time = Timestamp{static_cast<std::int64_t>(time)};
  TRY(content.zone, read_text(r, limits::zone_bytes_max));
  auto record_id = [](codec::Reader& in) { return in.id<RecordId>(); };
  TRY(content.replaces, r.optional<RecordId>(record_id));
  TRY(content.about, r.optional<RecordId>(record_id));
  TRY(content.media_type, read_text(r, limits::media_type_bytes_max));
  TRY(content.title, read_text(r, limits::title_bytes_max));
  TRY(content.body, read_text(r, limits::body_bytes_max));
  TRY(content.mentions, r.vector<MemberId>(limits::mentions_max * MemberId::bytes, limits::mentions_max,
                                           [](codec::Reader& in) { return in.id<MemberId>(); }));
  TRY(content.attachments, r.vector<Attachment>(limits::body_bytes_max, limits::attachments_max, read_attachment));
  TRY(content.fields, r.vector<Field>(limits::body_bytes_max, limits::fields_max, read_field));
  for (std::size_t i = 1; i < content.fields.size(); ++i) {
    if (content.fields[i - 1].key >= content.fields[i].key) return fail(Code::malformed, "field order");
  }
  return content;
}

}  // namespace

const Field* Content::field(std::uint16_t key) const {
  auto found = std::find_if(fields.begin(), fields.end(), [key](const Field& field) { return field.key == key; });
  return found == fields.end() ? nullptr : &*found;
}

std::optional<std::uint64_t> Content::number(std::uint16_t key) const {
  const Field* known = field(key);
  if (known == nullptr) return std::nullopt;
  codec::Reader r(known->value);
  auto value = r.u64();
  if (!value || !r.at_end()) return std::nullopt;
  return *value;
}

void Content::set_number(std::uint16_t key, std::uint64_t value) {
  codec::Writer w;
  w.u64(value);
  auto place = std::lower_bound(fields.begin(), fields.end(), key,
                                [](const Field& field, std::uint16_t wanted) { return field.key < wanted; });
  if (place == fields.end() || place->key != key) place = fields.insert(place, Field{key, {}});
  place->value = w.take();
}

bool is_known(Kind kind) {
  switch (kind) {
    case Kind::message:
    case Kind::announcement:
    case Kind::edit:
    case Kind::reaction:
    case Kind::read_mark:
    case Kind::channel_info:
    case Kind::acknowledgement:
    case Kind::withdrawal:
    case Kind::event:
    case Kind::event_answer:
    case Kind::document_version:
    case Kind::document_folder:
    case Kind::document_comment:
    case Kind::document_fetched:
    case Kind::document_change:
    case Kind::document_freeze:
    case Kind::initiative:
    case Kind::meeting:
      return true;
  }
  return false;
}

Bytes encode(const Content& content) {
  codec::Writer w;
  w.u16(content_version);
  w.u64(static_cast<std::uint64_t>(content.time.ms));
  w.text(content.zone);
  w.optional(content.replaces, write_record_id);
  w.optional(content.about, write_record_id);
  w.text(content.media_type);
  w.text(content.title);
  w.text(content.body);
  w.vector(content.mentions, [](codec::Writer& out, const MemberId& id) { out.id(id); });
  w.vector(content.attachments, [](codec::Writer& out, const Attachment& item) { write(out, item); });
  w.vector(content.fields, [](codec::Writer& out, const Field& field) {
    out.u16(field.key);
    out.opaque(field.value);
  });
  return w.take();
}

Result<Content> decode_content(BytesView bytes) { return codec::decode_all<Content>(bytes, read_content); }

}  // namespace encuentro::content
