// tidy ROOT: checks the whole tree against the rules of docs/STYLE.md. Prints 'path:line: rule: what' for each finding
// and closes with 'N passed, M failed', counted in files.
#include <algorithm>
#include <cstdio>
#include <set>

#include "tests/tidy/arrows.h"
#include "tests/tidy/exceptions.h"
#include "tests/tidy/layout.h"
#include "tests/tidy/shape.h"
#include "tests/tidy/words.h"

namespace {

using namespace encuentro::tidy;

Findings check_all(const Files& files) {
  Findings all;
  auto add = [&](Findings found) { all.insert(all.end(), found.begin(), found.end()); };
  for (const File& file : files) {
    add(check_arrows(file));
    add(check_clocks(file));
    add(check_shape(file));
    add(check_name(file));
    add(check_words(file));
  }
  add(check_tests_mirror(files));
  add(check_built(files));
  return all;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: tidy ROOT\n", stderr);
    return 2;
  }
  Files files = read_files(argv[1]);
  auto list = std::ranges::find(files, exceptions_path, &File::path);
  Findings findings = without_exceptions(check_all(files), list == files.end() ? "" : list->text);
  std::ranges::sort(findings, {}, [](const Finding& finding) { return std::tie(finding.path, finding.line); });

  std::set<std::string> bad;
  for (const Finding& finding : findings) {
    bad.insert(finding.path);
    std::printf("%s:%zu: %s: %s\n", finding.path.c_str(), finding.line, finding.rule.c_str(), finding.text.c_str());
  }
  for (const File& file : files) {
    std::size_t lines = lines_of(file.text).size();
    if (is_code(file.path) && lines > file_lines_wanted && lines <= file_lines_max) {
      std::printf("note: %s has %zu lines; think of dividing it\n", file.path.c_str(), lines);
    }
  }
  std::printf("%zu passed, %zu failed\n", files.size() - std::min(files.size(), bad.size()), bad.size());
  return bad.empty() && !files.empty() ? 0 : 1;
}
