#include "protocol/mls/public/extension.h"

#include <algorithm>

#include "protocol/mls/public/rules.h"

namespace encuentro::mls {

void Extension::encode(codec::Writer& writer) const {
  writer.number(type);
  writer.opaque(data);
}

Result<Extension> Extension::decode(codec::Reader& reader) {
  TRY(auto type, reader.number<ExtensionType>());
  TRY(Bytes data, decode_opaque(reader));
  return Extension{type, std::move(data)};
}

const Extension* ExtensionList::find(ExtensionType type) const {
  auto found = std::find_if(items.begin(), items.end(), [&](const Extension& e) { return e.type == type; });
  return found == items.end() ? nullptr : &*found;
}

void ExtensionList::set(ExtensionType type, BytesView data) {
  for (Extension& extension : items) {
    if (extension.type == type) {
      extension.data = to_bytes(data);
      return;
    }
  }
  items.push_back({type, to_bytes(data)});
}

void ExtensionList::encode(codec::Writer& writer) const { encode_vector(writer, items); }

Result<ExtensionList> ExtensionList::decode(codec::Reader& reader) {
  TRY(auto items, decode_vector<Extension>(reader, limits::extensions_max));
  for (std::size_t i = 1; i < items.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      TRY_OK(demand(Rule::extension_types_distinct, items[i].type != items[j].type));
    }
  }
  return ExtensionList{std::move(items)};
}

}  // namespace encuentro::mls
