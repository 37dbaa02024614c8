// What the verbs of documents share.
#pragma once

#include "client/cli/documents/post_item.h"
#include "client/cli/verb.h"
#include "client/views/documents.h"

namespace encuentro::client::cli {

// move, remove, restore, comment, freeze, folder, erase, quota, diff
void add_document_acts(CLI::App& doc, Chosen& chosen);

}  // namespace encuentro::client::cli
