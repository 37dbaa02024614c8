#include "protocol/api/hand_back_calls.h"

#include "protocol/api/wire.h"

namespace encuentro::api {

namespace {

void write_entries(codec::Writer& w, const std::vector<Bytes>& entries) {
  w.vector(entries, [](codec::Writer& inner, const Bytes& entry) { inner.opaque(entry); });
}

Result<std::vector<Bytes>> read_entries(codec::Reader& r, std::size_t entry_bytes_max) {
  TRY(auto entries, r.vector<Bytes>(limits::frame_bytes_max, limits::items_per_reply_max,
                                    [&](codec::Reader& inner) { return read_bytes(inner, entry_bytes_max); }));
  if (entries.empty()) return fail(Code::malformed, "entries");
  return entries;
}

}  // namespace

void HandBackRoster::encode(codec::Writer& w) const {
  after.encode(w);
  write_entries(w, entries);
}

Result<HandBackRoster> HandBackRoster::decode(codec::Reader& r) {
  HandBackRoster request;
  TRY(request.after, record::RosterHead::decode(r));
  TRY(request.entries, read_entries(r, limits::roster_entry_bytes_max));
  return request;
}

void HandBack::encode(codec::Writer& w) const {
  w.id(channel);
  after.encode(w);
  write_entries(w, entries);
}

Result<HandBack> HandBack::decode(codec::Reader& r) {
  HandBack request;
  TRY(request.channel, r.id<ChannelId>());
  TRY(request.after, record::LogHead::decode(r));
  TRY(request.entries, read_entries(r, limits::entry_bytes_max));
  return request;
}

}  // namespace encuentro::api
