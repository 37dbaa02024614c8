// An iCalendar text (RFC 5545) as its lines: what nobody here knows is kept as it was written; only folding and line
// ends take one form, as in the command (client/calendar/component.h). Bounds are held before anything is understood.
export type Line = { name: string; parameters: string; value: string }; // parameters: ";TZID=America/Bogota", or empty
export type Component = { name: string; lines: Line[]; parts: Component[] };

export const calendarBytesMax = 1024 * 1024; // a whole file
const linesMax = 20_000;
const depthMax = 4;

export class BadCalendar extends Error {}

function unfolded(text: string): string[] {
  return text
    .replace(/^\uFEFF/, '')
    .replace(/\r?\n[ \t]/g, '')
    .split(/\r?\n/)
    .filter((line) => line !== '');
}

// The first colon outside of quotes divides a line.
function lineOf(text: string): Line {
  const head = /^([A-Za-z0-9-]+)((?:;[^=:;]+=(?:"[^"]*"|[^":;])*)*):/.exec(text);
  if (!head) throw new BadCalendar('a line without a name');
  return { name: (head[1] as string).toUpperCase(), parameters: head[2] as string, value: text.slice(head[0].length) };
}

export function parse(text: string): Component {
  if (text.length > calendarBytesMax) throw new BadCalendar('too large');
  const lines = unfolded(text);
  if (lines.length > linesMax) throw new BadCalendar('too many lines');
  const open: Component[] = [];
  let root: Component | undefined;
  for (const line of lines.map(lineOf)) {
    const inner = open.at(-1);
    if (line.name === 'BEGIN') {
      const part: Component = { name: line.value.trim().toUpperCase(), lines: [], parts: [] };
      if (root && !inner) throw new BadCalendar('more than one calendar');
      if (open.length >= depthMax) throw new BadCalendar('too deep');
      inner?.parts.push(part);
      root ??= part;
      open.push(part);
    } else if (line.name === 'END') {
      if (inner?.name !== line.value.trim().toUpperCase()) throw new BadCalendar('an end without its beginning');
      open.pop();
    } else if (inner) inner.lines.push(line);
    else throw new BadCalendar('a line outside');
  }
  if (!root || open.length > 0 || root.name !== 'VCALENDAR') throw new BadCalendar('no calendar');
  return root;
}

const utf8 = new TextEncoder();
// At most 75 octets a line, never inside a character (RFC 5545 §3.1).
function folded(line: string): string {
  const out: string[] = [];
  let part = '';
  let size = 0;
  for (const character of line) {
    const bytes = utf8.encode(character).length;
    if (size + bytes > 75) {
      out.push(part);
      part = ' ';
      size = 1;
    }
    part += character;
    size += bytes;
  }
  return [...out, part].join('\r\n');
}

export function print(component: Component): string {
  const lines = component.lines.map(({ name, parameters, value }) => folded(`${name}${parameters}:${value}`) + '\r\n');
  return `BEGIN:${component.name}\r\n${lines.join('')}${component.parts.map(print).join('')}END:${component.name}\r\n`;
}

export function copy(component: Component): Component {
  return {
    name: component.name,
    lines: component.lines.map((line) => ({ ...line })),
    parts: component.parts.map(copy),
  };
}

export const all = (component: Component, name: string): Line[] => component.lines.filter((line) => line.name === name);
export const find = (component: Component, name: string): Line | undefined => all(component, name)[0];
export const value = (component: Component, name: string): string => find(component, name)?.value ?? '';

export function erase(component: Component, ...names: string[]): void {
  component.lines = component.lines.filter((line) => !names.includes(line.name));
}
// In its old place, once.
export function set(component: Component, name: string, text: string, parameters = ''): void {
  const line: Line = { name, parameters, value: text };
  const at = component.lines.findIndex((one) => one.name === name);
  const others = component.lines.filter((one, index) => one.name !== name || index === at);
  component.lines = at < 0 ? [...others, line] : others.map((one) => (one.name === name ? line : one));
}

export function parameter({ parameters }: Line, name: string): string {
  for (const [, key, quoted, plain] of parameters.matchAll(/;([^=;]+)=(?:"([^"]*)"|([^;]*))/g)) {
    if (key?.toUpperCase() === name) return quoted ?? plain ?? '';
  }
  return '';
}

export const escaped = (text: string): string => text.replace(/[\\;,]/g, '\\$&').replace(/\r\n|\r|\n/g, '\\n');
export const unescaped = (text: string): string =>
  text.replace(/\\([\\;,nN])/g, (_, c: string) => (c === 'n' || c === 'N' ? '\n' : c));
