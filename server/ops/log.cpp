#include "server/ops/log.h"

#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <array>
#include <cstdio>
#include <mutex>

namespace encuentro::server::ops {

namespace {

struct Word {
  std::string_view word;
  Level level;
  spdlog::level::level_enum of_spdlog;
};
constexpr std::array<Word, 4> words = {{{"debug", Level::debug, spdlog::level::debug},
                                        {"info", Level::info, spdlog::level::info},
                                        {"warning", Level::warning, spdlog::level::warn},
                                        {"error", Level::error, spdlog::level::err}}};

spdlog::level::level_enum of_spdlog(Level level) { return words[static_cast<std::size_t>(level)].of_spdlog; }

// spdlog's own file sink can't be told to open its file anew after a rotation.
class FileSink final : public spdlog::sinks::base_sink<std::mutex> {
 public:
  explicit FileSink(std::filesystem::path file) : file_(std::move(file)) { open(); }
  FileSink(const FileSink&) = delete;
  FileSink& operator=(const FileSink&) = delete;
  ~FileSink() override { close(); }

  bool is_open() {
    const std::scoped_lock lock(mutex_);
    return out_ != nullptr;
  }
  void reopen() {
    const std::scoped_lock lock(mutex_);
    close();
    open();
  }

 protected:
  void sink_it_(const spdlog::details::log_msg& message) override {
    if (out_ == nullptr) return;
    spdlog::memory_buf_t line;
    formatter_->format(message, line);
    std::fwrite(line.data(), 1, line.size(), out_);
    std::fflush(out_);
  }
  void flush_() override {}

 private:
  void open() { out_ = std::fopen(file_.c_str(), "ae"); }
  void close() {
    if (out_ != nullptr) std::fclose(std::exchange(out_, nullptr));
  }
  std::filesystem::path file_;
  std::FILE* out_ = nullptr;
};

class SpdLog final : public Log {
 public:
  SpdLog(Level level, std::shared_ptr<FileSink> file)
      : file_(std::move(file)),
        logger_("encuentrod", file_ ? spdlog::sink_ptr(file_) : std::make_shared<spdlog::sinks::stderr_sink_mt>()) {
    logger_.set_level(of_spdlog(level));
    // R82: the minute is enough to find a fault and too little to follow a person.
    logger_.set_pattern(R"({"time":"%Y-%m-%dT%H:%MZ","level":"%l",%v})", spdlog::pattern_time_type::utc);
    logger_.flush_on(spdlog::level::debug);
  }

  void write(Level level, const char* event, std::initializer_list<Figure> figures) override {
    std::string text = "\"event\":\"" + std::string(event) + "\"";
    for (const Figure& figure : figures) {
      text.append(",\"").append(figure.name).append("\":").append(std::to_string(figure.value));
    }
    logger_.log(of_spdlog(level), text);
  }
  void reopen() override {
    if (file_) file_->reopen();
  }

 private:
  std::shared_ptr<FileSink> file_;
  spdlog::logger logger_;
};

}  // namespace

std::expected<Level, std::string> level_named(std::string_view word) {
  for (const Word& known : words) {
    if (known.word == word) return known.level;
  }
  return std::unexpected("'" + std::string(word) + "' is not debug, info, warning or error");
}

std::expected<std::unique_ptr<Log>, std::string> Log::open(Level level, const std::filesystem::path& file) {
  std::shared_ptr<FileSink> sink;
  if (!file.empty()) {
    sink = std::make_shared<FileSink>(file);
    if (!sink->is_open()) return std::unexpected("can't write the log file " + file.string());
  }
  return std::make_unique<SpdLog>(level, std::move(sink));
}

// Code names are words of our own (error.h); rule is a literal.
void Log::write(Level level, const char* event, const Error& error) {
  write(level, event,
        {{"code", static_cast<std::uint64_t>(error.code)}, {"expected", error.expected}, {"got", error.got}});
}

}  // namespace encuentro::server::ops
