// The profile's rows in IndexedDB. Names and values mean nothing here: the core seals them. A transaction counts as
// done when the browser says it is on disk.
import { toHex } from '../wire/codec.ts';
import type { Row, Transaction } from '../wire/effects.ts';

const database = 'encuentro';
const rows = 'rows';

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}

// Where a profile's rows lie.
export interface Rows {
  isEmpty(): Promise<boolean>;
  all(): Promise<Row[]>;
  get(name: Uint8Array): Promise<Uint8Array | undefined>;
  // All of it or nothing.
  apply(transaction: Transaction): Promise<void>;
  empty(): Promise<void>;
}

export class Store implements Rows {
  #database: IDBDatabase;

  private constructor(opened: IDBDatabase) {
    this.#database = opened;
  }

  static async open(): Promise<Store> {
    const request = indexedDB.open(database, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(rows);
    const opened = await settled(request);
    opened.onversionchange = () => opened.close();
    return new Store(opened);
  }

  async isEmpty(): Promise<boolean> {
    return (await settled(this.#database.transaction(rows).objectStore(rows).count())) === 0;
  }

  async all(): Promise<Row[]> {
    const store = this.#database.transaction(rows).objectStore(rows);
    const [names, values] = await Promise.all([settled(store.getAllKeys()), settled(store.getAll())]);
    return names.map((name, index) => ({
      name: new Uint8Array(name as ArrayBuffer),
      value: values[index] as Uint8Array,
    }));
  }

  get(name: Uint8Array): Promise<Uint8Array | undefined> {
    const store = this.#database.transaction(rows).objectStore(rows);
    return settled<Uint8Array | undefined>(store.get(name as Uint8Array<ArrayBuffer>));
  }

  // Rejects with QuotaExceededError when the disk is full.
  apply({ puts, erases }: Transaction): Promise<void> {
    return new Promise((done, failed) => {
      const transaction = this.#database.transaction(rows, 'readwrite', { durability: 'strict' });
      transaction.oncomplete = () => done();
      transaction.onabort = () => failed(transaction.error ?? new Error('the transaction was aborted'));
      const store = transaction.objectStore(rows);
      for (const { name, value } of puts) store.put(value, name as Uint8Array<ArrayBuffer>);
      for (const name of erases) store.delete(name as Uint8Array<ArrayBuffer>);
    });
  }

  async empty(): Promise<void> {
    await settled(this.#database.transaction(rows, 'readwrite').objectStore(rows).clear());
  }
}

// Of a computer that others use too: in memory, gone with the worker that holds it.
export class Fleeting implements Rows {
  #rows = new Map<string, Row>();

  async isEmpty(): Promise<boolean> {
    return this.#rows.size === 0;
  }

  async all(): Promise<Row[]> {
    return [...this.#rows.values()];
  }

  async get(name: Uint8Array): Promise<Uint8Array | undefined> {
    return this.#rows.get(toHex(name))?.value;
  }

  async apply({ puts, erases }: Transaction): Promise<void> {
    for (const { name, value } of puts) this.#rows.set(toHex(name), { name: name.slice(), value: value.slice() });
    for (const name of erases) this.#rows.delete(toHex(name));
  }

  async empty(): Promise<void> {
    this.#rows.clear();
  }
}
