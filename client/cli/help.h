// What a verb and its options are for, in the person's language. No sentence stands where they are declared: each is
// found in the catalogue by the words that lead there,
//
//   help.channel.create          the verb
//   help.channel.create.--kind   its option, or the word TITLE; else the nearest above: help.channel.--kind,
//   help.--kind
//
// so that what many verbs take is said once. A verb or option without a sentence stops the program (the end-to-end
// tests ask every verb for its help in every language).
#pragma once

#include "client/cli/catalogue.h"

namespace CLI {
class App;
}

namespace encuentro::client::cli {

// Gives the whole program its words. Before help is shown, not on every start.
void describe(::CLI::App& program, const Catalogue& words);

}  // namespace encuentro::client::cli
