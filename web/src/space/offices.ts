// Invitations, reliefs and last days, as far as they still matter at a time.
import type { Invitation, Offices, Relief } from '../wire/views.ts';

// By the roster's clock one may be open that has run out since.
export function openInvitations({ invitations }: Offices, now: number): Invitation[] {
  return invitations.filter(({ expires }) => expires > now);
}

// Into the seat this person belongs to, while an objection still comes in time.
export function toObject(offices: Offices, now: number): Invitation[] {
  return openInvitations(offices, now).filter(
    ({ may_object, seat_from }) => may_object && seat_from !== undefined && seat_from > now,
  );
}

const lingersMs = 30 * 86_400_000;

// Shown until the leaver's last day, and for a while after it as long as something hasn't passed.
export function goesOn(relief: Relief, now: number): boolean {
  if (now < relief.end) return true;
  const open = relief.acknowledgements.length > 0 || relief.channels.some(({ successor_in }) => !successor_in);
  return open && now < relief.end + lingersMs;
}

export function reliefsOf({ reliefs }: Offices, member: string, now: number): Relief[] {
  return reliefs.filter(
    (relief) => [relief.member.member, relief.successor.member].includes(member) && goesOn(relief, now),
  );
}

export function lastDay({ last_days }: Offices, member: string): number | undefined {
  return last_days.find((one) => one.member === member)?.end;
}
