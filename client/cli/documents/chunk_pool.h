// Moves chunks over several connections at once. Each worker holds one chunk in memory; what is through is told to the
// thread that asked. A connection that is lost, a busy server or a token that has run out only delay.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "client/cli/net/transfers.h"

namespace encuentro::client::cli {

class ChunkPool {
 public:
  // Moves one chunk whole and gives its hash; called on any worker.
  using Move = std::function<Result<BlobId>(net::Transfers& transfers, const std::string& token, std::uint32_t index)>;

  static constexpr std::size_t workers_max = 4;

  // Starts at once, in the order of `chunks`.
  ChunkPool(const net::Endpoint& endpoint, std::string token, std::vector<std::uint32_t> chunks, Move move);
  ChunkPool(const ChunkPool&) = delete;
  ChunkPool& operator=(const ChunkPool&) = delete;
  ~ChunkPool();  // ends after the chunks that are on their way

  struct Through {
    std::uint32_t index = 0;
    BlobId chunk;
  };
  // What came through since the last call, after waiting for something at most `wait`.
  std::vector<Through> take(Duration wait);
  // Why no more comes, once one chunk failed for good.
  std::optional<Error> failure() const;
  // The server refused the token: workers wait for a new one.
  bool token_wanted() const;
  void renew(std::string token);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace encuentro::client::cli
