#include "protocol/mls/public/credential.h"

namespace encuentro::mls {

void Credential::encode(codec::Writer& writer) const {
  writer.number(type());
  if (const auto* basic_part = std::get_if<BasicCredential>(&value)) {
    writer.opaque(basic_part->identity);
    return;
  }
  writer.vector(std::get<X509Credential>(value).certificates,
                [](codec::Writer& w, const Bytes& certificate) { w.opaque(certificate); });
}

Result<Credential> Credential::decode(codec::Reader& reader) {
  TRY(auto type, reader.number<CredentialType>());
  switch (type) {
    case CredentialType::basic: {
      TRY(Bytes identity, decode_opaque(reader));
      return Credential{BasicCredential{std::move(identity)}};
    }
    case CredentialType::x509: {
      TRY(auto certificates,
          reader.vector<Bytes>(limits::mls_vector_bytes_max, limits::certificates_max, decode_opaque));
      return Credential{X509Credential{std::move(certificates)}};
    }
  }
  return fail(Code::unknown_kind, "", 0, static_cast<std::uint64_t>(type));
}

}  // namespace encuentro::mls
