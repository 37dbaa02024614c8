// Asks for everything the first screen needs, at once and in this order: on a slow line a question costs more than most
// answers.
import first from '../../build-wasm/bin/core_first.wasm?url';
import { fetchedModule } from './edge/program.ts';
import { worker } from './port/workers.ts';
import { learn } from './words/catalogue.ts';
import { chosen } from './words/chosen.ts';

// The listener of `encuentro ui` says in the page that the command carries the core.
const carried = document.querySelector<HTMLMetaElement>('meta[name="encuentro-carrier"]')?.content === 'command';
const page = Promise.all([import('./begin.ts'), learn(chosen())]);
const core = carried ? undefined : { worker: worker('core'), first: fetchedModule(first) };
core?.first.catch(() => undefined); // the port tells it
// A file that didn't come: nothing can be said yet, in no language, and nothing was typed.
const againMs = 5000;
const again = () => void setTimeout(() => location.reload(), againMs);
// Not awaited here: the page's file imports from this one, which would wait for it in turn.
void page.then(([{ begin }]) => begin(core), again);
