// Content and envelopes for the tests of this folder.
#pragma once

#include "protocol/content/signed_content.h"
#include "tests/support/seeded_random.h"

namespace encuentro::tests {

inline content::Content full_content(SeededRandom& random) {
  content::Content item;
  item.time = Timestamp{1763900000000};
  item.zone = "America/Argentina/Buenos_Aires";
  item.replaces = random.id<RecordId>();
  item.about = random.id<RecordId>();
  item.media_type = "text/markdown";
  item.title = "Reunión de puntos focales";
  item.body = "Se convoca a la **XIV Reunión**.";
  item.mentions = {random.id<MemberId>()};
  item.attachments = {{"acta.txt", "text/plain", 3, Bytes{1, 2, 3}, std::nullopt},
                      {"informe.pdf",
                       "application/pdf",
                       900000,
                       {},
                       content::DocumentRef{random.id<UploadId>(), random.id<RecordId>()}}};
  item.fields = {{1, Bytes(8, 0)}, {900, Bytes{9}}};
  return item;
}

struct ItemAuthor {
  crypto::Ed25519Key key;
  record::EntryHeader header;
  explicit ItemAuthor(SeededRandom& random) : key(crypto::ed25519_generate(random)) {
    header = {random.id<NetworkId>(),       random.id<ChannelId>(),
              {Bytes(32, 4), Epoch{2}},     record::device_id(key.public_key),
              random.id<RecordId>(),        {RosterSeq{3}, random.id<Hash32>()},
              {Seq{8}, random.id<Hash32>()}};
  }
};

}  // namespace encuentro::tests
