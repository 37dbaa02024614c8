// Offices as a screen shows them: invitations that are open, reliefs with what passes on, last days that are set.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "client/core/core.h"
#include "client/views/page_author.h"
#include "client/views/succession.h"

namespace encuentro::client::views {

// One that this person may close: the own ones, those into the own seat, and those this person could have made.
struct PageInvitation {
  InviteId id;
  PageAuthor invited;
  std::string institution;
  bool principal = false;
  bool device = false;  // to a further device of one's own
  PageAuthor maker;
  bool with_code = false;
  std::string designation;
  Timestamp expires;
  std::optional<Timestamp> seat_from;  // into a seat that was held and is empty: it gives the office no sooner
  bool may_object = false;             // of that seat, and not who made it
  static constexpr auto fields = std::tuple(
      &PageInvitation::id, &PageInvitation::invited, &PageInvitation::institution, &PageInvitation::principal,
      &PageInvitation::device, &PageInvitation::maker, &PageInvitation::with_code, &PageInvitation::designation,
      &PageInvitation::expires, &PageInvitation::seat_from, &PageInvitation::may_object);
};

struct PageRelief {
  PageAuthor member;
  PageAuthor successor;
  Timestamp start;
  Timestamp end;
  std::vector<PassingChannel> channels;
  std::vector<PassingAcknowledgement> acknowledgements;
  static constexpr auto fields = std::tuple(&PageRelief::member, &PageRelief::successor, &PageRelief::start,
                                            &PageRelief::end, &PageRelief::channels, &PageRelief::acknowledgements);
};
// Whose access ends by itself, and when.
struct PageLastDay {
  MemberId member;
  Timestamp end;
  static constexpr auto fields = std::tuple(&PageLastDay::member, &PageLastDay::end);
};
struct PageOffices {
  std::vector<PageInvitation> invitations;
  std::vector<PageRelief> reliefs;
  std::vector<PageLastDay> last_days;
  static constexpr auto fields = std::tuple(&PageOffices::invitations, &PageOffices::reliefs, &PageOffices::last_days);
};

struct AskOffices {
  using Answer = PageOffices;
  static constexpr auto fields = std::tuple();
};
PageOffices offices(const core::Core& core);

}  // namespace encuentro::client::views
