#include "protocol/mls/public/message.h"

namespace encuentro::mls {
namespace {

template <class T>
Result<MlsMessage> read_body(codec::Reader& reader) {
  TRY(T body, T::decode(reader));
  return MlsMessage{std::move(body)};
}

}  // namespace

void MlsMessage::encode(codec::Writer& writer) const {
  writer.number(ProtocolVersion::mls10);
  writer.number(wire_format());
  std::visit([&](const auto& body) { body.encode(writer); }, value);
}

Result<MlsMessage> MlsMessage::decode(codec::Reader& reader) {
  TRY(auto version, reader.number<ProtocolVersion>());
  if (version != ProtocolVersion::mls10) {
    return fail(Code::unknown_version, "", 1, static_cast<std::uint64_t>(version));
  }
  TRY(auto format, reader.number<WireFormat>());
  switch (format) {
    case WireFormat::public_message:
      return read_body<PublicMessage>(reader);
    case WireFormat::private_message:
      return read_body<PrivateMessage>(reader);
    case WireFormat::welcome:
      return read_body<Welcome>(reader);
    case WireFormat::group_info:
      return read_body<GroupInfo>(reader);
    case WireFormat::key_package:
      return read_body<KeyPackage>(reader);
  }
  return fail(Code::unknown_kind, "", 0, static_cast<std::uint64_t>(format));
}

}  // namespace encuentro::mls
