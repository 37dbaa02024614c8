#include "protocol/crypto/labels.h"

#include "protocol/codec/writer.h"

namespace encuentro::crypto {

Bytes labelled_content(std::string_view label, BytesView content) {
  codec::Writer writer(mls_label_prefix.size() + label.size() + content.size() + 8);
  writer.header(mls_label_prefix.size() + label.size());
  writer.raw(as_bytes(mls_label_prefix));
  writer.raw(as_bytes(label));
  writer.opaque(content);
  return writer.take();
}

}  // namespace encuentro::crypto
