// A line as in a small capital: every byte takes half of `rttMs` each way, and a direction carries `bitsPerSecond`, all
// connections together. Before a connection carries anything it takes one round, as TCP's own opening does. `slow` may
// be changed at any time; until it is true the line is as fast as the machine.
import { once } from 'node:events';
import { connect, createServer } from 'node:net';

export async function slowLine(serverPort, { rttMs, bitsPerSecond }) {
  const line = { slow: false };
  const sockets = new Set();

  // One direction: when the last byte that was given to it will have left.
  function direction() {
    let free = 0;
    return (bytes) => {
      const now = performance.now();
      free = Math.max(free, now) + (bytes * 8000) / bitsPerSecond;
      return free - now + rttMs / 2;
    };
  }
  const up = direction();
  const down = direction();

  function carry(from, to, takesMs) {
    let last = Promise.resolve();
    from.on('data', (chunk) => {
      const waits = line.slow ? takesMs(chunk.length) : 0;
      const due = performance.now() + waits;
      from.pause();
      setTimeout(() => from.resume(), Math.max(0, waits - rttMs / 2)); // the sender feels what the line carries
      last = last
        .then(() => new Promise((done) => setTimeout(done, Math.max(0, due - performance.now()))))
        .then(() => to.destroyed || to.write(chunk));
    });
    from.on('end', () => (last = last.then(() => to.end())));
    from.on('error', () => to.destroy());
    from.on('close', () => sockets.delete(from));
    sockets.add(from);
  }

  const server = createServer({ pauseOnConnect: true }, (near) => {
    const far = connect(serverPort, '127.0.0.1');
    near.setNoDelay(true);
    far.setNoDelay(true);
    carry(near, far, up);
    carry(far, near, down);
    setTimeout(() => near.resume(), line.slow ? rttMs : 0);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  line.port = server.address().port;
  line.end = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return line;
}
