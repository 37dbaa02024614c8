#include "protocol/base/error.h"

#include <array>
#include <utility>

namespace encuentro {
namespace {

constexpr std::pair<Code, std::string_view> words[] = {
    {Code::none, "none"},
    {Code::malformed, "malformed"},
    {Code::truncated, "truncated"},
    {Code::trailing_bytes, "trailing_bytes"},
    {Code::not_minimal, "not_minimal"},
    {Code::too_large, "too_large"},
    {Code::unknown_version, "unknown_version"},
    {Code::unknown_kind, "unknown_kind"},
    {Code::unsupported_suite, "unsupported_suite"},
    {Code::bad_signature, "bad_signature"},
    {Code::bad_tag, "bad_tag"},
    {Code::bad_key, "bad_key"},
    {Code::key_consumed, "key_consumed"},
    {Code::missing_key, "missing_key"},
    {Code::generation_too_far, "generation_too_far"},
    {Code::invalid_leaf, "invalid_leaf"},
    {Code::invalid_tree, "invalid_tree"},
    {Code::invalid_proposal, "invalid_proposal"},
    {Code::invalid_commit, "invalid_commit"},
    {Code::invalid_welcome, "invalid_welcome"},
    {Code::invalid_key_package, "invalid_key_package"},
    {Code::wrong_group, "wrong_group"},
    {Code::wrong_epoch, "wrong_epoch"},
    {Code::not_a_member, "not_a_member"},
    {Code::missing_psk, "missing_psk"},
    {Code::unknown_proposal, "unknown_proposal"},
    {Code::removed_from_group, "removed_from_group"},
    {Code::pending_commit, "pending_commit"},
    {Code::key_package_used, "key_package_used"},
    {Code::not_admitted, "not_admitted"},
    {Code::not_allowed, "not_allowed"},
    {Code::bad_sequence, "bad_sequence"},
    {Code::unknown_member, "unknown_member"},
    {Code::unknown_device, "unknown_device"},
    {Code::revoked, "revoked"},
    {Code::expired, "expired"},
    {Code::invite_used, "invite_used"},
    {Code::invite_burned, "invite_burned"},
    {Code::wrong_code, "wrong_code"},
    {Code::time_backwards, "time_backwards"},
    {Code::time_ahead, "time_ahead"},
    {Code::already_exists, "already_exists"},
    {Code::threshold_not_met, "threshold_not_met"},
    {Code::provisional, "provisional"},
    {Code::epoch_changed, "epoch_changed"},
    {Code::roster_changed, "roster_changed"},
    {Code::gap, "gap"},
    {Code::fork, "fork"},
    {Code::replayed, "replayed"},
    {Code::reordered, "reordered"},
    {Code::unknown_channel, "unknown_channel"},
    {Code::duplicate, "duplicate"},
    {Code::bad_link, "bad_link"},
    {Code::unreadable, "unreadable"},
    {Code::policy_violation, "policy_violation"},
    {Code::rolled_back, "rolled_back"},
    {Code::stale_roster, "stale_roster"},
    {Code::server_rolled_back, "server_rolled_back"},
    {Code::commit_reported, "commit_reported"},
    {Code{515}, "admission_changed"},  // of the client alone: client/core/codes.h
    {Code{516}, "channel_alarmed"},
    {Code::not_logged_in, "not_logged_in"},
    {Code::too_many, "too_many"},
    {Code::storage_full, "storage_full"},
    {Code::storage_failed, "storage_failed"},
    {Code::not_found, "not_found"},
    {Code::already_founded, "already_founded"},
    {Code::not_founded, "not_founded"},
    {Code::shutting_down, "shutting_down"},
    {Code::overloaded, "overloaded"},
    {Code::quota_exceeded, "quota_exceeded"},
    {Code{610}, "recovering"},    // protocol/api/hand_back_calls.h
    {Code{611}, "server_moved"},  // protocol/api/server_moved.h
    {Code::unreachable, "unreachable"},
    {Code::wrong_server_key, "wrong_server_key"},
    {Code::inspected_connection, "inspected_connection"},
    {Code::queued, "queued"},
    {Code::wrong_passphrase, "wrong_passphrase"},
    {Code::locked, "locked"},
    {Code::no_profile, "no_profile"},
    {Code::ambiguous, "ambiguous"},
    {Code::clock_wrong, "clock_wrong"},
    {Code::weak_passphrase, "weak_passphrase"},
    {Code::wrong_network, "wrong_network"},
};

}  // namespace

std::string_view name(Code code) {
  for (const auto& [known, word] : words) {
    if (known == code) return word;
  }
  return "unknown";
}

Code code_named(std::string_view word) {
  for (const auto& [code, known] : words) {
    if (known == word) return code;
  }
  return Code::none;
}

}  // namespace encuentro
