import './design/tokens.css';
import './design/base.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { WorkerPort } from './port/worker_port.ts';
import { language } from './words/language.svelte.ts';

// The listener of `encuentro ui` says in the page that the command carries the core.
const carried = document.querySelector<HTMLMetaElement>('meta[name="encuentro-carrier"]')?.content === 'command';
const [port] = await Promise.all([
  carried ? import('./port/socket_port.ts').then(({ SocketPort }) => new SocketPort()) : new WorkerPort(),
  language.begin(),
]);
const target = document.getElementById('app');
if (target) mount(App, { target, props: { port } });
