#include "aviso/ledger.h"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

#include "protocol/crypto/labelled_hash.h"

namespace encuentro::aviso {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view head = "encuentro-aviso ledger 1";
constexpr Duration kept = days(31);
constexpr std::size_t name_chars = 64;

bool to_disk(int file, std::string_view text) {
  while (!text.empty()) {
    const auto written = ::write(file, text.data(), text.size());
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return ::fsync(file) == 0;
}

// The rename itself has to survive, or a restart would send again.
bool sync_folder(const fs::path& folder) {
  const int handle = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (handle < 0) return false;
  const bool synced = ::fsync(handle) == 0;
  return ::close(handle) == 0 && synced;
}

}  // namespace

std::expected<Ledger, std::string> Ledger::open(fs::path folder, BytesView secret) {
  Ledger ledger;
  ledger.folder_ = std::move(folder);
  ledger.secret_hash_ = to_bytes(crypto::labelled_hash("notice ledger", secret).view());
  const fs::path path = ledger.folder_ / "ledger";
  std::error_code failed;
  if (!fs::exists(path, failed)) return ledger;
  std::ifstream in(path);
  std::string line;
  if (!std::getline(in, line) || line != head) return std::unexpected(path.string() + " is not a ledger");
  while (std::getline(in, line)) {
    std::istringstream words(line);
    std::string name;
    Standing standing;
    if (!(words >> name >> standing.sent.ms >> standing.failures >> standing.next_try.ms) ||
        name.size() != name_chars) {
      return std::unexpected(path.string() + " is damaged");
    }
    ledger.known_[name] = standing;
  }
  return ledger;
}

std::string Ledger::name_of(std::string_view address) const {
  return to_hex(crypto::labelled_hash("notice ledger", secret_hash_, as_bytes(address)).view());
}

Standing Ledger::of(std::string_view address) const {
  const auto found = known_.find(name_of(address));
  return found == known_.end() ? Standing{} : found->second;
}

bool Ledger::put(std::string_view address, const Standing& standing, Timestamp now) {
  std::erase_if(known_, [&](const auto& one) { return one.second.sent + kept < now && one.second.next_try < now; });
  known_[name_of(address)] = standing;
  return save();
}

bool Ledger::save() const {
  std::ostringstream text;
  text << head << '\n';
  for (const auto& [name, standing] : known_) {
    text << name << ' ' << standing.sent.ms << ' ' << standing.failures << ' ' << standing.next_try.ms << '\n';
  }
  const fs::path unfinished = folder_ / ".ledger";
  const int file = ::open(unfinished.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return false;
  bool written = to_disk(file, text.str());
  written = ::close(file) == 0 && written;
  std::error_code failed;
  if (written) fs::rename(unfinished, folder_ / "ledger", failed);
  return written && !failed && sync_folder(folder_);
}

}  // namespace encuentro::aviso
