// What waits for several signatures, as far as one person is concerned.
import type { Count, Statement } from '../wire/views.ts';

export type Part = 'sign' | 'signed' | 'listen' | 'others';

// A re-entry is confirmed by ear, and not by a signature like the others.
export function partOf(statement: Statement): Part {
  if (statement.signed_here) return 'signed';
  if (statement.stated.is === 'StatedReEntry') return 'listen';
  return statement.may_sign ? 'sign' : 'others';
}

// Those that count still, with what waits for this person first.
export function inOrder(statements: Statement[], now: number): Statement[] {
  const rank: Record<Part, number> = { sign: 0, listen: 1, others: 2, signed: 3 };
  return statements
    .filter(({ expires }) => expires > now)
    .sort((a, b) => rank[partOf(a)] - rank[partOf(b)] || a.expires - b.expires);
}

export function toSign(statements: Statement[], now: number): Statement[] {
  return inOrder(statements, now).filter((statement) => partOf(statement) === 'sign');
}

// The ways that lead there: new keys have two.
export function ways({ roots, countries, people }: Statement): ['roots' | 'countries' | 'people', Count][] {
  const all = [
    ['roots', roots],
    ['countries', countries],
    ['people', people],
  ] as ['roots' | 'countries' | 'people', Count][];
  return all.filter(([, { need }]) => need > 0);
}

// Whether under the id stands still what was read.
export function unchanged(read: Statement, now: Statement | undefined): boolean {
  return now !== undefined && JSON.stringify(now.stated) === JSON.stringify(read.stated);
}
