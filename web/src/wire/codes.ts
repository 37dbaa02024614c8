// What can go wrong, by number (protocol/base/error.h): the word names the texts error.WORD and hint.WORD.
import { isKey, type Key } from '../words/catalogue.ts';

export const codes = {
  malformed: 100,
  truncated: 101,
  trailing_bytes: 102,
  not_minimal: 103,
  too_large: 104,
  unknown_version: 105,
  unknown_kind: 106,
  unsupported_suite: 107,
  bad_signature: 200,
  bad_tag: 201,
  bad_key: 202,
  key_consumed: 203,
  missing_key: 204,
  generation_too_far: 205,
  invalid_leaf: 300,
  invalid_tree: 301,
  invalid_proposal: 302,
  invalid_commit: 303,
  invalid_welcome: 304,
  invalid_key_package: 305,
  wrong_group: 306,
  wrong_epoch: 307,
  not_a_member: 308,
  missing_psk: 309,
  unknown_proposal: 310,
  removed_from_group: 311,
  pending_commit: 312,
  not_admitted: 400,
  not_allowed: 401,
  bad_sequence: 402,
  unknown_member: 403,
  unknown_device: 404,
  revoked: 405,
  expired: 406,
  invite_used: 407,
  invite_burned: 408,
  wrong_code: 409,
  time_backwards: 410,
  time_ahead: 411,
  already_exists: 412,
  threshold_not_met: 413,
  provisional: 414,
  epoch_changed: 500,
  roster_changed: 501,
  gap: 502,
  fork: 503,
  replayed: 504,
  reordered: 505,
  unknown_channel: 506,
  duplicate: 507,
  bad_link: 508,
  unreadable: 509,
  policy_violation: 510,
  rolled_back: 511,
  stale_roster: 512,
  not_logged_in: 600,
  too_many: 601,
  storage_full: 602,
  storage_failed: 603,
  not_found: 604,
  already_founded: 605,
  not_founded: 606,
  shutting_down: 607,
  overloaded: 608,
  quota_exceeded: 609,
  unreachable: 700,
  wrong_server_key: 701,
  inspected_connection: 702,
  queued: 703,
  wrong_passphrase: 704,
  locked: 705,
  no_profile: 706,
  ambiguous: 707,
  clock_wrong: 708,
  weak_passphrase: 709,
} as const;
export type Word = keyof typeof codes;

const words = new Map<number, Word>(Object.entries(codes).map(([word, number]) => [number, word as Word]));

export function wordOf(code: number): string {
  return words.get(code) ?? String(code);
}

// What to say: the message, and what to do next where there is something to do.
export function explain(word: string): { message: Key; hint: Key | undefined } {
  const [message, hint] = [`error.${word}`, `hint.${word}`];
  return { message: isKey(message) ? message : 'error.other', hint: isKey(hint) ? hint : undefined };
}
