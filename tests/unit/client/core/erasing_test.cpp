#include "client/core/erasing.h"

#include "client/views/documents.h"
#include "protocol/content/document.h"
#include "tests/sim/world.h"

using namespace encuentro;
using namespace encuentro::sim;

namespace {

struct Committee {
  Network net{91};
  Client* ar = nullptr;
  Client* br = nullptr;
  Client* delegate = nullptr;
  ChannelId id;

  Committee() {
    net.country("AR");
    net.country("BR");
    ar = &net.focal_point("AR");
    br = &net.focal_point("BR");
    core::Invite invite;
    invite.role = roster::Role::delegate;
    invite.country = "BR";
    invite.person.name = "Equipo";
    delegate = &net.enter(*br, "BR-2", invite);
    core::CreateChannel create;
    create.title = "Textos";
    create.kind = policy::ChannelKind::committee;
    create.countries = {"AR", "BR"};
    id = ar->get<core::ChannelCreated>(create).channel;
    ar->must(core::AddToChannel{id, br->member()});
    ar->must(core::AddToChannel{id, delegate->member()});
    net.world.settle();
  }

  struct Put {
    UploadId upload;
    RecordId version;
  };
  Put put(Client& by) {
    content::DocumentVersion version;
    version.name = "texto.md";
    version.manifest.upload = net.world.random.id<UploadId>();
    version.manifest.bytes = 4;
    by.must(core::AllowTransfer{id, version.manifest.upload, 256});
    auto sent = by.get<core::Sent>(core::Post{id,
                                              static_cast<std::uint16_t>(content::Kind::document_version),
                                              content::encode(content::content_of(version)),
                                              {version.manifest.upload}});
    net.world.settle();
    return {version.manifest.upload, sent.id};
  }
  // Who erased it, as a client tells it.
  std::optional<MemberId> erased_by(const Client& reader, const Put& put) const {
    auto library = client::views::library(reader.look(), id);
    const auto* document = library.document_of(put.version);
    REQUIRE(document != nullptr);
    const auto* version = document->version(put.version);
    return version->erased ? std::optional(version->erased->author.member) : std::nullopt;
  }
};

}  // namespace

TEST_CASE("erasing: an author takes his bytes back, everybody sees who did, and the server has them no more") {
  Committee c;
  auto put = c.put(*c.delegate);
  auto sent = c.delegate->get<core::Sent>(core::EraseUploads{c.id, {put.upload}, put.version});
  c.net.world.settle();
  for (Client* reader : {c.ar, c.br, c.delegate}) {
    CHECK(c.erased_by(*reader, put) == c.delegate->member());
    REQUIRE(reader->look().erasures(c.id).size() == 1);
    CHECK(reader->look().erasures(c.id)[0].seq == sent.seq);
    CHECK(reader->alarms().empty());
  }
  CHECK(c.delegate->refused(core::EraseUploads{c.id, {put.upload}, put.version}) == Code::not_found);
  c.br->restart();
  c.net.world.settle();
  CHECK(c.erased_by(*c.br, put) == c.delegate->member());
}

TEST_CASE("erasing: whom the policy lets remove people may, nobody else") {
  Committee c;
  auto put = c.put(*c.ar);
  CHECK(c.delegate->refused(core::EraseUploads{c.id, {put.upload}, put.version}) == Code::not_allowed);
  c.br->must(core::EraseUploads{c.id, {put.upload}, put.version});
  c.net.world.settle();
  CHECK(c.erased_by(*c.ar, put) == c.br->member());
}

TEST_CASE("erasing: only what the named record pins, of a record that is there") {
  Committee c;
  auto one = c.put(*c.ar), two = c.put(*c.ar);
  CHECK(c.ar->refused(core::EraseUploads{c.id, {one.upload}, two.version}) == Code::not_allowed);
  CHECK(c.ar->refused(core::EraseUploads{c.id, {}, one.version}) == Code::not_allowed);
  CHECK(c.ar->refused(core::EraseUploads{c.id, {one.upload}, c.net.world.random.id<RecordId>()}) == Code::not_found);
  CHECK(c.ar->refused(core::EraseUploads{c.net.world.random.id<ChannelId>(), {one.upload}, one.version}) ==
        Code::unknown_channel);
}

TEST_CASE("a person learns what is used of the quota, and that erasing gives nothing back before the sweep") {
  Committee c;
  auto before = c.ar->get<core::QuotaTold>(core::ReadQuota{});
  CHECK(before.member_bytes == 0);
  auto put = c.put(*c.ar);
  auto after = c.ar->get<core::QuotaTold>(core::ReadQuota{});
  CHECK(after.member_bytes == 256);
  CHECK(after.country_bytes == 256);
  CHECK(after.country_bytes_max > after.member_bytes_max);
  CHECK(c.br->get<core::QuotaTold>(core::ReadQuota{}).country_bytes == 0);
  c.ar->must(core::EraseUploads{c.id, {put.upload}, put.version});
  CHECK(c.ar->get<core::QuotaTold>(core::ReadQuota{}).member_bytes == 256);
}
