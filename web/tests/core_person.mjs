// Somebody whose client is the core in WebAssembly under node, by the page's own edge: for measuring, where a page's
// clicks would take too long. Keeps everything in memory.
import { readFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { Edge } from '../src/edge/edge.ts';
import { Core } from '../src/edge/module.ts';
import { Fleeting } from '../src/edge/store.ts';
import { Tickets } from '../src/port/tickets.ts';

// As a browser's: who names an origin logs in without TLS's exporter, which no page can learn.
globalThis.WebSocket = class extends WebSocket {
  constructor(url, protocol) {
    super(url, { protocols: [protocol], headers: { origin: `https://${new URL(url).host}` } });
  }
};

// And at once, as a browser sends: node's WebSocket writes a frame in two pieces, and the second would wait 40 ms for
// the first to be acknowledged.
const { connect } = Socket.prototype;
Socket.prototype.connect = function (...where) {
  this.setNoDelay(true);
  return connect.apply(this, where);
};

const module = (name) =>
  new WebAssembly.Module(readFileSync(new URL(`../../build-wasm/bin/${name}.wasm`, import.meta.url)));

// `link` and `code` as an invitation gave them. Resolves once that person has come in.
export async function corePerson({ link, code }) {
  const program = { first: module('core_first'), later: () => module('core_later') };
  const tickets = new Tickets();
  const gaveUp = (why) => {
    throw why;
  };
  const edge = new Edge(await Core.start(program), new Fleeting(), (event) => tickets.hear(event), gaveUp);
  const run = (command) => tickets.run((ticket) => edge.input({ is: 'Run', ticket, command }));
  await edge.input({ is: 'CreateProfile', passphrase: 'seis palabras que nadie adivina por sí solo' });
  await edge.input({ is: 'Start' });
  const joined = await run({ is: 'Join', link, code: code.replace(/\D/g, ''), device_label: 'banco' });
  return { run, member: joined.member, end: () => edge.end() };
}
