// Every message of the connection: what decodes encodes to the same bytes. The first byte picks the message.
#include "protocol/api/channel_calls.h"
#include "protocol/api/error_reply.h"
#include "protocol/api/hand_back_calls.h"
#include "protocol/api/key_package_calls.h"
#include "protocol/api/notice_calls.h"
#include "protocol/api/roster_calls.h"
#include "protocol/api/session.h"
#include "protocol/api/transfer_calls.h"

using namespace encuentro;

namespace {

template <class Message>
void again(BytesView body) {
  auto message = api::decode_message<Message>(body);
  if (!message) return;
  codec::Writer w;
  message->encode(w);
  ENC_CHECK(equal(w.view(), body));
}

template <class... Messages>
void pick(std::uint8_t choice, BytesView body) {
  using Check = void (*)(BytesView);
  constexpr Check checks[] = {again<Messages>...};
  checks[choice % sizeof...(Messages)](body);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  BytesView input(data, size);
  if (size == 0) return 0;
  if (auto frame = api::decode_frame(input.subspan(1))) ENC_CHECK(frame->body.size() + api::frame_header_bytes < size);
  if (auto notice = api::SpooledNotice::decode(input)) ENC_CHECK(equal(notice->encode(), input));
  pick<api::Hello, api::HelloReply, api::Login, api::LoginInvite, api::LoginReply, api::PingReply, api::Found,
       api::RosterAppend, api::RosterRead, api::RosterReadReply, api::RosterPlaceReply, api::RosterPush,
       api::KeyPackagesPut, api::KeyPackageTake, api::KeyPackageTakeReply, api::KeyPackagesLowPush, api::Channels,
       api::ChannelsReply, api::LogRead, api::LogReadReply, api::Append, api::AppendReply, api::Subscribe,
       api::EntryPush, api::CatchUpPush, api::ChannelPush, api::ClosingPush, api::UploadBegin, api::DownloadBegin,
       api::BlobBegin, api::TokenReply, api::ErrorReply, api::Quota, api::QuotaReply, api::NoticeSet,
       api::NoticeShowReply, api::HandBackRoster, api::HandBack>(data[0], input.subspan(1));
  return 0;
}
