// The usual policies of each kind of channel.
#include <algorithm>

#include "protocol/base/sorting.h"
#include "protocol/policy/channel_policy.h"

namespace encuentro::policy {

namespace {

using roster::CountryStatus;
using roster::Role;

template <class T>
std::vector<T> in_order(std::vector<T> items) {
  put_in_order(items);
  items.erase(std::unique(items.begin(), items.end()), items.end());
  return items;
}

ChannelPolicy board(const ChannelId& channel, const MemberId& founder) {
  ChannelPolicy p;
  p.channel = channel;
  p.creator = founder;
  p.kind = ChannelKind::board;
  p.history = History::shared;
  p.self_join = true;
  p.posts = {Role::secretariat, Role::focal_point};
  p.adds = {Role::secretariat, Role::focal_point};
  p.removes = {Role::secretariat};
  return p;
}

// Who is in by the kind, unless the wish names roles itself.
std::vector<Role> usual_roles(ChannelKind kind) {
  switch (kind) {
    case ChannelKind::country:
      return {Role::focal_point, Role::delegate};
    case ChannelKind::direct:
      return {};
    default:
      return {Role::secretariat, Role::focal_point, Role::delegate};
  }
}

}  // namespace

ChannelPolicy general_board(const ChannelId& channel, const MemberId& founder) {
  ChannelPolicy p = board(channel, founder);
  p.admission.statuses = {CountryStatus::member, CountryStatus::observer, CountryStatus::training_only};
  p.admission.roles = {Role::secretariat, Role::focal_point, Role::delegate,
                       Role::partner,     Role::alumni,      Role::participant};
  return p;
}

ChannelPolicy focal_points_board(const ChannelId& channel, const MemberId& founder) {
  ChannelPolicy p = board(channel, founder);
  p.admission.statuses = {CountryStatus::member, CountryStatus::observer};
  p.admission.roles = {Role::secretariat, Role::focal_point};
  return p;
}

Result<ChannelPolicy> make_policy(const PolicyWish& wish) {
  ChannelPolicy p;
  p.channel = wish.channel;
  p.creator = wish.creator;
  p.kind = wish.kind;
  p.history = wish.history;
  p.self_join = wish.self_join;
  p.admission.statuses = {CountryStatus::member, CountryStatus::observer};
  p.admission.countries = in_order(wish.countries);
  p.admission.members = in_order(wish.members);
  p.admission.roles = wish.roles.empty() ? usual_roles(wish.kind) : in_order(wish.roles);
  // Whoever is in may speak; the lists narrow admission, they don't widen it.
  p.posts = {Role::secretariat, Role::focal_point, Role::delegate, Role::partner, Role::alumni, Role::participant};
  p.adds = {Role::secretariat, Role::focal_point};
  p.removes = {Role::secretariat, Role::focal_point};
  p.admits = {Role::secretariat, Role::focal_point};
  if (wish.kind == ChannelKind::board) {
    p.posts = {Role::secretariat, Role::focal_point};
    p.removes = {Role::secretariat};
    p.admits = {};
  }
  if (wish.kind == ChannelKind::country) {
    p.adds = p.removes = p.admits = {Role::focal_point};
    // The country's own, whatever its status: suspension takes everything anyway.
  }
  if (wish.kind == ChannelKind::direct) {
    p.admission.statuses = {};
    p.adds = p.removes = p.admits = {};
  }
  return ChannelPolicy::decode_all(p.encoded());
}

}  // namespace encuentro::policy
