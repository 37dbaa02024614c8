// The delivery service, which is the enemy: it carries messages as it likes. What it hands over honestly must arrive,
// what it makes up or changes must change nothing.
#pragma once

#include "fuzz/mls_network/world.h"

namespace encuentro::fuzz {

// Hands bytes to a seat, which judges them as a client does. True if it accepted them. Notes a violation when the seat
// accepts what no member sent in its epoch, refuses what one did, or is changed by what it refused.
bool deliver(World& world, Seat& seat, BytesView bytes);

// A Commit with the proposals it refers to, those first that the seat hasn't got (or not, sometimes). Misbehaves on
// the way as the plan says: loses it, changes it, brings it twice.
void deliver_commit(World& world, Seat& seat, const Letter& commit);

// Hands a Commit's Welcome to the person with this KeyPackage, as often as not after a changed one.
void deliver_welcome(World& world, const Letter& commit, BytesView key_package_reference);

// The Commits a seat has missed, in a history that the plan chooses where there are several.
void catch_up(World& world, Seat& seat);

// A changed copy: bits, an end cut off or grown, or another message's end.
Bytes damaged(World& world, BytesView bytes);

// Any old message, or a damaged one, of any room, to any seat.
void disturb(World& world);

}  // namespace encuentro::fuzz
