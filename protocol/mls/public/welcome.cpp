#include "protocol/mls/public/welcome.h"

namespace encuentro::mls {

void EncryptedGroupSecrets::encode(codec::Writer& writer) const {
  writer.opaque(new_member.view());
  encode_ciphertext(writer, encrypted_group_secrets);
}

Result<EncryptedGroupSecrets> EncryptedGroupSecrets::decode(codec::Reader& reader) {
  EncryptedGroupSecrets out;
  TRY(out.new_member, reader.opaque_inline<Digest>());
  TRY(out.encrypted_group_secrets, decode_ciphertext(reader));
  return out;
}

void Welcome::encode(codec::Writer& writer) const {
  writer.number(cipher_suite);
  encode_vector(writer, secrets);
  writer.opaque(encrypted_group_info);
}

Result<Welcome> Welcome::decode(codec::Reader& reader) {
  Welcome out;
  TRY(out.cipher_suite, reader.number<crypto::Suite>());
  TRY(out.secrets, decode_vector<EncryptedGroupSecrets>(reader, limits::mls_leaves_max));
  TRY(out.encrypted_group_info, decode_opaque(reader));
  return out;
}

}  // namespace encuentro::mls
