// A WASI host for command modules: arguments, environment, clock, randomness, standard streams and read-only files.
// Views into memory are made anew in every call, because any call before may have grown it.
import fs from 'node:fs';

const ERRNO = { success: 0, badf: 8, inval: 28, noent: 44, nosys: 52, notcapable: 76 };
const FILETYPE = { unknown: 0, character: 2, directory: 3, regular: 4 };
const ROOT = 3; // the one directory a module finds open: "/", for reading

export class Exit extends Error {
  constructor(code) {
    super(`exit ${code}`);
    this.code = code;
  }
}

// Runs a compiled command module to its end. `write(fd, bytes)` gets what it prints. Returns its exit code; a trap
// comes out as the WebAssembly.RuntimeError it is.
export async function run(module, { args, env = {}, write }) {
  const host = new Host(args, env, write);
  const instance = await WebAssembly.instantiate(module, { wasi_snapshot_preview1: host.imports(module) });
  host.memory = instance.exports.memory;
  try {
    instance.exports._start();
    return 0;
  } catch (error) {
    if (error instanceof Exit) return error.code;
    throw error;
  } finally {
    host.close();
  }
}

class Host {
  constructor(args, env, write) {
    this.args = strings(args);
    this.env = strings(Object.entries(env).map(([name, value]) => `${name}=${value}`));
    this.write = write;
    this.files = new Map(); // wasi fd -> { fd, position }
    this.next = ROOT + 1;
  }

  get view() {
    return new DataView(this.memory.buffer);
  }

  bytes(at, size) {
    return new Uint8Array(this.memory.buffer, at, size);
  }

  close() {
    for (const file of this.files.values()) fs.closeSync(file.fd);
    this.files.clear();
  }

  // What the module imports and we don't have answers "no such call" instead of stopping the module from loading.
  imports(module) {
    const table = {};
    for (const { module: space, name } of WebAssembly.Module.imports(module)) {
      if (space !== 'wasi_snapshot_preview1') throw new Error(`the module imports ${space}.${name}`);
      table[name] = typeof this[name] === 'function' ? this[name].bind(this) : () => ERRNO.nosys;
    }
    return table;
  }

  // --- arguments and environment: pointers, then the zero-terminated strings

  list(items, pointers, buffer) {
    for (const item of items) {
      this.view.setUint32(pointers, buffer, true);
      this.bytes(buffer, item.length).set(item);
      pointers += 4;
      buffer += item.length;
    }
    return ERRNO.success;
  }

  sizes(items, count, size) {
    this.view.setUint32(count, items.length, true);
    this.view.setUint32(
      size,
      items.reduce((sum, item) => sum + item.length, 0),
      true,
    );
    return ERRNO.success;
  }

  args_get(pointers, buffer) {
    return this.list(this.args, pointers, buffer);
  }
  args_sizes_get(count, size) {
    return this.sizes(this.args, count, size);
  }
  environ_get(pointers, buffer) {
    return this.list(this.env, pointers, buffer);
  }
  environ_sizes_get(count, size) {
    return this.sizes(this.env, count, size);
  }

  // --- clock, randomness, end

  clock_time_get(id, _precision, result) {
    const now = id === 0 ? BigInt(Date.now()) * 1000000n : process.hrtime.bigint();
    this.view.setBigUint64(result, now, true);
    return ERRNO.success;
  }

  random_get(at, size) {
    const step = 65536; // getRandomValues gives no more at once
    for (let done = 0; done < size; done += step) {
      crypto.getRandomValues(this.bytes(at + done, Math.min(step, size - done)));
    }
    return ERRNO.success;
  }

  proc_exit(code) {
    throw new Exit(code);
  }

  // --- streams and files

  vectors(at, count) {
    return Array.from({ length: count }, (_, index) =>
      this.bytes(this.view.getUint32(at + 8 * index, true), this.view.getUint32(at + 8 * index + 4, true)),
    );
  }

  fd_write(fd, at, count, result) {
    if (fd !== 1 && fd !== 2) return ERRNO.badf;
    let size = 0;
    for (const part of this.vectors(at, count)) {
      this.write(fd, part.slice());
      size += part.length;
    }
    this.view.setUint32(result, size, true);
    return ERRNO.success;
  }

  fd_read(fd, at, count, result) {
    const file = fd === 0 ? { fd: 0, position: null } : this.files.get(fd);
    if (!file) return ERRNO.badf;
    let size = 0;
    for (const part of this.vectors(at, count)) {
      if (part.length === 0) continue;
      const got = fs.readSync(file.fd, part, 0, part.length, file.position);
      if (file.position !== null) file.position += got;
      size += got;
      if (got < part.length) break;
    }
    this.view.setUint32(result, size, true);
    return ERRNO.success;
  }

  fd_seek(fd, offset, whence, result) {
    const file = this.files.get(fd);
    if (!file) return ERRNO.badf;
    const from = [0, file.position, fs.fstatSync(file.fd).size][whence];
    if (from === undefined || from + Number(offset) < 0) return ERRNO.inval;
    file.position = from + Number(offset);
    this.view.setBigUint64(result, BigInt(file.position), true);
    return ERRNO.success;
  }

  fd_close(fd) {
    const file = this.files.get(fd);
    if (!file) return fd <= ROOT ? ERRNO.success : ERRNO.badf;
    fs.closeSync(file.fd);
    this.files.delete(fd);
    return ERRNO.success;
  }

  fd_fdstat_get(fd, result) {
    const type = fd <= 2 ? FILETYPE.character : fd === ROOT ? FILETYPE.directory : FILETYPE.regular;
    if (fd > ROOT && !this.files.has(fd)) return ERRNO.badf;
    this.bytes(result, 24).fill(0);
    this.view.setUint8(result, type);
    this.view.setBigUint64(result + 8, 0x1fffffffn, true); // all rights, for itself and for what is opened under it
    this.view.setBigUint64(result + 16, 0x1fffffffn, true);
    return ERRNO.success;
  }

  fd_filestat_get(fd, result) {
    const file = this.files.get(fd);
    if (!file) return ERRNO.badf;
    this.bytes(result, 64).fill(0);
    this.view.setUint8(result + 16, FILETYPE.regular);
    this.view.setBigUint64(result + 32, BigInt(fs.fstatSync(file.fd).size), true);
    return ERRNO.success;
  }

  fd_prestat_get(fd, result) {
    if (fd !== ROOT) return ERRNO.badf;
    this.view.setUint32(result, 0, true);
    this.view.setUint32(result + 4, 1, true); // the length of "/"
    return ERRNO.success;
  }

  fd_prestat_dir_name(fd, at, size) {
    if (fd !== ROOT || size < 1) return ERRNO.badf;
    this.bytes(at, 1)[0] = '/'.charCodeAt(0);
    return ERRNO.success;
  }

  path_open(_directory, _lookup, at, size, openFlags, rights, _inheriting, _flags, result) {
    const rightToWrite = 64n;
    const rightToRead = 2n;
    if (openFlags !== 0 || (rights & rightToWrite && !(rights & rightToRead))) return ERRNO.notcapable;
    try {
      const fd = fs.openSync('/' + new TextDecoder().decode(this.bytes(at, size)), 'r');
      this.files.set(this.next, { fd, position: 0 });
    } catch {
      return ERRNO.noent;
    }
    this.view.setUint32(result, this.next++, true);
    return ERRNO.success;
  }
}

function strings(list) {
  return list.map((text) => new TextEncoder().encode(text + '\0'));
}
