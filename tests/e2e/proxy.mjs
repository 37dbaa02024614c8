// A line between clients and a server that can be held and counted. It passes TCP on and reads nothing.
import net from 'node:net';
import { once } from 'node:events';

export class Proxy {
  /** `target`: the port it passes on to, read at each connection. */
  constructor(target) {
    this.target = target;
    this.up = 0; // bytes from clients
    this.down = 0; // bytes to clients
    this.connections = 0;
    this.held = false;
    this.pairs = new Set();
    this.watchers = new Set();
    this.listener = net.createServer({ noDelay: true }, (client) => this.#pass(client));
  }

  async listen() {
    this.listener.listen(0, '127.0.0.1');
    await once(this.listener, 'listening');
    this.port = this.listener.address().port;
    return this;
  }

  #pass(client) {
    const server = net.connect({ port: this.target(), host: '127.0.0.1', noDelay: true });
    const pair = { client, server };
    this.pairs.add(pair);
    this.connections += 1;
    for (const look of [...this.watchers]) look();
    const end = () => {
      client.destroy();
      server.destroy();
      this.pairs.delete(pair);
    };
    for (const socket of [client, server]) {
      socket.on('error', end);
      socket.on('close', end);
      if (this.held) socket.pause();
    }
    const forward = (from, to, way) =>
      from.on('data', (bytes) => {
        this[way] += bytes.length;
        for (const look of [...this.watchers]) look();
        if (!to.write(bytes) && !this.held) {
          from.pause();
          to.once('drain', () => this.held || from.resume());
        }
      });
    forward(client, server, 'up');
    forward(server, client, 'down');
  }

  /** Nothing passes any more, and nobody is told: a half-open line. New connections are taken and held, too. */
  hold() {
    this.held = true;
    for (const { client, server } of this.pairs) {
      client.pause();
      server.pause();
    }
  }

  release() {
    this.held = false;
    for (const { client, server } of this.pairs) {
      client.resume();
      server.resume();
    }
  }

  /** Resolves at the n-th connection since the beginning. */
  connected(n) {
    return new Promise((done) => {
      const look = () => {
        if (this.connections < n) return;
        this.watchers.delete(look);
        done();
      };
      this.watchers.add(look);
      look();
    });
  }

  /** Holds the line as soon as so many bytes have passed that way ('up' or 'down'); then resolves. */
  hold_at(way, bytes) {
    return new Promise((done) => {
      const look = () => {
        if (this[way] < bytes) return;
        this.watchers.delete(look);
        this.hold();
        done();
      };
      this.watchers.add(look);
      look();
    });
  }

  /** Ends all connections at both ends; what was held is gone. */
  cut() {
    for (const { client, server } of this.pairs) {
      client.destroy();
      server.destroy();
    }
    this.pairs.clear();
  }

  end() {
    this.listener.close();
    this.cut();
  }
}
