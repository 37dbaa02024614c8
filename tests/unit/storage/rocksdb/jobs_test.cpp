// What a job answers in each fate of its batch.
#include "storage/rocksdb/jobs.h"

#include "tests/unit/storage/rocksdb/database_fixture.h"

using namespace encuentro;
using namespace encuentro::storage;
using namespace encuentro::storage::rocks;
using namespace encuentro::storage::test;

namespace {

constexpr Error broken{Code::storage_failed};

}  // namespace

TEST_CASE("change sets of one batch are judged one on top of the other") {
  OpenDatabase open;
  Batch batch(*open.database);
  std::vector<Result<CommitResult>> answers;
  const auto note = [&](Result<CommitResult> result) { answers.push_back(std::move(result)); };
  std::vector<std::unique_ptr<Job>> jobs;
  jobs.push_back(commit_job({channel(), {HeadIs{}}, {entry("r1", "x"), Put{"k", bytes("1")}}}, note));
  jobs.push_back(commit_job({channel(), {HeadIs{}}, {entry("r2", "x")}}, note));
  jobs.push_back(commit_job({channel(), {KeyHolds{"k", bytes("1")}}, {entry("r3", "x"), Erase{"k"}}}, note));
  jobs.push_back(commit_job({channel(), {}, {entry("r1", "again")}}, note));
  for (const auto& job : jobs) job->stage(batch);
  CHECK(answers.empty());
  REQUIRE(batch.write().ok());
  for (const auto& job : jobs) job->written();
  REQUIRE(answers.size() == 4);
  CHECK(answers[0]->head == Head{1, 0});
  CHECK(answers[1]->outcome == Outcome::refused);
  CHECK(answers[1]->head == Head{1, 0});
  CHECK(answers[2]->head == Head{2, 0});
  CHECK(answers[3]->already_at == 1);
  CHECK(jobs[0]->news()->seq == 1);
  CHECK_FALSE(jobs[1]->news());
  CHECK(jobs[2]->news()->seq == 2);
  CHECK_FALSE(jobs[3]->news());
}

TEST_CASE("when the batch is lost what it would have stored is undecided, all else an error") {
  OpenDatabase open;
  Batch batch(*open.database);
  std::vector<Result<CommitResult>> answers;
  const auto note = [&](Result<CommitResult> result) { answers.push_back(std::move(result)); };
  auto stored_one = commit_job({channel(), {}, {entry("r1", "x")}}, note);
  auto refused_one = commit_job({channel(), {HeadIs{}}, {entry("r2", "x")}}, note);
  std::optional<Result<std::optional<Record>>> taken;
  auto take = take_job(channel(), "", bytes("t"), [&](auto result) { taken = std::move(result); });
  std::optional<Status> trimmed;
  auto trim = trim_job(channel(), 2, [&](auto result) { trimmed = result; });
  for (auto* job : {stored_one.get(), refused_one.get(), take.get(), trim.get()}) job->stage(batch);
  for (auto* job : {stored_one.get(), refused_one.get(), take.get(), trim.get()}) job->lost(broken);
  REQUIRE(answers.size() == 2);
  CHECK(answers[0]->outcome == Outcome::undecided);
  CHECK(answers[1].error().code == Code::storage_failed);
  CHECK(taken->error().code == Code::storage_failed);
  CHECK(trimmed->error().code == Code::storage_failed);
}

TEST_CASE("what was never tried is an error") {
  std::optional<Result<CommitResult>> answer;
  commit_job({channel(), {}, {entry("r1", "x")}}, [&](auto result) {
    answer = std::move(result);
  })->refused({Code::storage_full});
  CHECK(answer->error().code == Code::storage_full);
  std::optional<Result<std::optional<Record>>> taken;
  take_job(channel(), "", bytes("t"), [&](auto result) { taken = std::move(result); })->refused(broken);
  CHECK(taken->error().code == Code::storage_failed);
}

TEST_CASE("a job's size counts what it carries") {
  const auto small = commit_job({channel(), {}, {entry("r", "x")}}, [](auto) {});
  const auto large = commit_job({channel(), {}, {entry("r", std::string(1000, 'x'))}}, [](auto) {});
  CHECK(large->bytes() == small->bytes() + 999);
}
