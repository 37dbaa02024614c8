#include "client/core/transfers.h"

#include "client/core/roster_sync.h"
#include "client/core/session.h"
#include "client/core/sync.h"
#include "protocol/api/transfer_calls.h"
#include "protocol/content/file_cipher.h"

namespace encuentro::client::core {
namespace {

constexpr std::string_view prefix = "transfer/";
constexpr std::size_t id_hex = 2 * UploadId::bytes;
constexpr std::size_t part_hex = 8;

std::string row_name(const UploadId& upload, std::uint32_t part) {
  codec::Writer number;
  number.u32(part);
  return std::string(prefix) + to_hex(upload.view()) + "/" + to_hex(number.view());
}

void answered(CoreState& state, std::uint32_t ticket, const Answer& answer) {
  auto token = reply_of<api::TokenReply>(answer);
  if (!token) return failed(state, ticket, token.error());
  done(state, ticket, TransferAllowed{std::move(token->token), token->expires});
}

}  // namespace

void allow_transfer(CoreState& state, std::uint32_t ticket, const AllowTransfer& command) {
  if (command.upload && command.bytes > content::file_bytes_max) {
    return failed(state, ticket, {Code::too_large, "file", content::file_bytes_max, command.bytes});
  }
  state.goals.push_back([ticket, command](CoreState& s) {
    if (failed_for_good(s, ticket)) return true;
    if (!ready(s) || !roster_current(s)) return false;
    auto on_answer = [ticket](CoreState& later, const Answer& answer) { answered(later, ticket, answer); };
    if (command.upload) {
      call(s, api::UploadBegin{command.channel, *command.upload, command.bytes}, on_answer);
    } else {
      call(s, api::DownloadBegin{command.channel}, on_answer);
    }
    return true;
  });
}

void read_quota(CoreState& state, std::uint32_t ticket) {
  state.goals.push_back([ticket](CoreState& s) {
    if (failed_for_good(s, ticket)) return true;
    if (!ready(s)) return false;
    call(s, api::Quota{}, [ticket](CoreState& later, const Answer& answer) {
      auto told = reply_of<api::QuotaReply>(answer);
      if (!told) return failed(later, ticket, told.error());
      done(later, ticket,
           QuotaTold{told->country_bytes, told->country_bytes_max, told->member_bytes, told->member_bytes_max});
    });
    return true;
  });
}

void keep_transfer(CoreState& state, std::uint32_t ticket, const KeepTransfer& command) {
  state.vault->put(row_name(command.upload, command.part), command.value);
  state.kept_transfers[command.upload][command.part] = command.value;
  done(state, ticket, Nothing{});
}

void forget_transfer(CoreState& state, std::uint32_t ticket, const ForgetTransfer& command) {
  drop_transfer(state, command.upload);
  done(state, ticket, Nothing{});
}

void drop_transfer(CoreState& state, const UploadId& upload) {
  auto found = state.kept_transfers.find(upload);
  if (found == state.kept_transfers.end()) return;
  for (const auto& [part, value] : found->second) state.vault->erase(row_name(upload, part));
  state.kept_transfers.erase(found);
}

Status load_transfer(CoreState& state, std::string_view name, BytesView value) {
  Bytes upload, part;
  bool formed = name.size() == prefix.size() + id_hex + 1 + part_hex && name[prefix.size() + id_hex] == '/' &&
                from_hex(name.substr(prefix.size(), id_hex), upload) &&
                from_hex(name.substr(prefix.size() + id_hex + 1), part);
  if (!formed) return fail(Code::malformed, "row name");
  codec::Reader r(part);
  TRY(std::uint32_t number, r.u32());
  state.kept_transfers[UploadId(upload)][number] = to_bytes(value);
  return {};
}

}  // namespace encuentro::client::core
