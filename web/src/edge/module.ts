// The core in WebAssembly: encoded calls in, encoded answers out. After a trap the module is dead; a new one starts
// from what was stored.
import { type Call, call as callCodec, payload } from '../wire/calls.ts';
import { encode } from '../wire/codec.ts';
import { wasiImports } from './wasi.ts';

type Exports = {
  memory: WebAssembly.Memory;
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

  static async start(module: WebAssembly.Module): Promise<Core> {
    let exports: Exports | undefined;
    const memory = () => (exports as Exports).memory;
    const instance = await WebAssembly.instantiate(module, wasiImports(module, memory));
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
      if (error instanceof Stopped) throw error;
      throw new Stopped(String(error));
    } finally {
      encoded.fill(0); // it may hold a passphrase
    }
  }
}
