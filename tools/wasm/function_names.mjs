// The names of a WebAssembly module's own functions, in their order, from its name section (core specification,
// appendix "Name Section"); and the mark by which client/wasm/later.txt knows a function.
import { createHash } from 'node:crypto';

const customSection = 0;
const importSection = 2;
const functionSection = 3;
const functionNamesSubsection = 1;
const importedFunction = 0;

class Reader {
  constructor(bytes, at = 0, end = bytes.length) {
    Object.assign(this, { bytes, at, end });
  }
  get more() {
    return this.at < this.end;
  }
  byte() {
    return this.bytes[this.at++];
  }
  number() {
    for (let value = 0, scale = 1; ; scale *= 128) {
      const byte = this.byte();
      value += (byte % 128) * scale;
      if (byte < 128) return value;
    }
  }
  part() {
    const size = this.number();
    this.at += size;
    return new Reader(this.bytes, this.at - size, this.at);
  }
  text() {
    const { at, end } = this.part();
    return Buffer.from(this.bytes.subarray(at, end)).toString();
  }
}

// Every import here is a function: WASI's.
function importedCount(section) {
  const count = section.number();
  for (let i = 0; i < count; i++) {
    section.text();
    section.text();
    if (section.byte() !== importedFunction) throw new Error('an import that is not a function');
    section.number();
  }
  return count;
}

function named(section) {
  const names = new Map();
  while (section.more) {
    const kind = section.byte();
    const part = section.part();
    if (kind !== functionNamesSubsection) continue;
    for (let left = part.number(); left > 0; left--) names.set(part.number(), part.text());
  }
  return names;
}

export function functionNames(bytes) {
  const module = new Reader(bytes, 8);
  let imported = 0;
  let own = 0;
  let names = new Map();
  while (module.more) {
    const id = module.byte();
    const section = module.part();
    if (id === importSection) imported = importedCount(section);
    if (id === functionSection) own = section.number();
    if (id === customSection && section.text() === 'name') names = named(section);
  }
  return Array.from({ length: own }, (_, at) => names.get(imported + at) ?? '');
}

// Twelve hexadecimal digits of its SHA-256: the names themselves are 300 characters long.
export const markOf = (name) => createHash('sha256').update(name).digest('hex').slice(0, 12);
