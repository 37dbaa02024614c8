#include "protocol/policy/channel_policy.h"

#include <algorithm>

#include "protocol/base/limits.h"

namespace encuentro::policy {

namespace {

using codec::Reader;
using codec::Writer;
using roster::Country;
using roster::CountryStatus;
using roster::Role;

constexpr std::uint16_t policy_version = 1;
constexpr std::size_t list_bytes_max = 16 * limits::KiB;
constexpr std::size_t countries_max = 256;
constexpr std::size_t named_members_max = limits::leaves_max;

template <class T>
bool ascending(const std::vector<T>& items) {
  return std::adjacent_find(items.begin(), items.end(), [](const T& a, const T& b) { return !(a < b); }) == items.end();
}

template <class E>
void encode_numbers(Writer& w, const std::vector<E>& items) {
  w.vector(items, [](Writer& inner, E item) { inner.number(item); });
}
// Known numbers, ascending.
template <class E>
Result<std::vector<E>> decode_numbers(Reader& r) {
  TRY(auto items, r.vector<E>(16, 16, [](Reader& inner) -> Result<E> {
    TRY(E item, inner.number<E>());
    if (!is_known(item)) return fail(Code::malformed, "", 0, static_cast<std::uint64_t>(item));
    return item;
  }));
  if (!ascending(items)) return fail(Code::malformed);
  return items;
}

bool self_join_fits(const ChannelPolicy& p) {
  if (!p.self_join) return true;
  bool kind = p.kind == ChannelKind::board || p.kind == ChannelKind::network;
  return kind && p.history == History::shared;
}

// What the kind demands of the rest.
bool fits_kind(const ChannelPolicy& p) {
  const Admission& a = p.admission;
  if (!self_join_fits(p)) return false;
  switch (p.kind) {
    case ChannelKind::country:
      return a.countries.size() == 1;
    case ChannelKind::direct:
      return a.members.size() == 2 && a.roles.empty() && a.countries.empty();
    case ChannelKind::board:
      return p.history == History::shared;
    default:
      return true;
  }
}

constexpr std::array<std::string_view, 5> kind_words{"board", "network", "committee", "country", "direct"};
constexpr std::array<std::string_view, 2> history_words{"shared", "sealed"};

template <class E, std::size_t N>
std::optional<E> named_in(const std::array<std::string_view, N>& words, std::string_view word) {
  auto found = std::find(words.begin(), words.end(), word);
  if (found == words.end()) return std::nullopt;
  return static_cast<E>(found - words.begin() + 1);
}

}  // namespace

std::string_view name(ChannelKind kind) { return kind_words[static_cast<std::size_t>(kind) - 1]; }
std::string_view name(History history) { return history_words[static_cast<std::size_t>(history) - 1]; }
std::optional<ChannelKind> kind_named(std::string_view word) { return named_in<ChannelKind>(kind_words, word); }
std::optional<History> history_named(std::string_view word) { return named_in<History>(history_words, word); }

void Admission::encode(Writer& writer) const {
  encode_numbers(writer, statuses);
  encode_numbers(writer, roles);
  writer.vector(countries, [](Writer& w, Country country) { country.encode(w); });
  writer.vector(members, [](Writer& w, const MemberId& id) { w.id(id); });
}
Result<Admission> Admission::decode(Reader& reader) {
  Admission a;
  TRY(a.statuses, decode_numbers<CountryStatus>(reader));
  TRY(a.roles, decode_numbers<Role>(reader));
  TRY(a.countries, reader.vector<Country>(list_bytes_max, countries_max, Country::decode));
  TRY(a.members,
      reader.vector<MemberId>(list_bytes_max, named_members_max, [](Reader& r) { return r.id<MemberId>(); }));
  bool has_none = !a.countries.empty() && a.countries.front().none();
  if (has_none || !ascending(a.countries) || !ascending(a.members)) return fail(Code::malformed);
  return a;
}

void Predecessor::encode(Writer& writer) const {
  writer.opaque(group_id);
  writer.u64(epoch.value);
  writer.opaque(confirmed_transcript_hash.view());
  writer.u64(seq.value);
  writer.id(head);
}
Result<Predecessor> Predecessor::decode(Reader& reader) {
  Predecessor p;
  TRY(BytesView group, reader.opaque(256));
  p.group_id = to_bytes(group);
  TRY(std::uint64_t epoch, reader.u64());
  p.epoch = Epoch{epoch};
  TRY(p.confirmed_transcript_hash, reader.opaque_inline<Digest>());
  TRY(std::uint64_t seq, reader.u64());
  p.seq = Seq{seq};
  TRY(p.head, reader.id<Hash32>());
  return p;
}

bool ChannelPolicy::is_general_board() const {
  const auto& a = admission;
  return kind == ChannelKind::board && a.roles.size() == 6 && a.countries.empty() &&
         a.statuses == std::vector{CountryStatus::member, CountryStatus::observer, CountryStatus::training_only};
}

void ChannelPolicy::encode(Writer& writer) const {
  writer.u16(policy_version);
  writer.id(channel);
  writer.id(creator);
  writer.optional(predecessor, [](Writer& w, const Predecessor& p) { p.encode(w); });
  writer.number(kind);
  writer.number(history);
  writer.u8(self_join ? 1 : 0);
  admission.encode(writer);
  encode_numbers(writer, posts);
  encode_numbers(writer, adds);
  encode_numbers(writer, removes);
  encode_numbers(writer, admits);
}

Result<ChannelPolicy> ChannelPolicy::decode(Reader& reader) {
  TRY(std::uint16_t version, reader.u16());
  if (version != policy_version) return fail(Code::unknown_version, "", policy_version, version);
  ChannelPolicy p;
  TRY(p.channel, reader.id<ChannelId>());
  TRY(p.creator, reader.id<MemberId>());
  TRY(p.predecessor, reader.optional<Predecessor>(Predecessor::decode));
  TRY(p.kind, reader.number<ChannelKind>());
  TRY(p.history, reader.number<History>());
  TRY(std::uint8_t self_join, reader.u8());
  bool known = p.kind >= ChannelKind::board && p.kind <= ChannelKind::direct && p.history >= History::shared &&
               p.history <= History::sealed && self_join <= 1;
  if (!known) return fail(Code::malformed);
  p.self_join = self_join == 1;
  TRY(p.admission, Admission::decode(reader));
  TRY(p.posts, decode_numbers<Role>(reader));
  TRY(p.adds, decode_numbers<Role>(reader));
  TRY(p.removes, decode_numbers<Role>(reader));
  TRY(p.admits, decode_numbers<Role>(reader));
  if (!fits_kind(p)) return fail(Code::malformed);
  return p;
}

Bytes ChannelPolicy::encoded() const {
  Writer writer;
  encode(writer);
  return writer.take();
}
Result<ChannelPolicy> ChannelPolicy::decode_all(BytesView bytes) {
  return codec::decode_all<ChannelPolicy>(bytes, decode);
}
Result<ChannelPolicy> ChannelPolicy::of(const mls::ExtensionList& extensions) {
  const auto* extension = extensions.find(policy_extension);
  if (extension == nullptr) return fail(Code::policy_violation, "R-POL-01");
  return decode_all(extension->data);
}

}  // namespace encuentro::policy
