import '../design/tokens.css';
import '../design/base.css';
import { mount } from 'svelte';
import App from '../App.svelte';
import { ScenePort } from './scene_port.ts';
import { language } from '../words/language.svelte.ts';

await language.begin();
const target = document.getElementById('app');
if (target) mount(App, { target, props: { port: new ScenePort() } });
