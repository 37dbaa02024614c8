import './design/tokens.css';
import './design/base.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { WorkerPort } from './port/worker_port.ts';
import { language } from './words/language.svelte.ts';

await language.begin();
const target = document.getElementById('app');
if (target) mount(App, { target, props: { port: new WorkerPort() } });
