// What the server may know is a link-time fact: neither the secrets' half of MLS, nor the content types, nor the client
// are in it. Read twice, since inlining hides names and dead code hides objects: the program's symbols (no LTO, not
// stripped) and the objects of the linker's map. The client's program, which holds all three, proves the search.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdio>
#include <fstream>
#include <memory>
#include <set>
#include <string>

namespace {

using Names = std::set<std::string>;

// Every symbol the program defines, as C++ writes it.
Names symbols_of(const std::string& program) {
  const std::string command = "nm --demangle --defined-only '" + program + "'";
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> out(popen(command.c_str(), "r"), pclose);
  REQUIRE(out);
  std::string text;
  char buffer[1 << 16];
  for (std::size_t got; (got = std::fread(buffer, 1, sizeof buffer, out.get())) > 0;) text.append(buffer, got);
  Names names;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    names.insert(text.substr(at, end - at));
    at = end + 1;
  }
  return names;
}

// Every file the linker took from: they end the lines of its map, a member of an archive as archive(member).
Names objects_of(const std::string& map) {
  std::ifstream in(map);
  REQUIRE(in);
  Names names;
  for (std::string line; std::getline(in, line);) {
    const std::string last = line.substr(line.rfind(' ') + 1);
    if (last.ends_with(".o") || last.ends_with(".o)") || last.ends_with(".a")) names.insert(last);
  }
  return names;
}

std::size_t count_with(const Names& names, const std::string& part) {
  std::size_t count = 0;
  for (const std::string& name : names) {
    if (name.find(part) == std::string::npos) continue;
    if (count++ == 0) UNSCOPED_INFO("first with '" << part << "': " << name);
  }
  return count;
}

constexpr const char* forbidden_names[] = {"encuentro::mls::member::", "encuentro::content::", "encuentro::client::"};
constexpr const char* forbidden_objects[] = {"protocol/mls/member/", "protocol/content/", "client/"};

}  // namespace

TEST_CASE("the server's symbols hold no member half, no content, no client") {
  const Names server = symbols_of(ENCUENTROD);
  const Names client = symbols_of(ENCUENTRO);
  // Not stripped, not one blob: what it does link is there by name.
  CHECK(count_with(server, "encuentro::mls::PublicGroup::") > 0);
  CHECK(count_with(server, "encuentro::server::service::Service::") > 10);
  for (const char* name : forbidden_names) {
    CHECK(count_with(server, name) == 0);
    CHECK(count_with(client, name) > 10);
  }
}

TEST_CASE("the linker took no object of the member half, of content, of the client into the server") {
  const Names server = objects_of(ENCUENTROD_MAP);
  const Names client = objects_of(ENCUENTRO_MAP);
  CHECK(count_with(server, "protocol/mls/public/") > 5);
  CHECK(count_with(server, "server/service/") > 5);
  for (const char* folder : forbidden_objects) {
    CHECK(count_with(server, folder) == 0);
    CHECK(count_with(client, folder) > 0);
  }
}

TEST_CASE("the server holds nothing that opens or seals a mail address; the client seals") {
  CHECK(count_with(objects_of(ENCUENTROD_MAP), "notice_address.cpp") == 0);
  CHECK(count_with(objects_of(ENCUENTRO_MAP), "notice_address.cpp") > 0);
  CHECK(count_with(symbols_of(ENCUENTROD), "notice_address") == 0);
  CHECK(count_with(symbols_of(ENCUENTRO), "encuentro::api::seal_notice_address") > 0);
}
