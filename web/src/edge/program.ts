// The core's program, in two modules: the first holds what a first visit calls, the later one the rest. The first calls
// the later's functions through its table; until the later one is there, placeholders stand in their places
// (tools/wasm/split.mjs). It is fetched once the space is open; a call that needs it before that holds the worker up.

// A part of the program could not be had from the server.
export class Away extends Error {}

// What goes from a worker to the next: the page keeps it, so that after locking nothing has to be fetched.
export type Modules = { first: WebAssembly.Module; later: WebAssembly.Module | undefined };

// Where the two lie.
export type Urls = { first: string; later: string };

export class Program {
  readonly first: WebAssembly.Module;
  #later: WebAssembly.Module | undefined;
  #urls: Urls;

  constructor(urls: Urls, { first, later }: Modules) {
    this.#urls = urls;
    this.first = first;
    this.#later = later;
  }

  static async fetched(urls: Urls): Promise<Program> {
    return new Program(urls, { first: await fetched(urls.first), later: undefined });
  }

  get modules(): Modules {
    return { first: this.first, later: this.#later };
  }

  // Before it is needed. Without a line it is asked for again when it is.
  async complete(): Promise<void> {
    this.#later ??= await fetched(this.#urls.later);
  }

  // At once. Throws Away.
  later(): WebAssembly.Module {
    this.#later ??= new WebAssembly.Module(fetchedAtOnce(this.#urls.later));
    return this.#later;
  }
}

async function fetched(url: string): Promise<WebAssembly.Module> {
  const response = await fetch(url).catch((error: unknown) => {
    throw new Away(String(error));
  });
  if (!response.ok) throw new Away(String(response.status));
  return WebAssembly.compileStreaming(response);
}

function fetchedAtOnce(url: string): ArrayBuffer {
  const request = new XMLHttpRequest();
  request.open('GET', url, false);
  request.responseType = 'arraybuffer';
  try {
    request.send();
  } catch (error) {
    throw new Away(String(error));
  }
  if (request.status !== 200) throw new Away(String(request.status));
  return request.response as ArrayBuffer;
}
