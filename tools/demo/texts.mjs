// What the demonstration shows: facts of the network's history, told by its Secretariat. People's names are invented;
// XA and XB are invented countries.
import { readFileSync } from 'node:fs';

const folder = 'examples/latin-american-network';
const read = (name) => JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8'));
export const { people, announcements, committee, talk, calendar, committee_calendar, guide, communique, agenda } =
  read('demonstration');
export const history = read('history');
export const initiatives = read('initiatives').map(({ title_es: title, ...known }) => ({ ...known, title }));
