#include "server/net/transfer_request.h"

#include <catch2/catch.hpp>

#include "protocol/base/limits.h"

using namespace encuentro;
using namespace encuentro::server::net;

namespace {

const std::string hash(64, 'a');
const std::string channel(32, 'b');

RequestHead head(const std::string& method, const std::string& target, std::uint64_t bytes = 10) {
  RequestHead result;
  result.method = method;
  result.target = target;
  result.fields = {{"host", "a"}, {"authorization", "Bearer abc.DEF_1~+/="}};
  if (method == "PUT") {
    result.fields.push_back({"content-length", std::to_string(bytes)});
    result.body_bytes = bytes;
  }
  return result;
}

int status(const RequestHead& request) {
  const auto transfer = judge_transfer(request, RemoteBucket{1});
  return transfer ? 0 : transfer.error().status;
}

int status_with_token(const std::string& authorization) {
  RequestHead request = head("GET", "/v1/blob/" + hash);
  request.fields[1].value = authorization;
  return status(request);
}

}  // namespace

TEST_CASE("a blob and a chunk") {
  const auto put = judge_transfer(head("PUT", "/v1/blob/" + hash), RemoteBucket{1});
  REQUIRE(put);
  CHECK(put->put);
  CHECK(put->request.id == BlobId{Bytes(32, 0xaa)});
  CHECK_FALSE(put->request.channel);
  CHECK(put->request.token == "abc.DEF_1~+/=");
  CHECK(put->request.bytes == 10);
  const auto get = judge_transfer(head("GET", "/v1/chunk/" + channel + "/" + hash), RemoteBucket{1});
  REQUIRE(get);
  CHECK_FALSE(get->put);
  CHECK(get->request.channel == ChannelId{Bytes(16, 0xbb)});
  CHECK(get->request.bytes == 0);
}

TEST_CASE("paths that are none") {
  CHECK(is_transfer_path("/v1/blob/"));
  CHECK_FALSE(is_transfer_path("/v1/blobs"));
  for (const std::string path : {"/v1/blob/", "/v1/blob/a", "/v1/blob/%", "/v1/blob/?", "/v1/chunk/", "/v1/chunk//"}) {
    CHECK(status(head("GET", path)) == 404);
    CHECK(status(head("GET", path + hash + "a")) == 404);
    CHECK(status(head("GET", path + channel)) == 404);
  }
  CHECK(status(head("GET", "/v1/blob/" + std::string(64, 'A'))) == 404);
  CHECK(status(head("GET", "/v1/blob/" + hash + "?token=a")) == 404);
  CHECK(status(head("GET", "/v1/chunk/" + channel + "/" + hash + "/")) == 404);
  CHECK(status(head("GET", "/v1/chunk/" + hash + "/" + channel)) == 404);
}

TEST_CASE("methods, lengths") {
  const std::string blob = "/v1/blob/" + hash;
  CHECK(status(head("POST", blob)) == 405);
  CHECK(status(head("DELETE", blob)) == 405);
  CHECK(status(head("PUT", blob, 0)) == 400);
  CHECK(status(head("PUT", blob, limits::blob_bytes_max)) == 0);
  CHECK(status(head("PUT", blob, limits::blob_bytes_max + 1)) == 413);
  const std::string chunk = "/v1/chunk/" + channel + "/" + hash;
  CHECK(status(head("PUT", chunk, limits::chunk_sealed_bytes)) == 0);
  CHECK(status(head("PUT", chunk, limits::chunk_sealed_bytes + 1)) == 413);
  RequestHead no_length = head("PUT", blob);
  no_length.fields.pop_back();
  CHECK(status(no_length) == 411);
  RequestHead with_body = head("GET", blob);
  with_body.body_bytes = 1;
  CHECK(status(with_body) == 400);
}

TEST_CASE("the token stands in one place and one form") {
  CHECK(status_with_token("Bearer " + std::string(512, 'a')) == 0);
  for (const std::string& wrong :
       {std::string("Bearer "), std::string("bearer a"), std::string("Basic YTpi"), std::string("a"),
        std::string("Bearer a b"), std::string("Bearer \x01"), "Bearer " + std::string(513, 'a')}) {
    CHECK(status_with_token(wrong) == 401);
  }
  RequestHead twice = head("GET", "/v1/blob/" + hash);
  twice.fields.push_back(twice.fields[1]);
  CHECK(status(twice) == 401);
}

TEST_CASE("each error of the handler has a status") {
  const auto of = [](Code code) { return transfer_error(Error{code}).status; };
  CHECK(of(Code::not_logged_in) == 401);
  CHECK(of(Code::expired) == 401);
  CHECK(of(Code::not_allowed) == 403);
  CHECK(of(Code::not_admitted) == 403);
  CHECK(of(Code::revoked) == 403);
  CHECK(of(Code::not_found) == 404);
  CHECK(of(Code::too_large) == 413);
  CHECK(of(Code::too_many) == 429);
  CHECK(of(Code::overloaded) == 503);
  CHECK(of(Code::shutting_down) == 503);
  CHECK(of(Code::storage_full) == 507);
  CHECK(of(Code::quota_exceeded) == 413);
  CHECK(of(Code::malformed) == 400);
  CHECK(of(Code::storage_failed) == 500);
}
