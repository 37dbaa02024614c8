// A way for frames to the server and back: a WebSocket, or, where something on the way refuses that, long polling on
// the same port (polling.ts).
export type Heard = {
  open(): void;
  frame(bytes: Uint8Array): void;
  closed(opened: boolean): void; // once, also when it never opened
};
export type Line = { send(frame: Uint8Array): void; close(): void };
export type Kind = 'socket' | 'polling';

const subprotocol = 'encuentro.v1';

export function socketLine(address: string, heard: Heard): Line {
  const socket = new WebSocket(`wss://${address}/v1`, subprotocol);
  socket.binaryType = 'arraybuffer';
  let opened = false;
  let over = false;
  socket.onopen = () => {
    opened = true;
    if (!over) heard.open();
  };
  socket.onmessage = ({ data }) => {
    if (!over && data instanceof ArrayBuffer) heard.frame(new Uint8Array(data));
  };
  socket.onclose = () => {
    if (over) return;
    over = true;
    heard.closed(opened);
  };
  return {
    send(frame) {
      if (socket.readyState === WebSocket.OPEN) socket.send(frame as Uint8Array<ArrayBuffer>);
    },
    close() {
      over = true;
      socket.close();
    },
  };
}
