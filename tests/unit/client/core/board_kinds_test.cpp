#include "client/core/board_kinds.h"

#include <catch2/catch.hpp>

using namespace encuentro;
using client::core::board_takes;
using content::Kind;
using policy::ChannelKind;
using roster::Role;

TEST_CASE("on a board only the Secretariat announces, names and keeps the calendar") {
  for (Kind kind : {Kind::announcement, Kind::channel_info, Kind::event}) {
    CHECK(board_takes(ChannelKind::board, kind, Role::secretariat));
    CHECK_FALSE(board_takes(ChannelKind::board, kind, Role::focal_point));
    CHECK_FALSE(board_takes(ChannelKind::board, kind, std::nullopt));
    CHECK(board_takes(ChannelKind::committee, kind, Role::delegate));
  }
}

TEST_CASE("everybody who may post answers on a board") {
  for (Kind kind : {Kind::acknowledgement, Kind::reaction, Kind::event_answer, Kind::initiative}) {
    CHECK(board_takes(ChannelKind::board, kind, Role::focal_point));
  }
}
