// Notices outside the space (docs/FORMATS.md §7.1): a member asks to be told by e-mail that there is something new. The
// server keeps an address only as a handle that it can't open; the program that sends (aviso/) can.
#pragma once

#include "protocol/api/frame.h"
#include "protocol/base/time.h"
#include "protocol/crypto/signature.h"

namespace encuentro::api {

enum class NoticeInterval : std::uint8_t { off = 0, immediate = 1, daily = 2 };

// An address under the sender's key (notice_address.h): always of this length.
inline constexpr std::size_t notice_key_bytes = 32;
inline constexpr std::size_t notice_address_padded_bytes = 256;
inline constexpr std::size_t notice_handle_bytes = notice_key_bytes + notice_address_padded_bytes + 16;

// What a device asks for its member, signed by it: label "notice enrolment" over DeviceId; Time; uint8 interval; opaque
// handle<V>. The newest time counts, whichever of the member's devices it comes from.
struct NoticeEnrolment {
  DeviceId device;
  Timestamp time;
  NoticeInterval interval = NoticeInterval::off;
  Bytes handle;  // empty with `off`, else of notice_handle_bytes
  crypto::Ed25519Signature signature;

  void sign(const NetworkId& network, const crypto::Ed25519Key& key);
  // Errors: bad_signature.
  Status verify(const NetworkId& network, const crypto::Ed25519PublicKey& key) const;

  void encode(codec::Writer& w) const;
  // Errors: malformed (an interval there isn't, a handle of another length, a handle with `off`).
  static Result<NoticeEnrolment> decode(codec::Reader& r);
};

struct NoticeSet {
  static constexpr Call call = Call::notice_set;
  NoticeEnrolment enrolment;
  void encode(codec::Writer& w) const { enrolment.encode(w); }
  static Result<NoticeSet> decode(codec::Reader& r);
};

// What stands for the caller's member.
struct NoticeShow : Empty {
  static constexpr Call call = Call::notice_show;
  static Result<NoticeShow> decode(codec::Reader&) { return NoticeShow{}; }
};
struct NoticeShowReply {
  Bytes key;  // of the program that sends, 32 bytes; empty: no notices here
  NoticeInterval interval = NoticeInterval::off;
  Timestamp since;
  void encode(codec::Writer& w) const;
  static Result<NoticeShowReply> decode(codec::Reader& r);
};

// A file of the spool. Anything new looks the same, and every file is of one length. `manner` 1: at most one mail in
// the interval. Whoever reads sets another manner aside: room for mails that may not wait.
struct SpooledNotice {
  static constexpr std::uint8_t version = 1;
  static constexpr std::uint8_t ordinary = 1;
  std::uint8_t manner = ordinary;
  NoticeInterval interval = NoticeInterval::immediate;
  Bytes handle;
  friend bool operator==(const SpooledNotice&, const SpooledNotice&) = default;

  Bytes encode() const;
  // Errors: unknown_version, unknown_kind (a manner there isn't), malformed, trailing_bytes.
  static Result<SpooledNotice> decode(BytesView bytes);
  // The name of its file: one handle has one file at most.
  std::string name() const;
};

}  // namespace encuentro::api
