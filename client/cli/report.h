// The year's annual report as Markdown: what the countries did and confirmed, and the network's meetings, each with the
// record it is drawn from. What isn't confirmed is left out and told apart.
#pragma once

#include "client/cli/initiative_show.h"

namespace encuentro::client::cli {

struct AnnualReport {
  std::string title;
  std::string markdown;
  std::size_t initiatives = 0;  // in it
  std::size_t countries = 0;
  std::size_t meetings = 0;
  std::vector<FoundInitiative> left_out;  // drafts and withheld ones of that year: for the Secretariat alone
};

// `year` is four digits.
AnnualReport annual_report(const core::Core& core, const std::string& year, const Catalogue& words);

}  // namespace encuentro::client::cli
