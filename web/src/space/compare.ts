// Two texts side by side: which lines went, came or were changed, and in a changed line which words. Pure.
export type Part = { text: string; changed: boolean };
// One line on either side; `changed` lines stand opposite each other. `same` lines far from a change are left out and
// counted.
export type Row =
  | { kind: 'same'; before: Part[]; after: Part[] }
  | { kind: 'changed'; before: Part[]; after: Part[] }
  | { kind: 'gone'; before: Part[]; after: undefined }
  | { kind: 'come'; before: undefined; after: Part[] }
  | { kind: 'left_out'; lines: number };

const context = 2;
const mostDifferences = 1000; // beyond it what lies between beginning and end counts as all new

type Step = { kind: 'same' | 'gone' | 'come'; text: string };

// Myers' shortest script from `a` to `b`.
function script(a: string[], b: string[]): Step[] {
  let from = 0;
  while (from < a.length && from < b.length && a[from] === b[from]) from++;
  let to = 0;
  while (to < a.length - from && to < b.length - from && a.at(-1 - to) === b.at(-1 - to)) to++;
  const same = (texts: string[]): Step[] => texts.map((text) => ({ kind: 'same', text }));
  const [middleA, middleB] = [a.slice(from, a.length - to), b.slice(from, b.length - to)];
  return [...same(a.slice(0, from)), ...middle(middleA, middleB), ...same(a.slice(a.length - to))];
}

function middle(a: string[], b: string[]): Step[] {
  const traces: Int32Array[] = [];
  const most = Math.min(a.length + b.length, mostDifferences);
  let reached = new Int32Array([0, 0, 0]); // how far in `a` on each diagonal, from -d-1 to d+1
  for (let d = 0; d <= most; d++) {
    const next = new Int32Array(2 * d + 5);
    for (let k = -d; k <= d; k += 2) {
      const [below, above] = [reached[k + d] ?? 0, reached[k + d + 2] ?? 0];
      const down = k === -d || (k !== d && below < above);
      let x = d === 0 ? 0 : down ? above : below + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      next[k + d + 2] = x;
      if (x >= a.length && x - k >= b.length) return walkBack(a, b, [...traces, reached], k);
    }
    traces.push(reached);
    reached = next;
  }
  return [...a.map((text) => ({ kind: 'gone', text }) as const), ...b.map((text) => ({ kind: 'come', text }) as const)];
}

function walkBack(a: string[], b: string[], traces: Int32Array[], last: number): Step[] {
  const steps: Step[] = [];
  let [x, y, k] = [a.length, b.length, last];
  for (let d = traces.length - 1; d > 0; d--) {
    const reached = traces[d] as Int32Array;
    const [below, above] = [reached[k + d] ?? 0, reached[k + d + 2] ?? 0];
    const down = k === -d || (k !== d && below < above);
    const beforeX = down ? above : below;
    const beforeY = beforeX - (down ? k + 1 : k - 1);
    while (x > beforeX + (down ? 0 : 1) && y > beforeY + (down ? 1 : 0)) {
      steps.push({ kind: 'same', text: a[--x] as string });
      y--;
    }
    if (down) steps.push({ kind: 'come', text: b[--y] as string });
    else steps.push({ kind: 'gone', text: a[--x] as string });
    k = down ? k + 1 : k - 1;
  }
  while (x > 0) steps.push({ kind: 'same', text: a[--x] as string });
  return steps.reverse();
}

const words = (text: string): string[] => text.match(/\s+|[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? [];
const isWord = (text: string) => /[\p{L}\p{N}]/u.test(text);

function parts(steps: Step[], side: 'gone' | 'come'): Part[] {
  const list: Part[] = [];
  for (const { kind, text } of steps) {
    if (kind !== 'same' && kind !== side) continue;
    const changed = kind === side;
    const last = list.at(-1);
    if (last?.changed === changed) last.text += text;
    else list.push({ text, changed });
  }
  return list;
}

// Opposite each other only what has words in common.
function opposite(before: string, after: string): Row[] {
  const steps = script(words(before), words(after));
  const common = steps.filter(({ kind, text }) => kind === 'same' && isWord(text)).length;
  const all = Math.max(words(before).filter(isWord).length, words(after).filter(isWord).length);
  if (common * 3 < all)
    return [
      { kind: 'gone', before: [{ text: before, changed: true }], after: undefined },
      { kind: 'come', before: undefined, after: [{ text: after, changed: true }] },
    ];
  return [{ kind: 'changed', before: parts(steps, 'gone'), after: parts(steps, 'come') }];
}

export function compare(before: string, after: string): Row[] {
  const lines = (text: string) => text.replace(/\r\n?/g, '\n').replace(/\n$/, '').split('\n');
  const rows: Row[] = [];
  let [gone, come]: [string[], string[]] = [[], []];
  const settle = () => {
    const pairs = Math.min(gone.length, come.length);
    for (let i = 0; i < pairs; i++) rows.push(...opposite(gone[i] as string, come[i] as string));
    for (const text of gone.slice(pairs))
      rows.push({ kind: 'gone', before: [{ text, changed: true }], after: undefined });
    for (const text of come.slice(pairs))
      rows.push({ kind: 'come', before: undefined, after: [{ text, changed: true }] });
    [gone, come] = [[], []];
  };
  for (const { kind, text } of script(lines(before), lines(after))) {
    if (kind === 'gone') gone.push(text);
    else if (kind === 'come') come.push(text);
    else {
      settle();
      const part = [{ text, changed: false }];
      rows.push({ kind: 'same', before: part, after: part });
    }
  }
  settle();
  return shortened(rows);
}

function shortened(rows: Row[]): Row[] {
  const near = rows.map(() => false);
  rows.forEach(({ kind }, at) => {
    if (kind !== 'same') near.fill(true, Math.max(0, at - context), at + context + 1);
  });
  const list: Row[] = [];
  rows.forEach((row, at) => {
    const last = list.at(-1);
    if (near[at]) list.push(row);
    else if (last?.kind === 'left_out') last.lines++;
    else list.push({ kind: 'left_out', lines: 1 });
  });
  return list;
}

export const differs = (rows: Row[]): boolean => rows.some(({ kind }) => kind !== 'same' && kind !== 'left_out');
