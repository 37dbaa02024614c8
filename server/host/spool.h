// The spool of notices: one file a handle below DIR, which `encuentro-aviso` reads and takes away (FORMATS §7.1). Files
// appear whole, by a rename. A thread of its own writes them: an append waits for no file. What can't be written is
// not told outside the space; nothing else depends on it.
#pragma once

#include <condition_variable>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "server/service/ports.h"

namespace encuentro::server::host {

inline constexpr std::size_t spool_files_max = 10'000;  // with those that wait to be written

class FileSpool final : public service::Spool {
 public:
  // Makes the folder, its owner's alone. `trouble` is called on the spool's thread with a word for the log:
  // spool_full, spool_failed. The error is a sentence for the operator.
  static std::expected<std::unique_ptr<FileSpool>, std::string> open(std::filesystem::path folder,
                                                                     std::function<void(const char*)> trouble,
                                                                     std::size_t files_max = spool_files_max);
  // Writes what waits first.
  ~FileSpool() override;
  FileSpool(const FileSpool&) = delete;
  FileSpool& operator=(const FileSpool&) = delete;

  // The service's thread; both return at once.
  void note(const api::SpooledNotice& notice) override;
  void withdraw(const Bytes& handle) override;
  // Returns when everything asked so far is done.
  void flush();

 private:
  FileSpool(std::filesystem::path folder, std::function<void(const char*)> trouble, std::size_t files_max);
  void run();
  void write(const std::string& name, const Bytes& bytes);
  std::size_t files() const;

  std::filesystem::path folder_;
  std::function<void(const char*)> trouble_;
  std::size_t files_max_;
  std::mutex mutex_;
  std::condition_variable there_;
  std::condition_variable idle_;
  std::map<std::string, std::optional<Bytes>> waiting_;  // by file name; nothing: take the file away
  bool working_ = false;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace encuentro::server::host
