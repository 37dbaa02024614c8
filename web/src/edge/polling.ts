// The same frames by HTTPS requests (docs/PROTOCOL.md P): one POST opens a session, one POST carries a frame, a GET
// waits for what comes. Whatever fails ends it; the core begins anew and catches up from its cursors.
import { Malformed, Reader } from '../wire/codec.ts';
import type { Heard, Line } from './line.ts';

const frameBytesMax = 128 * 1024;
const headBytes = 4;

// Each message behind its length.
export function messages(answer: Uint8Array): Uint8Array[] {
  const reader = new Reader(answer);
  const list: Uint8Array[] = [];
  while (!reader.atEnd) {
    const size = reader.number(headBytes);
    if (size > frameBytesMax) throw new Malformed('longer than a frame');
    list.push(reader.raw(size).slice());
  }
  return list;
}

export function pollingLine(address: string, heard: Heard): Line {
  const stop = new AbortController();
  const waiting: Uint8Array[] = [];
  let token = '';
  let opened = false;
  let over = false;
  let sending = false;

  async function request(method: 'POST' | 'GET' | 'DELETE', body?: Uint8Array): Promise<Uint8Array> {
    const response = await fetch(`https://${address}/v1/poll`, {
      method,
      headers: token ? { Authorization: `Bearer ${token}` } : {},
      credentials: 'omit',
      cache: 'no-store',
      // The last word goes out while everything else is given up.
      ...(method === 'DELETE' ? { keepalive: true } : { signal: stop.signal }),
      ...(body ? { body: body as Uint8Array<ArrayBuffer> } : {}),
    });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  }

  function end(): void {
    if (over) return;
    over = true;
    stop.abort();
    heard.closed(opened);
  }

  async function listen(): Promise<void> {
    while (!over) for (const frame of messages(await request('GET'))) if (!over) heard.frame(frame);
  }
  // One after the other, in their order.
  async function carry(): Promise<void> {
    if (sending) return;
    sending = true;
    try {
      for (let frame = waiting.shift(); frame && !over; frame = waiting.shift()) await request('POST', frame);
    } finally {
      sending = false;
    }
  }

  request('POST')
    .then((answer) => {
      token = new TextDecoder().decode(answer);
      if (over) return undefined;
      opened = true;
      heard.open();
      return listen();
    })
    .catch(end);

  return {
    send(frame) {
      waiting.push(frame);
      carry().catch(end);
    },
    close() {
      if (over) return;
      over = true;
      stop.abort();
      if (token) request('DELETE').catch(() => undefined);
    },
  };
}
