// The page itself, once what it needs is on its way.
import './design/tokens.css';
import './design/base.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { WorkerPort } from './port/worker_port.ts';

// `core`: the program's first module and a worker for it, on their way; nothing where the command carries the core.
type Core = ConstructorParameters<typeof WorkerPort>[0];
export async function begin(core: Core | undefined): Promise<void> {
  const port = core
    ? new WorkerPort(core)
    : await import('./port/socket_port.ts').then(({ SocketPort }) => new SocketPort());
  const target = document.getElementById('app');
  target?.replaceChildren(); // what stood there until now: our mark
  if (target) mount(App, { target, props: { port } });
}
