import './design/tokens.css';
import './design/base.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { WorkerPort } from './port/worker_port.ts';

const target = document.getElementById('app');
if (target) mount(App, { target, props: { port: new WorkerPort() } });
