// An invented network for looking at the screens without a server: countries XA and XB and their people exist nowhere.
import type { Alarm } from '../wire/effects.ts';
import {
  type Announcement,
  type Author,
  type Channel,
  type Directory,
  type Item,
  type Person,
  type Self,
} from '../wire/views.ts';

const id = (first: number) => first.toString(16).padStart(2, '0').repeat(16);
const hour = 3_600_000;
export const now = Date.parse('2026-11-23T15:20:00Z');

type Sketch = [name: string, role: number, country: string, institution?: string, principal?: boolean];
const sketches: Sketch[] = [
  ['Elena Prado', 1, '', 'Secretaría Técnica', false],
  ['Lucía Ferro', 2, 'AR', 'Ministerio de Relaciones Exteriores, Comercio Internacional y Culto', true],
  ['Helena Duarte', 2, 'BR', 'Ministério dos Direitos Humanos', true],
  ['Rui Tavares', 2, 'BR', 'Ministério das Relações Exteriores', false],
  ['Rocío Salas', 2, 'PE', 'Ministerio de Justicia y Derechos Humanos', true],
  ['Alba Invierno', 2, 'XA', 'Ministerio de Ejemplo', true],
  ['Irene Otoño', 3, 'XA', 'Defensoría de Ejemplo', false],
  ['Benito Verano', 2, 'XB', 'Defensoría de Ejemplo', true],
  ['Sam Rivers', 4, '', 'Organización de Ejemplo', false],
];
const people: Person[] = sketches.map(([name, role, country, institution = '', principal = false], index) => ({
  member: id(0x20 + index),
  name,
  institution,
  email: '',
  country,
  role,
  principal,
  standing: index === 6 ? 3 : 1,
  devices: [
    {
      id: id(0x40 + index),
      kind: index === 1 ? 2 : 1,
      label: 'Navegador de la oficina',
      standing: 1,
      current: index === 1,
    },
  ],
}));
export const me = 1;

const author = (index: number): Author => {
  const person = people[index] as Person;
  return { member: person.member, name: person.name, country: person.country, role: person.role, own: index === me };
};
let place = 0;
function item(by: number, ago: number, body: string, more: Partial<Item> = {}): Item {
  place++;
  return {
    id: id(0x60 + place),
    seq: place,
    author: author(by),
    time: now - ago,
    stored: now - ago,
    reading: 1,
    problem: 0,
    kind: 1,
    title: '',
    body,
    reply: undefined,
    edited: false,
    withdrawn: false,
    sending: 1,
    reactions: [],
    mentions_me: false,
    files: [],
    ...more,
  };
}
const announcement = (
  general: boolean,
  number: number,
  content: Item,
  more: Partial<Announcement> = {},
): Announcement => ({
  channel: id(general ? 0x10 : 0x11),
  general,
  number,
  item: { ...content, kind: 2 },
  acknowledge_by: undefined,
  acknowledged: [],
  acknowledged_people: [],
  waits_for_me: false,
  done_by_mine: false,
  missing: [],
  ...more,
});

export const boards: Announcement[] = [
  announcement(
    true,
    1,
    item(
      0,
      30 * 24 * hour,
      'Este es el espacio propio de la Red: tablón, canales y directorio.\n\n' +
        '**Es una demostración**: las personas son inventadas.',
      { title: 'Bienvenida al espacio de encuentro' },
    ),
  ),
  announcement(
    false,
    1,
    item(
      0,
      6 * 24 * hour,
      'La Secretaría Técnica remite el orden del día provisional.\n\n' +
        '1. Apertura\n2. Informe de actividades\n3. Educación para la prevención',
      {
        title: 'Orden del día de la Reunión de Puntos Focales',
        files: [
          { name: 'orden-del-dia.pdf', media_type: 'application/pdf', bytes: 84_000, content: new Uint8Array(10) },
        ],
      },
    ),
    { acknowledge_by: now - hour, acknowledged: ['AR', 'XA', 'BR'], done_by_mine: true },
  ),
  announcement(
    true,
    2,
    item(
      0,
      26 * hour,
      'Se convoca a la **Reunión de Puntos Focales**.\n\n' +
        '- Sede: Ciudad de Panamá\n- Idiomas de trabajo: español y portugués\n\n' +
        '> Las delegaciones podrán acreditar hasta tres personas.\n\n' +
        'Sírvanse acusar recibo.',
      { title: 'Convocatoria a la Reunión de Puntos Focales' },
    ),
    {
      acknowledge_by: now + 72 * hour,
      acknowledged: ['XA', 'XB'],
      acknowledged_people: ['Sam Rivers'],
      waits_for_me: true,
    },
  ),
];

const first = item(
  5,
  50 * hour,
  'Buenos días a todas las delegaciones. Comparto las primeras ideas sobre los **materiales para docentes**.',
);
export const talk: Item[] = [
  first,
  item(
    7,
    49 * hour,
    'Gracias. País B propone empezar por una guía breve, de no más de diez páginas, en español y portugués.',
    { reply: first.id, reactions: [{ emoji: '👍', names: ['Alba Invierno', 'Lucía Ferro'], own: true }] },
  ),
  item(2, 27 * hour, 'O Brasil pode oferecer a tradução:\n\n- versão em português\n- revisão pela universidade'),
  item(6, 26 * hour, '', { reading: 3, problem: 509 }),
  item(me, 3 * hour, 'Argentina acompaña la propuesta.', { edited: true }),
  item(me, 3 * hour - 60_000, 'Enviaremos comentarios esta semana.'),
  item(5, hour / 2, 'De acuerdo, Lucía. ¿Podrían revisar el párrafo 4?', { mentions_me: true }),
  item(me, 60_000, 'Sí, mañana.', { seq: 0, sending: 3 }),
];

const channel = (
  n: number,
  title: string,
  kind: number,
  members: number[],
  more: Partial<Channel> = {},
): Channel => ({
  id: id(n),
  title,
  kind,
  history: 1,
  general: false,
  state: 3,
  unread: 0,
  may_post: true,
  admission_to_accept: false,
  history_complete: true,
  members: members.map((index) => (people[index] as Person).member),
  last: undefined,
  ...more,
});
const everyone = people.map((_, index) => index);
export const channels: Channel[] = [
  channel(0x10, '', 1, everyone, {
    general: true,
    may_post: false,
    unread: 1,
    last: (boards[2] as Announcement).item,
  }),
  channel(0x11, '', 1, everyone, { may_post: false, last: (boards[1] as Announcement).item }),
  channel(0x12, 'Educación para la prevención de atrocidades', 3, [1, 2, 4, 5, 6, 7], {
    unread: 1,
    last: talk[6] as Item,
  }),
  channel(0x13, 'Toda la red', 2, everyone, {
    last: item(0, 80 * hour, 'Gracias por las respuestas al cuestionario.'),
  }),
  channel(0x14, 'Delegación argentina', 4, [1], { history: 2, last: item(me, 120 * hour, 'Nota preparada.') }),
  channel(0x15, '', 5, [1, 2], { state: 2 }),
];

export const directory: Directory = {
  countries: [
    {
      code: 'AR',
      name: 'Argentina',
      status: 1,
      joint: false,
      institutions: ['Ministerio de Relaciones Exteriores, Comercio Internacional y Culto'],
    },
    {
      code: 'BR',
      name: 'Brasil',
      status: 1,
      joint: true,
      institutions: ['Ministério dos Direitos Humanos', 'Ministério das Relações Exteriores'],
    },
    {
      code: 'EC',
      name: 'Ecuador',
      status: 1,
      joint: false,
      institutions: ['Ministerio de Relaciones Exteriores y Movilidad Humana'],
    },
    {
      code: 'PE',
      name: 'Perú',
      status: 2,
      joint: false,
      institutions: ['Ministerio de Justicia y Derechos Humanos'],
    },
    {
      code: 'XA',
      name: 'País A (inventado)',
      status: 1,
      joint: false,
      institutions: ['Ministerio de Ejemplo', 'Defensoría de Ejemplo'],
    },
    { code: 'XB', name: 'País B (inventado)', status: 1, joint: false, institutions: ['Defensoría de Ejemplo'] },
  ],
  people,
};

export const self: Self = {
  person: people[me] as Person,
  device: id(0x41),
  network: 'Red de ejemplo (demostración)',
  address: '127.0.0.1:8443',
  words: 'alba barco cinco duna espejo faro',
  session: 4,
};
export const alarm: Alarm = {
  code: 502,
  rule: 'L2',
  channel: id(0x12),
  device: undefined,
  seq: 9,
  time: now,
  evidence: new Uint8Array(),
};
