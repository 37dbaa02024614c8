// The core's encoding (client/core/fields.h) as values that read and write: numbers big-endian, text and bytes behind a
// minimal vector header (RFC 9420 §2.1.2), optional behind a presence byte, lists behind a byte length, variants behind
// a 16-bit index from 1. Each struct is declared once, in the order of its C++ `fields`, and its type follows from it.

export class Malformed extends Error {}

export class Writer {
  #bytes = new Uint8Array(256);
  #size = 0;

  take(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#size);
  }
  get size(): number {
    return this.#size;
  }
  #room(count: number): void {
    if (this.#size + count <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(2 * this.#bytes.length, this.#size + count));
    larger.set(this.#bytes.subarray(0, this.#size));
    this.#bytes = larger;
  }
  number(value: number | bigint, bytes: number): void {
    this.#room(bytes);
    let rest = BigInt(value);
    for (let at = this.#size + bytes - 1; at >= this.#size; at--) {
      this.#bytes[at] = Number(rest & 255n);
      rest >>= 8n;
    }
    this.#size += bytes;
  }
  raw(bytes: Uint8Array): void {
    this.#room(bytes.length);
    this.#bytes.set(bytes, this.#size);
    this.#size += bytes.length;
  }
  header(length: number): void {
    if (length < 0x40) this.number(length, 1);
    else if (length < 0x4000) this.number(length + 0x4000, 2);
    else if (length < 0x40000000) this.number(length + 0x80000000, 4);
    else throw new RangeError('longer than a vector can be');
  }
  opaque(bytes: Uint8Array): void {
    this.header(bytes.length);
    this.raw(bytes);
  }
}

export class Reader {
  #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }
  get atEnd(): boolean {
    return this.#at === this.#bytes.length;
  }
  raw(count: number): Uint8Array {
    if (this.#bytes.length - this.#at < count) throw new Malformed('truncated');
    return this.#bytes.subarray(this.#at, (this.#at += count));
  }
  number(bytes: number): number {
    let value = 0;
    for (const byte of this.raw(bytes)) value = value * 256 + byte;
    if (!Number.isSafeInteger(value)) throw new Malformed('a number above 2^53');
    return value;
  }
  header(): number {
    const first = this.raw(1)[0] as number;
    const bytes = 1 << (first >> 6);
    if (bytes > 4) throw new Malformed('no vector header');
    let value = first & 0x3f;
    for (const byte of this.raw(bytes - 1)) value = value * 256 + byte;
    if (bytes > 1 && value < (bytes === 2 ? 0x40 : 0x4000)) throw new Malformed('not minimal');
    return value;
  }
  opaque(): Uint8Array {
    return this.raw(this.header());
  }
}

export type Codec<T> = { write(w: Writer, value: T): void; read(r: Reader): T };
export type Of<C> = C extends Codec<infer T> ? T : never;

export function encode<T>(codec: Codec<T>, value: T): Uint8Array<ArrayBuffer> {
  const w = new Writer();
  codec.write(w, value);
  return w.take();
}
export function decode<T>(codec: Codec<T>, bytes: Uint8Array): T {
  const r = new Reader(bytes);
  const value = codec.read(r);
  if (!r.atEnd) throw new Malformed('something is left over');
  return value;
}

const number = (bytes: number): Codec<number> => ({
  write: (w, value) => w.number(value, bytes),
  read: (r) => r.number(bytes),
});
export const u8 = number(1);
export const u16 = number(2);
export const u32 = number(4);
export const u64 = number(8);
export const time = u64; // milliseconds since 1970 UTC

export const flag: Codec<boolean> = {
  write: (w, value) => w.number(value ? 1 : 0, 1),
  read: (r) => {
    const value = r.number(1);
    if (value > 1) throw new Malformed('no flag');
    return value === 1;
  },
};

const utf8 = { out: new TextEncoder(), in: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }) };
export const text: Codec<string> = {
  write: (w, value) => w.opaque(utf8.out.encode(value)),
  read: (r) => utf8.in.decode(r.opaque()),
};
export const bytes: Codec<Uint8Array> = {
  write: (w, value) => w.opaque(value),
  read: (r) => r.opaque().slice(),
};

// An id as lower-case hex.
const id = (size: number): Codec<string> => ({
  write: (w, value) => {
    if (value.length !== 2 * size) throw new RangeError('an id of another length');
    w.raw(fromHex(value));
  },
  read: (r) => toHex(r.raw(size)),
});
export const id16 = id(16);
export const hash32 = id(32);

export function optional<T>(item: Codec<T>): Codec<T | undefined> {
  return {
    write: (w, value) => {
      flag.write(w, value !== undefined);
      if (value !== undefined) item.write(w, value);
    },
    read: (r) => (flag.read(r) ? item.read(r) : undefined),
  };
}

export function list<T>(item: Codec<T>): Codec<T[]> {
  return {
    write: (w, values) => {
      const inner = new Writer();
      for (const value of values) item.write(inner, value);
      w.opaque(inner.take());
    },
    read: (r) => {
      const inner = new Reader(r.opaque());
      const values: T[] = [];
      while (!inner.atEnd) values.push(item.read(inner));
      return values;
    },
  };
}

type Struct<F> = { [K in keyof F]: Of<F[K]> };
export function struct<F extends { [K in keyof F]: Codec<any> }>(fields: F): Codec<Struct<F>> {
  const entries = Object.entries(fields) as [string, Codec<unknown>][];
  return {
    write: (w, value) => {
      for (const [name, codec] of entries) codec.write(w, (value as Record<string, unknown>)[name]);
    },
    read: (r) => Object.fromEntries(entries.map(([name, codec]) => [name, codec.read(r)])) as Struct<F>,
  };
}

// Alternatives in the order of the C++ variant; a value says which it is in `is`. Those the page never sends are
// `null`.
type Alternatives<V> = { [K in keyof V]: V[K] extends Codec<infer T> ? T & { is: K } : never }[keyof V];
export function variant<V extends { [K in keyof V]: Codec<any> | null }>(alternatives: V): Codec<Alternatives<V>> {
  const names = Object.keys(alternatives);
  const codecs = Object.values(alternatives) as (Codec<unknown> | null)[];
  return {
    write: (w, value) => {
      const index = names.indexOf((value as { is: string }).is);
      const codec = codecs[index];
      if (!codec) throw new RangeError('an alternative that is not sent');
      w.number(index + 1, 2);
      codec.write(w, value);
    },
    read: (r) => {
      const index = r.number(2) - 1;
      const codec = codecs[index];
      if (!codec) throw new Malformed('an unknown alternative');
      return { ...(codec.read(r) as object), is: names[index] } as Alternatives<V>;
    },
  };
}

export function toHex(data: Uint8Array): string {
  let hex = '';
  for (const byte of data) hex += byte.toString(16).padStart(2, '0');
  return hex;
}
export function fromHex(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}
