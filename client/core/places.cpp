#include "client/core/places.h"

#include <algorithm>

#include "client/core/statements.h"
#include "protocol/base/limits.h"

namespace encuentro::client::core {
namespace {

constexpr std::size_t addresses_max = 4;

std::vector<Place> told_by_roster(const CoreState& state) {
  std::vector<Place> told;
  if (state.book.roster.empty()) return told;
  auto view = state.newest();
  const roster::ServerBody* server = view.server();
  if (server == nullptr) return told;
  for (const std::string& address : server->addresses) {
    told.push_back({address, server->spki});
    if (server->next_spki) told.push_back({address, *server->next_spki});
  }
  return told;
}

}  // namespace

std::vector<Place> places(const CoreState& state) {
  if (!state.identity) return {};
  std::vector<Place> all = told_by_roster(state);
  Place last{state.identity->self.address, state.identity->self.spki};
  auto found = std::find(all.begin(), all.end(), last);
  if (found == all.end()) {
    all.push_back(std::move(last));
  } else {
    std::rotate(all.begin(), found, found + 1);
  }
  return all;
}

bool further_place(CoreState& state) {
  Session& session = state.session;
  bool further = !state.entrance && session.step != Session::Step::ready && session.place + 1 < places(state).size();
  session.place = further ? session.place + 1 : 0;
  return further;
}

void place_worked(CoreState& state) {
  Session& session = state.session;
  session.place = 0;
  Self& self = state.identity->self;
  if (session.at.address == self.address && session.at.spki == self.spki) return;
  self.address = session.at.address;
  self.spki = session.at.spki;
  state.vault->put("_identity", state.identity->encode().view());
}

bool at_a_signpost(const CoreState& state) {
  if (state.session.signpost_left) return false;
  auto told = told_by_roster(state);
  return !told.empty() && std::find(told.begin(), told.end(), state.session.at) == told.end();
}

void set_server(CoreState& state, std::uint32_t ticket, const SetServer& command) {
  bool formed = !command.addresses.empty() && command.addresses.size() <= addresses_max;
  for (const std::string& address : command.addresses) {
    formed = formed && !address.empty() && address.size() <= limits::address_bytes_max;
  }
  if (!formed) return failed(state, ticket, {Code::malformed, "server", 0, 0});
  propose(state, ticket, [command](CoreState&) {
    return Result<roster::Body>(roster::ServerBody{command.spki, command.next_spki, command.addresses});
  });
}

}  // namespace encuentro::client::core
