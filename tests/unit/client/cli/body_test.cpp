#include "client/cli/body.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "protocol/base/limits.h"

using namespace encuentro;
using namespace encuentro::client::cli;

namespace {

struct File {
  std::filesystem::path path;
  File(const std::string& ending, const std::string& bytes)
      : path(std::filesystem::temp_directory_path() / ("encuentro-body-" + std::to_string(getpid()) + ending)) {
    std::ofstream(path, std::ios::binary) << bytes;
  }
  ~File() { std::filesystem::remove(path); }
};

}  // namespace

TEST_CASE("a body loses one line end and must be UTF-8 within the limit") {
  File file(".txt", "Buenos días\n\n");
  CHECK(*read_body(file.path.string()) == "Buenos días\n");
  File binary(".bin", "\xff\xfe");
  CHECK(read_body(binary.path.string()).error().code == Code::malformed);
  File large(".large", std::string(limits::body_bytes_max + 1, 'x'));
  CHECK(read_body(large.path.string()).error().code == Code::too_large);
  CHECK(read_body("/nonexistent").error().code == Code::not_found);
}

TEST_CASE("an attachment keeps its name and bytes, its type comes from its ending") {
  File file(".pdf", "%PDF\n");
  auto files = read_attachments({file.path.string()});
  REQUIRE(files);
  REQUIRE(files->size() == 1);
  CHECK(files->front().name == file.path.filename().string());
  CHECK(files->front().media_type == "application/pdf");
  CHECK(as_text(files->front().bytes) == "%PDF\n");
  File large(".large", std::string(limits::inline_attachment_bytes_max + 1, 'x'));
  CHECK(read_attachments({large.path.string()}).error().code == Code::too_large);
}
