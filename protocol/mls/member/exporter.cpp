#include "protocol/mls/member/exporter.h"

#include "protocol/crypto/hash.h"
#include "protocol/crypto/kdf.h"

namespace encuentro::mls::member {

// MLS-Exporter(Label, Context, Length) =
//   ExpandWithLabel(DeriveSecret(exporter_secret, Label), "exported", Hash(Context), Length)
Result<SecretBytes> EpochExporter::derive(std::string_view label, BytesView context, std::size_t bytes) const {
  const std::size_t bytes_max = 255 * crypto::parameters(suite_).hash_bytes;
  if (bytes > bytes_max) return fail(Code::too_large, "", bytes_max, bytes);
  auto derived = crypto::derive_secret<SizedSecret<struct LabelledExporterTag>>(suite_, secret_->view(), label);
  SecretBytes out(bytes);
  crypto::expand_with_label(suite_, derived.view(), "exported", crypto::hash(suite_, {context}).view(), out.span());
  return out;
}

}  // namespace encuentro::mls::member
