// A worker that reads strangers' files needs neither the network nor what the browser keeps for this page.
const ways = [
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'WebSocketStream',
  'WebTransport',
  'EventSource',
  'Worker',
  'SharedWorker',
  'importScripts',
  'indexedDB',
  'caches',
  'BroadcastChannel',
  'navigator',
];
const { platform, userAgent } = navigator; // of the rest there is no need
for (let scope: object | null = self; scope; scope = Object.getPrototypeOf(scope)) {
  for (const way of ways) Reflect.deleteProperty(scope, way);
}
Object.assign(self, { navigator: { platform, userAgent } });
