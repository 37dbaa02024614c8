#include "protocol/api/roster_calls.h"

#include "protocol/api/wire.h"

namespace encuentro::api {

void Found::encode(codec::Writer& w) const {
  w.opaque(genesis);
  w.text(one_time_code);
}

Result<Found> Found::decode(codec::Reader& r) {
  Found found;
  TRY(found.genesis, read_bytes(r, limits::roster_entry_bytes_max));
  TRY(found.one_time_code, read_text(r, limits::one_time_code_bytes_max));
  return found;
}

void RosterAppend::encode(codec::Writer& w) const { w.opaque(entry); }

Result<RosterAppend> RosterAppend::decode(codec::Reader& r) {
  TRY(Bytes entry, read_bytes(r, limits::roster_entry_bytes_max));
  return RosterAppend{std::move(entry)};
}

Result<RosterPlaceReply> RosterPlaceReply::decode(codec::Reader& r) {
  TRY(auto head, record::RosterHead::decode(r));
  return RosterPlaceReply{head};
}

void RosterRead::encode(codec::Writer& w) const {
  w.u64(from.value);
  w.u32(bytes_max);
}

Result<RosterRead> RosterRead::decode(codec::Reader& r) {
  TRY(std::uint64_t from, r.u64());
  TRY(std::uint32_t bytes_max, r.u32());
  return RosterRead{RosterSeq{from}, bytes_max};
}

void RosterReadReply::encode(codec::Writer& w) const {
  w.vector(entries, [](codec::Writer& out, const Bytes& entry) { out.opaque(entry); });
  head.encode(w);
}

Result<RosterReadReply> RosterReadReply::decode(codec::Reader& r) {
  RosterReadReply reply;
  TRY(reply.entries, r.vector<Bytes>(limits::frame_bytes_max, limits::items_per_reply_max,
                                     [](codec::Reader& in) { return read_bytes(in, limits::roster_entry_bytes_max); }));
  TRY(reply.head, record::RosterHead::decode(r));
  return reply;
}

void StatementPut::encode(codec::Writer& w) const { w.opaque(statement); }

Result<StatementPut> StatementPut::decode(codec::Reader& r) {
  TRY(Bytes statement, read_bytes(r, limits::roster_entry_bytes_max));
  return StatementPut{std::move(statement)};
}

Result<StatementPutReply> StatementPutReply::decode(codec::Reader& r) {
  TRY(std::uint32_t signatures, r.u32());
  return StatementPutReply{signatures};
}

Result<Statements> Statements::decode(codec::Reader& r) {
  TRY(RecordId after, r.id<RecordId>());
  return Statements{after};
}

void StatementsReply::encode(codec::Writer& w) const {
  w.vector(statements, [](codec::Writer& out, const Bytes& one) { out.opaque(one); });
}

Result<StatementsReply> StatementsReply::decode(codec::Reader& r) {
  StatementsReply reply;
  TRY(reply.statements, r.vector<Bytes>(limits::frame_bytes_max, limits::items_per_reply_max, [](codec::Reader& in) {
    return read_bytes(in, limits::roster_entry_bytes_max);
  }));
  return reply;
}

void RosterPush::encode(codec::Writer& w) const { w.opaque(entry); }

Result<RosterPush> RosterPush::decode(codec::Reader& r) {
  TRY(Bytes entry, read_bytes(r, limits::roster_entry_bytes_max));
  return RosterPush{std::move(entry)};
}

}  // namespace encuentro::api
