// Programs of others that the command calls to read and draw up documents (pandoc, pdftotext, weasyprint, git): without
// a shell, their words on standard error thrown away, the files they see in a folder of their own.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "protocol/base/error.h"

namespace encuentro::client::cli {

// Readable by this user alone, gone with its scope.
class PrivateFolder {
 public:
  explicit PrivateFolder(const std::filesystem::path& home);
  PrivateFolder(const PrivateFolder&) = delete;
  PrivateFolder& operator=(const PrivateFolder&) = delete;
  ~PrivateFolder();
  bool made() const { return made_; }
  std::filesystem::path operator/(const std::string& name) const { return std::filesystem::path(path_) / name; }

 private:
  std::string path_;
  bool made_ = false;
};

// Runs `words` with its standard output into the file `out`; answers with its exit status. Errors: not_found (rule: the
// `program` that isn't on this machine, which the catalogues tell how to install), malformed (rule: the same; a signal
// ended it, after a minute of processor time at the latest).
Result<int> run_program(std::vector<std::string> words, const std::filesystem::path& out, const char* program);

}  // namespace encuentro::client::cli
