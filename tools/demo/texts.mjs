// What the demonstration shows on its boards: facts of the network's history, told by its Secretariat. People's names
// are invented; XA and XB are invented countries.
import { readFileSync } from 'node:fs';

const file = 'examples/latin-american-network/demonstration.json';
export const { people, announcements, committee, talk } = JSON.parse(readFileSync(file, 'utf8'));
