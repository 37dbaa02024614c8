// The core in WebAssembly: encoded calls in, encoded answers out. After a trap the module is dead; a new one starts
// from what was stored.
import { type Call, call as callCodec, payload } from '../wire/calls.ts';
import { encode } from '../wire/codec.ts';
import { Away, type Program } from './program.ts';
import { wasiImports } from './wasi.ts';

type Exports = {
  memory: WebAssembly.Memory;
  '~table': WebAssembly.Table;
  _initialize(): void;
  enc_alloc(size: number): number;
  enc_free(at: number, size: number): void;
  enc_call(at: number, size: number): number;
  enc_answer(): number;
};

// The core can't go on: a trap, or memory that can't grow.
export class Stopped extends Error {}

export class Core {
  #exports: Exports;

  private constructor(exports: Exports) {
    this.#exports = exports;
  }

  static async start(program: Pick<Program, 'first' | 'later'>): Promise<Core> {
    const { first } = program;
    let exports: Exports | undefined;
    const made = () => exports as Exports;
    const complete = () => new WebAssembly.Instance(program.later(), { primary: made() });
    const instance = await WebAssembly.instantiate(first, {
      ...wasiImports(first, () => made().memory),
      ...placeholders(first, () => made()['~table'], complete),
    });
    exports = instance.exports as unknown as Exports;
    exports._initialize();
    return new Core(exports);
  }

  // The answer's payload. Throws Refusal for the core's own no, Stopped when it traps.
  call(what: Call): Uint8Array {
    const encoded = encode(callCodec, what);
    return payload(this.#through(encoded));
  }

  #through(encoded: Uint8Array): Uint8Array {
    const core = this.#exports;
    try {
      const at = core.enc_alloc(encoded.length);
      if (at === 0) throw new Stopped('no memory');
      new Uint8Array(core.memory.buffer, at, encoded.length).set(encoded);
      const size = core.enc_call(at, encoded.length);
      core.enc_free(at, encoded.length);
      return new Uint8Array(core.memory.buffer, core.enc_answer(), size).slice();
    } catch (error) {
      if (error instanceof Stopped || error instanceof Away) throw error;
      throw new Stopped(String(error));
    } finally {
      encoded.fill(0); // it may hold a passphrase
    }
  }
}

// What stands in the table's places until the later module has put its functions there. Each is named by its place.
function placeholders(first: WebAssembly.Module, table: () => WebAssembly.Table, complete: () => void) {
  const stand: Record<string, WebAssembly.ImportValue> = {};
  for (const { module, name } of WebAssembly.Module.imports(first)) {
    if (module !== 'placeholder') continue;
    stand[name] = (...values: unknown[]) => {
      complete();
      return table().get(Number(name))(...values);
    };
  }
  return { placeholder: stand };
}
