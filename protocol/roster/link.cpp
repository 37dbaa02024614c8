#include "protocol/roster/link.h"

#include <algorithm>

#include "protocol/base/limits.h"
#include "protocol/codec/base64url.h"

namespace encuentro::roster {

namespace {

constexpr std::uint8_t nameless_version = 1;
constexpr std::uint8_t named_version = 2;
constexpr std::size_t link_bytes_max = 1024;
constexpr std::size_t address_bytes_max = 256;
constexpr std::string_view scheme = "https://";

template <class S>
Result<S> take_secret(codec::Reader& reader) {
  TRY(BytesView bytes, reader.raw(S::bytes));
  return S(bytes);
}

Result<InviteLink> decode_link(codec::Reader& r) {
  TRY(std::uint8_t version, r.u8());
  if (version != nameless_version && version != named_version) {
    return fail(Code::unknown_version, "", named_version, version);
  }
  InviteLink link;
  TRY(link.purpose, r.number<InvitePurpose>());
  if (link.purpose < InvitePurpose::member || link.purpose > InvitePurpose::re_entry) return fail(Code::malformed);
  TRY(link.network, r.id<NetworkId>());
  TRY(link.fingerprint, r.id<Hash32>());
  TRY(link.spki, r.id<Hash32>());
  TRY(BytesView address, r.opaque(address_bytes_max));
  link.address = std::string(as_text(address));
  TRY(link.directory_key, take_secret<DirectoryKey>(r));
  TRY(link.invite, r.id<InviteId>());
  TRY(link.link_secret, take_secret<LinkSecret>(r));
  if (version == nameless_version) return link;
  TRY(BytesView name, r.opaque(limits::display_name_bytes_max));
  if (name.empty()) return fail(Code::malformed, "network name");
  link.network_name = std::string(as_text(name));
  return link;
}

}  // namespace

SecretBytes InviteLink::print() const {
  ENC_CHECK(address.size() <= address_bytes_max && network_name.size() <= limits::display_name_bytes_max);
  codec::Writer w(link_bytes_max);  // never grows, so no copy of the secrets stays behind
  w.u8(network_name.empty() ? nameless_version : named_version);
  w.number(purpose);
  w.id(network);
  w.id(fingerprint);
  w.id(spki);
  w.text(address);
  w.raw(directory_key.view());
  w.id(invite);
  w.raw(link_secret.view());
  if (!network_name.empty()) w.text(network_name);
  Bytes bytes = w.take();

  std::string head = std::string(scheme) + address + "/#";
  SecretBytes text(head.size() + codec::base64url_chars(bytes.size()));
  std::copy(head.begin(), head.end(), text.span().begin());
  codec::to_base64url(bytes, text.span().subspan(head.size()));
  wipe(bytes.data(), bytes.size());
  return text;
}

Result<InviteLink> InviteLink::parse(std::string_view text) {
  if (auto mark = text.rfind('#'); mark != std::string_view::npos) text.remove_prefix(mark + 1);
  // On a sheet the text stands in groups: spaces and line ends don't count.
  if (text.size() > 2 * codec::base64url_chars(link_bytes_max)) return fail(Code::too_large);
  auto blank = [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; };
  auto blanks = static_cast<std::size_t>(std::count_if(text.begin(), text.end(), blank));
  SecretBytes typed(text.size() - blanks);
  std::copy_if(text.begin(), text.end(), typed.span().begin(), [&](char c) { return !blank(c); });
  if (typed.size() > codec::base64url_chars(link_bytes_max)) return fail(Code::too_large);
  SecretBytes bytes(codec::base64url_bytes(typed.size()));
  TRY_OK(codec::from_base64url(as_text(typed.view()), bytes.span()));
  return codec::decode_all<InviteLink>(bytes.view(), decode_link);
}

}  // namespace encuentro::roster
