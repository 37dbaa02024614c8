#include "protocol/api/notice_calls.h"

#include "protocol/api/wire.h"
#include "protocol/crypto/labelled_hash.h"

namespace encuentro::api {

namespace {

constexpr std::string_view enrolment_label = "notice enrolment";
constexpr std::size_t name_bytes = 16;

Bytes statement_of(const NoticeEnrolment& enrolment) {
  codec::Writer w;
  w.id(enrolment.device);
  write_time(w, enrolment.time);
  w.number(enrolment.interval);
  w.opaque(enrolment.handle);
  return w.take();
}

Result<NoticeInterval> read_interval(codec::Reader& r) {
  TRY(const NoticeInterval interval, r.number<NoticeInterval>());
  if (interval > NoticeInterval::daily) return fail(Code::malformed, "interval", 2, static_cast<unsigned>(interval));
  return interval;
}

}  // namespace

void NoticeEnrolment::sign(const NetworkId& network, const crypto::Ed25519Key& key) {
  signature = crypto::sign_as_encuentro(key, enrolment_label, network, statement_of(*this));
}

Status NoticeEnrolment::verify(const NetworkId& network, const crypto::Ed25519PublicKey& key) const {
  return crypto::verify_as_encuentro(key, enrolment_label, network, statement_of(*this), signature);
}

void NoticeEnrolment::encode(codec::Writer& w) const {
  w.raw(statement_of(*this));
  w.id(signature);
}

Result<NoticeEnrolment> NoticeEnrolment::decode(codec::Reader& r) {
  NoticeEnrolment enrolment;
  TRY(enrolment.device, r.id<DeviceId>());
  TRY(enrolment.time, read_time(r));
  TRY(enrolment.interval, read_interval(r));
  TRY(enrolment.handle, read_bytes(r, notice_handle_bytes));
  TRY(enrolment.signature, r.id<crypto::Ed25519Signature>());
  std::size_t wanted = enrolment.interval == NoticeInterval::off ? 0 : notice_handle_bytes;
  if (enrolment.handle.size() != wanted) return fail(Code::malformed, "handle", wanted, enrolment.handle.size());
  return enrolment;
}

Result<NoticeSet> NoticeSet::decode(codec::Reader& r) {
  TRY(auto enrolment, NoticeEnrolment::decode(r));
  return NoticeSet{std::move(enrolment)};
}

void NoticeShowReply::encode(codec::Writer& w) const {
  w.opaque(key);
  w.number(interval);
  write_time(w, since);
}

Result<NoticeShowReply> NoticeShowReply::decode(codec::Reader& r) {
  NoticeShowReply reply;
  TRY(reply.key, read_bytes(r, notice_key_bytes));
  if (!reply.key.empty() && reply.key.size() != notice_key_bytes) {
    return fail(Code::malformed, "notice key", notice_key_bytes, reply.key.size());
  }
  TRY(reply.interval, read_interval(r));
  TRY(reply.since, read_time(r));
  return reply;
}

Bytes SpooledNotice::encode() const {
  codec::Writer w;
  w.u8(version);
  w.u8(manner);
  w.number(interval);
  w.raw(handle);
  return w.take();
}

Result<SpooledNotice> SpooledNotice::decode(BytesView bytes) {
  return codec::decode_all<SpooledNotice>(bytes, [](codec::Reader& r) -> Result<SpooledNotice> {
    SpooledNotice notice;
    TRY(const std::uint8_t given, r.u8());
    if (given != version) return fail(Code::unknown_version, "spool", version, given);
    TRY(notice.manner, r.u8());
    if (notice.manner != ordinary) return fail(Code::unknown_kind, "manner", ordinary, notice.manner);
    TRY(notice.interval, read_interval(r));
    if (notice.interval == NoticeInterval::off) return fail(Code::malformed, "interval");
    TRY(const BytesView handle, r.raw(notice_handle_bytes));
    notice.handle = to_bytes(handle);
    return notice;
  });
}

std::string SpooledNotice::name() const {
  return to_hex(crypto::labelled_hash("notice spool", handle).view().first(name_bytes));
}

}  // namespace encuentro::api
