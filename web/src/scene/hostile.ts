import { extension } from '../space/media.ts';

// What somebody could write into any field that others see. Each would set `window.hit` if it ran.
export const payloads = [
  '<script>hit=1</script>',
  '<img src=x onerror=hit=1>',
  '<svg onload=hit=1><animate onbegin=hit=1 attributeName=x dur=1s>',
  '"><iframe srcdoc="<script>parent.hit=1</script>"></iframe>',
  '[enlace](javascript:hit=1)',
  '[enlace](JaVaScRiPt&colon;hit=1)',
  '<javascript:hit=1>',
  '![imagen](https://example.org/seguimiento.png)',
  '[a](data:text/html;base64,PHNjcmlwdD5wYXJlbnQuaGl0PTE8L3NjcmlwdD4=)',
  '<a href="vbscript:hit=1" onmouseover="hit=1">a</a>',
  '<math><mtext><table><mglyph><style><img src=x onerror=hit=1>',
  '`<style>@import "https://example.org/x.css"</style>`',
  '<form action="https://example.org"><button formaction=javascript:hit=1>a',
  '{@html "<script>hit=1</script>"} ${hit=1} {{hit=1}}',
  '\u202Eotxet le odot ed séver la \u2066\u2069',
  '[x]: javascript:hit=1\n\n[x]',
  '<base href="https://example.org/"><meta http-equiv=refresh content="0;url=javascript:hit=1">',
  '| a | b |\n|---|---|\n| <img src=x onerror=hit=1> | [b](javascript:hit=1) |',
];

const written = new Set([
  'text',
  'note',
  'symbol',
  'language',
  'name',
  'title',
  'body',
  'institution',
  'email',
  'label',
  'network',
  'emoji',
  'decision',
  'designation',
  'device',
  'keys',
  'addresses',
]);
const isId = (text: string) => /^[0-9a-f]{32}$/.test(text);
let next = 0;
const payload = () => payloads[next++ % payloads.length] as string;

// The same value with every text that a person wrote replaced; each title and body in turn holds them all.
export function hostile(value: unknown, key = ''): unknown {
  if (typeof value === 'string') {
    if (key === 'body') return payloads.join('\n\n');
    // An event's object with payloads in each of its texts.
    if (key === 'calendar')
      return value.replace(
        /^(SUMMARY|LOCATION|DESCRIPTION|CONFERENCE[^:]*):.*$/gm,
        (_, name: string) => `${name}:${payload().replace(/\s/g, ' ')}`,
      );
    // A file keeps the end of its name, by which the page chooses how to show it.
    if (key === 'name' && extension(value)) return `${payload()}.${extension(value)}`;
    return written.has(key) && !isId(value) ? payload() : value;
  }
  if (value instanceof Uint8Array) return value;
  if (Array.isArray(value))
    return value.map((one) => hostile(one, key === 'institutions' || key === 'names' ? 'name' : key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, hostile(one, name)]));
}
