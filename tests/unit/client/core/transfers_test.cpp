// Tests: client/core/transfers.cpp
#include "client/core/transfers.h"

#include "protocol/content/document.h"
#include "tests/sim/world.h"

using namespace encuentro;
using namespace encuentro::sim;

namespace {

struct Committee {
  Network net{77};
  Client* ar = nullptr;
  ChannelId id;

  Committee() {
    net.country("AR");
    net.country("BR");
    ar = &net.focal_point("AR");
    core::CreateChannel create;
    create.title = "Textos";
    create.kind = policy::ChannelKind::committee;
    create.countries = {"AR"};
    id = ar->get<core::ChannelCreated>(create).channel;
  }
};

}  // namespace

TEST_CASE("transfers: who is in the channel gets a token to put and to get") {
  Committee c;
  auto upload = c.net.world.random.id<UploadId>();
  auto put = c.ar->get<core::TransferAllowed>(core::AllowTransfer{c.id, upload, 1 << 20});
  auto get = c.ar->get<core::TransferAllowed>(core::AllowTransfer{c.id, {}, 0});
  CHECK(put.token != get.token);
  CHECK(put.expires > c.net.world.now);
}

TEST_CASE("transfers: who isn't, and what is too large, is refused") {
  Committee c;
  Client& br = c.net.focal_point("BR");
  auto upload = c.net.world.random.id<UploadId>();
  CHECK(br.refused(core::AllowTransfer{c.id, upload, 1024}) == Code::not_admitted);
  CHECK(br.refused(core::AllowTransfer{c.id, {}, 0}) == Code::not_admitted);
  CHECK(c.ar->refused(core::AllowTransfer{c.id, upload, content::file_bytes_max + 1}) == Code::too_large);
}

TEST_CASE("transfers: what is kept is there after a restart, and goes with the post that pins it") {
  Committee c;
  auto upload = c.net.world.random.id<UploadId>();
  c.ar->must(core::AllowTransfer{c.id, upload, 1024});
  c.ar->must(core::KeepTransfer{upload, 0, {1, 2, 3}});
  c.ar->must(core::KeepTransfer{upload, 7, {4}});
  c.ar->must(core::KeepTransfer{upload, 7, {5}});
  c.ar->restart();
  c.ar->must(core::Sync{});
  CHECK(c.ar->look().kept_transfers() == std::vector{upload});
  CHECK(c.ar->look().kept_transfer(upload) == std::map<std::uint32_t, Bytes>{{0, {1, 2, 3}}, {7, {5}}});

  content::DocumentVersion version;
  version.name = "a.txt";
  version.manifest.upload = upload;
  core::Post post{c.id,
                  static_cast<std::uint16_t>(content::Kind::document_version),
                  content::encode(content::content_of(version)),
                  {upload}};
  c.ar->must(post);
  CHECK(c.ar->look().kept_transfers().empty());
  c.ar->restart();
  CHECK(c.ar->look().kept_transfers().empty());
  // Pinned: nobody adds to it any more.
  CHECK(c.ar->refused(core::AllowTransfer{c.id, upload, 1024}) == Code::already_exists);
}

TEST_CASE("transfers: what isn't needed any more is forgotten") {
  Committee c;
  auto upload = c.net.world.random.id<UploadId>();
  c.ar->must(core::KeepTransfer{upload, 0, {1}});
  c.ar->must(core::ForgetTransfer{upload});
  CHECK(c.ar->look().kept_transfer(upload).empty());
  c.ar->restart();
  CHECK(c.ar->look().kept_transfers().empty());
}
