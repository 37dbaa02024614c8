#include "client/cli/standing.h"

#include <algorithm>

namespace encuentro::client::cli {
namespace {

using nlohmann::json;

Status alarmed(Code alarm) {
  if (alarm == Code::none) return {};
  const char* rule = name(alarm).data();  // of a literal
  return fail(core::channel_alarmed, rule);
}

template <class T>
std::vector<T> without(const std::vector<T>& list, const std::vector<T>& other) {
  std::vector<T> rest;
  std::set_difference(list.begin(), list.end(), other.begin(), other.end(), std::back_inserter(rest));
  return rest;
}

std::string person(const core::Core& core, const MemberId& member) {
  auto known = core.name_of(member);
  return known ? known->name : to_hex(member.view()).substr(0, 8);
}

// Each thing that was added behind a plus, each that was taken out behind a minus.
class Difference {
 public:
  template <class T, class Word>
  void add(const std::vector<T>& before, const std::vector<T>& now, Word word) {
    for (const T& one : without(now, before)) put("+" + word(one));
    for (const T& one : without(before, now)) put("−" + word(one));
  }
  std::string text() const { return text_; }

 private:
  void put(const std::string& one) { text_ += (text_.empty() ? "" : ", ") + one; }
  std::string text_;
};

template <class T, class Word>
void list(json& object, const std::string& what, const std::vector<T>& before, const std::vector<T>& now, Word word) {
  json added = json::array(), removed = json::array();
  for (const T& one : without(now, before)) added.push_back(word(one));
  for (const T& one : without(before, now)) removed.push_back(word(one));
  object[what + "_added"] = added;
  object[what + "_removed"] = removed;
}

std::string code_of_country(roster::Country country) { return std::string(country.text()); }

}  // namespace

Status in_order(const core::Core& core, const ChannelId& channel) {
  TRY_OK(alarmed(core.network_alarm()));
  auto look = core.channel(channel);
  return look ? alarmed(look->alarm) : Status{};
}

Status in_order(const core::Core& core) {
  TRY_OK(alarmed(core.network_alarm()));
  for (const ChannelId& id : core.channels()) TRY_OK(in_order(core, id));
  return {};
}

Arguments admission_words(const core::Core& core, const core::ChannelLook& look, const Catalogue& words) {
  if (!look.admission_change) return {};
  const policy::Admission& before = look.admission_change->before;
  const policy::Admission& now = look.policy.admission;
  Difference difference;
  difference.add(before.countries, now.countries, code_of_country);
  difference.add(before.roles, now.roles,
                 [&](roster::Role role) { return words.text("role." + std::string(roster::name(role))); });
  difference.add(before.statuses, now.statuses,
                 [](roster::CountryStatus status) { return std::string(roster::name(status)); });
  difference.add(before.members, now.members, [&](const MemberId& member) { return person(core, member); });
  return {{"who", person(core, look.admission_change->by)},
          {"what", difference.text()},
          {"title", core.title(look.id)},
          {"channel", to_hex(look.id.view()).substr(0, 8)}};
}

json admission_json(const core::Core& core, const core::ChannelLook& look) {
  if (!look.admission_to_accept) return nullptr;
  json object = json::object();
  if (!look.admission_change) return object;
  const policy::Admission& before = look.admission_change->before;
  const policy::Admission& now = look.policy.admission;
  object["by"] = to_hex(look.admission_change->by.view());
  object["by_name"] = person(core, look.admission_change->by);
  list(object, "countries", before.countries, now.countries, code_of_country);
  list(object, "roles", before.roles, now.roles, [](roster::Role role) { return std::string(roster::name(role)); });
  list(object, "members", before.members, now.members, [](const MemberId& m) { return to_hex(m.view()); });
  return object;
}

}  // namespace encuentro::client::cli
