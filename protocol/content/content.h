// What is inside the seal (FORMATS §6): an item of content as its author wrote it. Only clients link this.
// The author is never in here: it is the envelope's device, resolved through the roster.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "protocol/base/time.h"
#include "protocol/codec/reader.h"
#include "protocol/codec/writer.h"

namespace encuentro::content {

inline constexpr std::uint16_t content_version = 1;

// Kinds from 16 on have their own sections in FORMATS when they are built; a kind that a client doesn't know is
// kept and shown as such.
enum class Kind : std::uint16_t {
  message = 1,
  announcement = 2,
  edit = 3,
  reaction = 4,
  read_mark = 5,
  channel_info = 6,
  acknowledgement = 7,
  withdrawal = 8,
  event = 16,
  event_answer = 17,
  document_version = 24,
  document_folder = 25,
  document_comment = 26,
  document_fetched = 27,
  document_change = 28,
  document_freeze = 29,
  initiative = 32,
  meeting = 33,
};

// Whether this program knows the kind: what it says is shown or folded; any other is set aside with a notice.
bool is_known(Kind kind);

struct DocumentRef {
  UploadId upload;
  RecordId version;
  friend bool operator==(const DocumentRef&, const DocumentRef&) = default;
};

// A file: small ones inside, larger ones as a document of the same channel.
struct Attachment {
  std::string name;
  std::string media_type;
  std::uint64_t bytes = 0;  // true size
  Bytes inline_bytes;
  std::optional<DocumentRef> document;
  friend bool operator==(const Attachment&, const Attachment&) = default;
};

// A property by number; unknown ones are kept as they came.
struct Field {
  std::uint16_t key = 0;
  Bytes value;
  friend bool operator==(const Field&, const Field&) = default;
};

namespace field {
inline constexpr std::uint16_t announcement_number = 1;  // uint64
inline constexpr std::uint16_t acknowledge_by = 2;       // Time; 0: asked for, without a date
}  // namespace field

struct Content {
  Timestamp time;    // the author's clock
  std::string zone;  // IANA name of the author's zone, or empty
  std::optional<RecordId> replaces;
  std::optional<RecordId> about;
  std::string media_type;  // of `body`: "text/markdown" where empty
  std::string title;
  std::string body;
  std::vector<MemberId> mentions;
  std::vector<Attachment> attachments;
  std::vector<Field> fields;  // ascending keys
  friend bool operator==(const Content&, const Content&) = default;

  const Field* field(std::uint16_t key) const;
  // The value of a uint64 field; nullopt where it isn't there or has another form.
  std::optional<std::uint64_t> number(std::uint16_t key) const;
  // Sets a uint64 field at its place.
  void set_number(std::uint16_t key, std::uint64_t value);
};

Bytes encode(const Content& content);
// Errors: unknown_version, malformed (text that isn't UTF-8, fields not ascending, an attachment whose size is not
// its inline bytes'), and those of the decoder.
Result<Content> decode_content(BytesView bytes);

// Well-formed UTF-8 (RFC 3629): what a text of this project must be.
bool is_utf8(BytesView bytes);

}  // namespace encuentro::content
