// What a person wrote and was refused for good stays until its author decides; what was attached by name of a document.
// Tests: client/core/outbox.cpp client/core/posts.cpp
#include "client/core/outbox.h"

#include "client/views/conversation.h"
#include "protocol/content/document.h"
#include "tests/sim/world.h"

using namespace encuentro;
using namespace encuentro::sim;
using client::views::Sending;

namespace {

struct Committee {
  Network net;
  Client* ar = nullptr;
  Client* br = nullptr;
  ChannelId id;

  explicit Committee(std::uint64_t seed) : net(seed) {
    net.country("AR");
    net.country("BR");
    ar = &net.focal_point("AR");
    br = &net.quick_focal_point("BR");
    core::CreateChannel create;
    create.title = "Textos";
    create.kind = policy::ChannelKind::committee;
    create.countries = {"AR", "BR"};
    create.members = {br->member()};
    id = ar->get<core::ChannelCreated>(create).channel;
    net.world.settle();
  }

  core::Send words(std::string body) const { return {id, std::move(body), {}, {}, {}}; }

  // BR writes without a line, and is put out of the channel meanwhile.
  std::uint32_t written_and_put_out() {
    net.world.online = false;
    br->cut();
    auto ticket = br->begin(words("Escrito antes de saberlo."));
    br->begin(core::React{id, br->look().records(id).front()->id, "👍"});
    net.world.settle();
    net.world.online = true;
    br->stop();
    ar->must(core::RemoveFromChannel{id, br->member()});
    br->restart();
    net.world.settle(minutes(5));
    return ticket;
  }
};

}  // namespace

TEST_CASE("outbox: what can't be sent any more is kept with its reason, over a restart, and holds nothing else up") {
  Committee c(311);
  c.ar->must(c.words("hola"));
  c.written_and_put_out();
  auto waiting = c.br->look().outbox(c.id);
  REQUIRE(waiting.size() == 1);  // the sign isn't what anybody wrote
  CHECK(waiting[0].refused == Code::removed_from_group);
  auto last = client::views::conversation(c.br->look(), c.id).back();
  CHECK(last.sending == Sending::refused);
  CHECK(last.problem == Code::removed_from_group);
  CHECK(last.body == "Escrito antes de saberlo.");
  c.br->restart();
  CHECK(c.br->look().outbox(c.id)[0].refused == Code::removed_from_group);
  c.net.world.settle();
  c.br->must(core::Sync{});
}

TEST_CASE("outbox: sent again under its id when one is back in, or let go of; nothing else is touched") {
  Committee c(312);
  c.ar->must(c.words("hola"));
  c.written_and_put_out();
  RecordId kept = c.br->look().outbox(c.id)[0].id;
  CHECK(c.br->refused(core::Retry{c.id, c.net.world.random.id<RecordId>()}) == Code::not_found);
  CHECK(c.br->refused(core::Discard{c.net.world.random.id<ChannelId>(), kept}) == Code::unknown_channel);
  c.ar->must(core::AddToChannel{c.id, c.br->member()});
  c.net.world.settle();
  CHECK(c.br->get<core::Sent>(core::Retry{c.id, kept}).id == kept);
  CHECK(c.ar->bodies(c.id).back() == "Escrito antes de saberlo.");
  CHECK(c.br->look().outbox(c.id).empty());
  CHECK(c.br->refused(core::Discard{c.id, kept}) == Code::not_found);
  c.br->restart();
  CHECK(c.br->look().outbox(c.id).empty());
}

TEST_CASE("outbox: what is let go of is gone, also after a restart") {
  Committee c(313);
  c.ar->must(c.words("hola"));
  c.written_and_put_out();
  c.br->must(core::Discard{c.id, c.br->look().outbox(c.id)[0].id});
  c.br->restart();
  CHECK(c.br->look().outbox(c.id).empty());
  CHECK(client::views::conversation(c.br->look(), c.id).back().body == "hola");
}

TEST_CASE("posts: a file that lies among the documents goes with a message by its version") {
  Committee c(314);
  content::DocumentVersion version;
  version.name = "acta.pdf";
  version.manifest.upload = c.net.world.random.id<UploadId>();
  version.manifest.bytes = 300'000;
  version.manifest.media_type = "application/pdf";
  std::array<std::uint8_t, content::FileKey::bytes> key{};
  c.net.world.random.fill(key);
  version.manifest.key = content::FileKey(key);
  Bytes content = content::encode(content_of(version));
  auto sent =
      c.ar->get<core::Sent>(core::Post{c.id, static_cast<std::uint16_t>(content::Kind::document_version), content, {}});
  core::Send send = c.words("Adjunto el acta.");
  send.files = {{"acta.pdf", "application/pdf", {}, sent.id}, {"nota.txt", "text/plain", {1, 2}, {}}};
  c.ar->must(send);
  c.net.world.settle();
  auto seen = client::views::conversation(c.br->look(), c.id).back().attachments;
  REQUIRE(seen.size() == 2);
  CHECK(seen[0].bytes == 300'000);
  REQUIRE(seen[0].document);
  CHECK(seen[0].document->version == sent.id);
  CHECK(seen[0].document->upload == version.manifest.upload);
  CHECK(seen[1].inline_bytes == Bytes{1, 2});
  send.files[0].version = c.net.world.random.id<RecordId>();
  CHECK(c.ar->refused(send) == Code::not_found);
}
