// AA contrast of the tokens, in both schemes (WCAG 2.2, 1.4.3 and 1.4.11).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const css = readFileSync(new URL('../src/design/tokens.css', import.meta.url), 'utf8');
const tokens = [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g)];
const light = Object.fromEntries(tokens.map(([, name, value]) => [name, value]));
const dark = Object.fromEntries(tokens.map(([, name, , value]) => [name, value]));

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

const texts: [string, string][] = [
  ...['text', 'text-soft', 'accent', 'problem'].flatMap((text) =>
    ['ground', 'surface', 'sunken'].map((on): [string, string] => [text, on]),
  ),
  ...['accent', 'attention', 'problem', 'success'].flatMap((kind): [string, string][] => [
    [kind, `${kind}-ground`],
    ['text', `${kind}-ground`],
  ]),
  ['text-soft', 'accent-ground'],
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
];
const controls: [string, string][] = ['surface', 'ground'].flatMap((on): [string, string][] => [
  ['border-strong', on],
  ['focus', on],
]);

for (const [name, scheme] of [
  ['light', light],
  ['dark', dark],
] as const) {
  test(`contrast of the ${name} scheme`, () => {
    const check = (pairs: [string, string][], least: number) => {
      for (const [front, back] of pairs) {
        const value = contrast(scheme[front] as string, scheme[back] as string);
        assert.ok(value >= least, `${front} on ${back}: ${value.toFixed(2)} < ${least}`);
      }
    };
    check(texts, 4.5);
    check(controls, 3);
  });
}
