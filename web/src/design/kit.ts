import './tokens.css';
import './base.css';
import { mount } from 'svelte';
import Kit from './Kit.svelte';
import { language } from '../words/language.svelte.ts';

await language.begin();
const target = document.getElementById('app');
if (target) mount(Kit, { target });
