// The few calls of WASI that the core's module makes: clock, randomness, standard error, the end. Views into the memory
// are made anew in every call, because any call before may have grown it.
const wasi = 'wasi_snapshot_preview1';
const success = 0;
const noSuchCall = 52;
const notAFile = 8;

export class Ended extends Error {}

export function wasiImports(module: WebAssembly.Module, memory: () => WebAssembly.Memory): WebAssembly.Imports {
  const view = () => new DataView(memory().buffer);
  const calls: Record<string, (...args: never[]) => number> = {
    environ_sizes_get: (count: number, size: number) => {
      view().setUint32(count, 0, true);
      view().setUint32(size, 0, true);
      return success;
    },
    environ_get: () => success,
    clock_time_get: (_id: number, _precision: bigint, result: number) => {
      view().setBigUint64(result, BigInt(Date.now()) * 1_000_000n, true);
      return success;
    },
    random_get: (at: number, size: number) => {
      const step = 65_536; // getRandomValues gives no more at once
      for (let done = 0; done < size; done += step) {
        crypto.getRandomValues(new Uint8Array(memory().buffer, at + done, Math.min(step, size - done)));
      }
      return success;
    },
    // What the core prints is the reason it gives up, before it traps.
    fd_write: (fd: number, at: number, count: number, result: number) => {
      if (fd !== 1 && fd !== 2) return notAFile;
      let size = 0;
      for (let i = 0; i < count; i++) {
        const part = new Uint8Array(
          memory().buffer,
          view().getUint32(at + 8 * i, true),
          view().getUint32(at + 8 * i + 4, true),
        );
        console.warn(new TextDecoder().decode(part.slice()));
        size += part.length;
      }
      view().setUint32(result, size, true);
      return success;
    },
    fd_close: () => notAFile,
    fd_seek: () => notAFile,
    fd_fdstat_get: () => notAFile,
    proc_exit: (code: number) => {
      throw new Ended(`the core ended with ${code}`);
    },
  };
  const table: Record<string, WebAssembly.ImportValue> = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    if (from === wasi) table[name] = calls[name] ?? (() => noSuchCall);
  }
  return { [wasi]: table };
}
