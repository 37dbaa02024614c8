// Every message of the connection, by the number that api_fuzz and its seeds pick it with; new ones go to the end.
#pragma once

#include "protocol/api/channel_calls.h"
#include "protocol/api/error_reply.h"
#include "protocol/api/hand_back_calls.h"
#include "protocol/api/key_package_calls.h"
#include "protocol/api/notice_calls.h"
#include "protocol/api/roster_calls.h"
#include "protocol/api/session.h"
#include "protocol/api/transfer_calls.h"

namespace encuentro::fuzz {

template <class... Messages>
struct MessageList {
  static constexpr std::size_t count = sizeof...(Messages);
};

using ApiMessages =
    MessageList<api::Hello, api::HelloReply, api::Login, api::LoginInvite, api::LoginReply, api::PingReply, api::Found,
                api::RosterAppend, api::RosterRead, api::RosterReadReply, api::RosterPlaceReply, api::RosterPush,
                api::KeyPackagesPut, api::KeyPackageTake, api::KeyPackageTakeReply, api::KeyPackagesLowPush,
                api::Channels, api::ChannelsReply, api::LogRead, api::LogReadReply, api::Append, api::AppendReply,
                api::Subscribe, api::EntryPush, api::CatchUpPush, api::ChannelPush, api::ClosingPush, api::UploadBegin,
                api::DownloadBegin, api::BlobBegin, api::TokenReply, api::ErrorReply, api::StatementPut,
                api::StatementPutReply, api::Statements, api::StatementsReply, api::KeyPackagesPutReply, api::Quota,
                api::QuotaReply, api::NoticeSet, api::NoticeShowReply, api::HandBackRoster, api::HandBack>;

}  // namespace encuentro::fuzz
