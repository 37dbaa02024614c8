// What the invented network did: a national initiative, one that waits for its country's word, and a meeting.
import { type Archive, InitiativeState } from '../wire/views.ts';
import { author, id, library, now } from './network.ts';

const programme = new TextEncoder().encode('Programa del curso');
const none = { confirm_by: '', confirmed_by: [], original: undefined, time: now };

export const archive: Archive = {
  initiatives: [
    {
      ...none,
      id: id(0xc1),
      author: author(0),
      country: 'XA',
      date: '2026-05',
      theme: 'Educación',
      title: 'Curso para docentes',
      text: 'Primera edición, en línea.',
      state: InitiativeState.confirmed,
      confirmed_by: [author(1)],
      versions: [
        {
          id: id(0xc2),
          files: [
            {
              name: 'programa.txt',
              media_type: 'text/plain',
              bytes: programme.length,
              content: programme,
              version: undefined,
            },
          ],
        },
      ],
    },
    {
      ...none,
      id: id(0xc3),
      author: author(0),
      country: '',
      date: '2026',
      theme: '',
      title: 'Boletín de la red',
      text: '',
      confirm_by: '2026-12-31',
      state: InitiativeState.draft,
      versions: [{ id: id(0xc3), files: [] }],
    },
  ],
  meetings: [
    {
      id: id(0xc5),
      author: author(0),
      title: 'Reunión de puntos focales',
      start: '2026-09-08',
      end: '2026-09-10',
      place: 'Ciudad de ejemplo',
      host: 'XA',
      agenda: '1. Apertura\n2. Programa de trabajo',
      countries: ['XA', 'XB'],
      documents: library.documents.slice(0, 1).map((document) => document.id),
      decisions: [
        { id: id(0xc6), author: author(0), time: now, title: 'Programa de trabajo', text: 'Se aprueba el programa.' },
      ],
    },
  ],
};
