#include "client/cli/profile/store.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

namespace encuentro::client::cli::profile {
namespace {

constexpr int busy_wait_ms_max = 5000;

Error error_of(int code) {
  return {code == SQLITE_FULL ? Code::storage_full : Code::storage_failed, "profile", 0,
          static_cast<std::uint64_t>(code)};
}

// A prepared statement, ended with its scope.
class Statement {
 public:
  Statement(sqlite3* db, const char* sql) { code_ = sqlite3_prepare_v2(db, sql, -1, &statement_, nullptr); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement() { sqlite3_finalize(statement_); }

  int code() const { return code_; }
  void bind(int index, BytesView bytes) {
    // A zero-length blob needs a non-null pointer, or SQLite stores NULL.
    sqlite3_bind_blob64(statement_, index, bytes.empty() ? "" : reinterpret_cast<const char*>(bytes.data()),
                        bytes.size(), SQLITE_STATIC);
  }
  int step() { return sqlite3_step(statement_); }
  void reset() { sqlite3_reset(statement_); }
  BytesView column(int index) {
    const void* data = sqlite3_column_blob(statement_, index);
    return {static_cast<const std::uint8_t*>(data), static_cast<std::size_t>(sqlite3_column_bytes(statement_, index))};
  }

 private:
  sqlite3_stmt* statement_ = nullptr;
  int code_;
};

Status run(sqlite3* db, const char* sql) {
  int code = sqlite3_exec(db, sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return std::unexpected(error_of(code));
  return {};
}

}  // namespace

struct Store::Database {
  sqlite3* db = nullptr;
  ~Database() { sqlite3_close(db); }
};

Store::Store(std::unique_ptr<Database> database) : database_(std::move(database)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

Result<Store> Store::open(const std::filesystem::path& file) {
  // Made by us first, so that it is never readable by others, whatever the umask.
  int made = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (made < 0) return fail(Code::storage_failed, "profile");
  close(made);
  auto database = std::make_unique<Database>();
  int code = sqlite3_open_v2(file.c_str(), &database->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
  if (code != SQLITE_OK) return std::unexpected(error_of(code));
  // The lock file keeps other processes of ours away; this is for a backup program that reads along.
  sqlite3_busy_timeout(database->db, busy_wait_ms_max);
  // A row of some kilobytes lies within a page of 16 KiB, where one of 4 KiB would send it to a page of its own.
  // FULL: a transaction is synced before COMMIT returns. secure_delete: erased keys are overwritten (R47).
  for (const char* sql :
       {"PRAGMA page_size=16384", "PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA secure_delete=ON",
        "PRAGMA temp_store=MEMORY",
        "CREATE TABLE IF NOT EXISTS pair (key BLOB PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID"}) {
    TRY_OK(run(database->db, sql));
  }
  return Store(std::move(database));
}

Status Store::commit(const std::vector<Change>& changes) {
  if (changes.empty()) return {};
  sqlite3* db = database_->db;
  TRY_OK(run(db, "BEGIN IMMEDIATE"));
  Statement put(db, "INSERT INTO pair (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2");
  Statement erase(db, "DELETE FROM pair WHERE key = ?1");
  int code = SQLITE_DONE;
  for (const Change& change : changes) {
    Statement& statement = change.value ? put : erase;
    statement.bind(1, change.key);
    if (change.value) statement.bind(2, *change.value);
    code = statement.step();
    statement.reset();
    if (code != SQLITE_DONE) break;
  }
  if (code == SQLITE_DONE) {
    if (auto done = run(db, "COMMIT"); done) return {};
    code = sqlite3_errcode(db);
  }
  sqlite3_exec(db, "ROLLBACK", nullptr, nullptr, nullptr);
  return std::unexpected(error_of(code));
}

Result<std::optional<Bytes>> Store::get(BytesView key) {
  Statement select(database_->db, "SELECT value FROM pair WHERE key = ?1");
  select.bind(1, key);
  int code = select.step();
  if (code == SQLITE_ROW) return std::optional<Bytes>(to_bytes(select.column(0)));
  if (code == SQLITE_DONE) return std::optional<Bytes>();
  return std::unexpected(error_of(code));
}

Status Store::scan(BytesView prefix, const std::function<bool(BytesView, BytesView)>& visit) {
  Statement select(database_->db, "SELECT key, value FROM pair WHERE key >= ?1 ORDER BY key");
  select.bind(1, prefix);
  int code;
  while ((code = select.step()) == SQLITE_ROW) {
    BytesView key = select.column(0);
    if (key.size() < prefix.size() || !equal(key.first(prefix.size()), prefix)) return {};
    if (!visit(key, select.column(1))) return {};
  }
  if (code != SQLITE_DONE) return std::unexpected(error_of(code));
  return {};
}

Status Store::clear() {
  TRY_OK(run(database_->db, "DELETE FROM pair"));
  return run(database_->db, "VACUUM");
}

}  // namespace encuentro::client::cli::profile
