#include "client/core/paper_access.h"

#include "client/core/directory.h"
#include "client/core/entering.h"
#include "client/core/roster_sync.h"
#include "client/core/session.h"

namespace encuentro::client::core {
namespace {

constexpr Duration consent_life = hours(1);

DeviceId sheet_id(const roster::InviteLink& link) { return DeviceId(link.invite.view()); }

// The sheet as it is made: its key, which only the link keeps, and its line in the roster.
struct Sheet {
  roster::InviteLink link;
  roster::DeviceRecord record;
};

Result<std::shared_ptr<Sheet>> make_sheet(CoreState& state, const std::string& label) {
  auto sheet = std::make_shared<Sheet>();
  roster::InviteLink& link = sheet->link;
  link = link_here(state, roster::InvitePurpose::sheet);
  state.random->fill(link.link_secret.span());
  crypto::Ed25519Key key = sheet_key(link);
  DeviceId id = record::device_id(key.public_key);
  link.invite = InviteId(id.view());
  TRY(auto name, seal_name(link.directory_key, id.view(), {label, "", ""}, *state.random));
  sheet->record = {key.public_key, roster::DeviceKind::paper, std::move(name)};
  return sheet;
}

// An own device's word for another, with that one's consent.
roster::RosterEntry vouch(CoreState& state, const MemberId& member, const roster::DeviceRecord& record,
                          const crypto::Ed25519Key& key) {
  roster::DeviceBody body{member, roster::DeviceAction::vouch, record, {}};
  roster::RosterEntry entry = entry_at_head(state, body);
  entry.backing = roster::Backing{state.fresh_id<RecordId>(), entry.time + consent_life, {}};
  roster::back(entry, roster::BackingKind::new_device, record.id().view(), key);
  return entry;
}

}  // namespace

crypto::Ed25519Key sheet_key(const roster::InviteLink& link) {
  return crypto::ed25519_from_seed(crypto::Ed25519Seed(link.link_secret.view()));
}

Status check_sheet(const roster::InviteLink& link) {
  bool own = record::device_id(sheet_key(link).public_key) == sheet_id(link);
  return own ? Status{} : fail(Code::malformed, "E7");
}

void add_sheet(CoreState& state, std::uint32_t ticket, const AddSheet& command) {
  auto sheet = make_sheet(state, command.label);
  if (!sheet) return failed(state, ticket, sheet.error());
  state.goals.push_back([ticket, sheet = *sheet](CoreState& s) {
    if (failed_for_good(s, ticket)) return true;
    if (!ready(s) || !roster_current(s)) return false;
    auto make = [sheet](CoreState& at_head) -> Result<roster::RosterEntry> {
      return vouch(at_head, at_head.identity->self.member, sheet->record, sheet_key(sheet->link));
    };
    append_to_roster(s, make, [ticket, sheet](CoreState& later, const Result<RosterSeq>& place) {
      if (!place) return failed(later, ticket, place.error());
      SecretBytes link = sheet->link.print();
      done(later, ticket, LinkMade{std::string(as_text(link.view())), sheet->record.id()});
    });
    return true;
  });
}

Result<MemberId> member_of_sheet(const CoreState& state, const Entrance& entrance) {
  auto sheet = state.newest().device(sheet_id(*entrance.link));
  if (!sheet || sheet->kind != roster::DeviceKind::paper) return fail(Code::not_found, "E7");
  if (sheet->spent) return fail(Code::invite_used, "E7");
  if (sheet->standing == roster::Standing::gone) return fail(Code::revoked, "E7");
  return sheet->member;
}

Result<roster::RosterEntry> make_sheet_vouch(CoreState& state, const Entrance& entrance) {
  TRY(auto record, device_record(state, entrance.device_label));
  roster::RosterEntry entry = vouch(state, state.identity->self.member, record, state.identity->key);
  entry.sign(sheet_key(*entrance.link));
  return entry;
}

}  // namespace encuentro::client::core
