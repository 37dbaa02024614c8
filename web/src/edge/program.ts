// The core's program, in two modules: the first holds what a first visit calls, the later one the rest. The first calls
// the later's functions through its table; until the later one is there, placeholders stand in their places
// (tools/wasm/split.mjs). The page fetches the first before anything else, the worker the later one when Home stands; a
// call that needs it before that holds the worker up.

// A part of the program could not be had from the server.
export class Away extends Error {}

// What a worker begins with. The page keeps it, so that after locking nothing has to be fetched.
export type Modules = { first: WebAssembly.Module; later: WebAssembly.Module | undefined };

export class Program {
  readonly first: WebAssembly.Module;
  #later: WebAssembly.Module | undefined;
  #laterUrl: string;

  constructor({ first, later }: Modules, laterUrl: string) {
    this.first = first;
    this.#later = later;
    this.#laterUrl = laterUrl;
  }

  // Before it is needed. Throws Away; without a line it is asked for again when it is needed.
  async complete(): Promise<WebAssembly.Module> {
    this.#later ??= await fetchedModule(this.#laterUrl);
    return this.#later;
  }

  // At once. Throws Away.
  later(): WebAssembly.Module {
    this.#later ??= new WebAssembly.Module(fetchedAtOnce(this.#laterUrl));
    return this.#later;
  }
}

export async function fetchedModule(url: string): Promise<WebAssembly.Module> {
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
