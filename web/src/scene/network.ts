// An invented network for looking at the screens without a server: countries XA and XB and their people exist nowhere.
import { plain } from '../space/mentions.ts';
import { make } from '../calendar/edit.ts';
import { wallAt } from '../calendar/zones.ts';
import type { Alarm } from '../wire/effects.ts';
import {
  type Announcement,
  type Author,
  type CalendarEvent,
  type Channel,
  type Directory,
  type Findings,
  type Found,
  type Item,
  type Library,
  type Version,
  type Person,
  type ReEntry,
  type Self,
  type StandingAlarm,
} from '../wire/views.ts';

export const id = (first: number) => first.toString(16).padStart(2, '0').repeat(16);
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
  email: country.startsWith('X') ? `${name.split(' ')[0]?.toLowerCase()}@example.org` : '',
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
  no_position_before: undefined,
}));
export const me = 1;

export const author = (index: number): Author => {
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
          {
            name: 'nota-verbal.txt',
            media_type: 'text/plain',
            bytes: 9_200,
            content: new Uint8Array(10),
            version: undefined,
          },
          {
            name: 'orden-del-dia.pdf',
            media_type: 'application/pdf',
            bytes: 84_000,
            content: new Uint8Array(),
            version: id(0xa3),
          },
        ],
      },
    ),
    { acknowledge_by: now - hour, acknowledged: ['AR', 'BR', 'EC', 'PE', 'XA'], done_by_mine: true },
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
      acknowledged: ['BR', 'EC', 'PE'],
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
export const refusedWords = item(me, 30_000, 'Adjuntamos la versión con los comentarios del ministerio.', {
  seq: 0,
  sending: 4,
  problem: 609,
});

const channel = (n: number, title: string, kind: number, members: number[], more: Partial<Channel> = {}): Channel => ({
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
  may_add: kind > 2,
  may_remove: kind > 2,
  countries: [],
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
  clock_wrong: false,
};
const alarm: Alarm = {
  code: 502,
  rule: 'L2',
  channel: id(0x12),
  device: undefined,
  seq: 9,
  time: now,
  evidence: new Uint8Array(),
};

export const evidence = new TextEncoder().encode('ENCEVID2');
export const alarms: StandingAlarm[] = [
  { number: 0, alarm },
  { number: 1, alarm: { ...alarm, code: 508, rule: 'H4', channel: id(0x13), seq: 4, time: now - hour } },
];

// Around today, so that the calendar shows them.
const day = 24 * hour;
const midnight = new Date().setHours(0, 0, 0, 0);
function event(
  n: number,
  title: string,
  start: number,
  hours: number,
  more: { zone?: string; place?: string; link?: string; rule?: string; channel?: number; answers?: [number, number][] },
): CalendarEvent {
  const zone = more.zone ?? 'America/Panama';
  const whole = hours % 24 === 0;
  const at = (ms: number) =>
    whole
      ? { wall: Date.parse(`${new Date(ms).toISOString().slice(0, 10)}T00:00Z`), date: true, zone: '' }
      : { wall: wallAt(zone, ms), date: false, zone };
  const description = 'Orden del día provisional en Documentos.\nIdiomas de trabajo: español y portugués.';
  const { place = '', link = '', rule = '' } = more;
  const words = { title, place, link, description, start: at(start), end: at(start + hours * hour), rule };
  const made = make(words, now);
  const given = more.answers ?? [];
  const countries = new Map(given.map(([by, attendance]) => [author(by).country, attendance]));
  return {
    id: id(n),
    channel: id(more.channel ?? 0x12),
    uid: made.uid,
    cancelled: false,
    conflict: false,
    may_post: true,
    tips: [id(n)],
    versions: [
      {
        id: id(n),
        author: author(0),
        time: now - 50 * hour,
        act: 1,
        title,
        calendar: made.calendar,
        waiting: false,
        displaced: false,
        files: [],
      },
    ],
    answers: given.map(([by, attendance]) => ({ author: author(by), time: now - hour, attendance, to_current: true })),
    countries: [...countries]
      .filter(([country]) => country !== '')
      .map(([country, attendance]) => ({ country, attendance })),
  };
}
const meeting = event(0x90, 'Reunión de Puntos Focales', midnight + 2 * day + 14 * hour, 3, {
  zone: 'America/Bogota',
  place: 'Ciudad de Panamá, sala 2',
  link: 'https://sala.example.org/red',
  answers: [
    [5, 1],
    [7, 1],
    [2, 3],
    [4, 2],
    [8, 1],
    [1, 1],
  ],
});
export const events: CalendarEvent[] = [
  meeting,
  event(0x91, 'Grupo de trabajo: materiales para docentes', midnight - 5 * day + 13 * hour, 1.5, {
    rule: 'FREQ=WEEKLY;COUNT=12',
  }),
  event(0x92, 'Curso anual, segunda semana', midnight + 6 * day, 5 * 24, { place: 'Ciudad de Panamá', channel: 0x13 }),
  { ...event(0x93, 'Consulta con universidades', midnight + 4 * day + 15 * hour, 1, {}), cancelled: true },
  event(0x94, 'Remitir comentarios al proyecto de texto', midnight + 9 * day, 24, { channel: 0x13 }),
];

const documentVersion = (n: number, by: number, ago: number, name: string, more: Partial<Version> = {}): Version => ({
  id: id(n),
  author: author(by),
  time: now - ago,
  parent: undefined,
  name,
  note: '',
  symbol: '',
  language: '',
  courtesy: false,
  bytes: 48_213,
  media_type: '',
  content: id(n) + id(n),
  head: true,
  after_freeze: false,
  frozen: undefined,
  comments: [],
  fetched: [],
  ...more,
});
export const document = id(0xa1);
export const pdf = id(0xa7);
export const library: Library = {
  channel: id(0x12),
  may_post: true,
  folders: [
    { id: id(0xa8), name: 'Proyectos de texto', parent: undefined, removed: false, door: undefined },
    {
      id: id(0xa9),
      name: 'Presentaciones',
      parent: undefined,
      removed: false,
      door: { channel: id(0x13), open: false, countries: ['AR', 'BR'] },
    },
  ],
  documents: [
    {
      id: document,
      name: 'Guía para docentes.md',
      folder: undefined,
      removed: false,
      current: id(0xa3),
      versions: [
        documentVersion(0xa1, 5, 90 * hour, 'Guía.md', {
          head: false,
          symbol: 'CED/4',
          language: 'es',
          frozen: { author: author(0), time: now - 30 * hour },
          fetched: [author(2), author(7)],
          comments: [
            { id: id(0xb1), author: author(2), time: now - 60 * hour, text: 'O parágrafo 3 está muito claro.' },
          ],
        }),
        documentVersion(0xa3, 7, 20 * hour, 'Guía.md', {
          parent: id(0xa1),
          note: 'Con los comentarios de la reunión',
          after_freeze: true,
        }),
      ],
    },
    {
      id: id(0xa5),
      name: 'Presupuesto.xlsx',
      folder: undefined,
      removed: false,
      current: id(0xa5),
      versions: [documentVersion(0xa5, 0, 200 * hour, 'Presupuesto.xlsx', { bytes: 1_240_000 })],
    },
    {
      id: pdf,
      name: 'Declaración conjunta.pdf',
      folder: undefined,
      removed: false,
      current: pdf,
      versions: [documentVersion(0xa7, 2, 50 * hour, 'Declaración conjunta.pdf', { bytes: 2_180 })],
    },
    {
      id: id(0xa6),
      name: 'Notas previas.txt',
      folder: undefined,
      removed: true,
      current: id(0xa6),
      versions: [documentVersion(0xa6, 1, 220 * hour, 'Notas previas.txt', { bytes: 900 })],
    },
  ],
  uploads: [
    { upload: id(0xb0), name: 'Grabación de la reunión.mp4', modified: now, bytes: 84_000_000, bytes_done: 31_000_000 },
  ],
};
export const empty: Omit<Library, 'channel'> = { may_post: false, folders: [], documents: [], uploads: [] };
const guide = ['# Guía para docentes', '', '1. Por qué enseñar la prevención', '2. **Actividades** de aula', ''];
const older = ['Cada docente elige dos actividades.', 'Duración: una hora.'];
const newer = ['Cada docente elige tres actividades breves.', 'Los materiales están en español y portugués.'];
export const declaration = [
  [
    'Declaración conjunta',
    'Los países de la Red reafirman su compromiso con la prevención.',
    'Acuerdan compartir materiales de formación en español y portugués.',
    'Se reunirán otra vez en Panamá.',
  ],
  ['Anexo', 'Calendario de trabajo para el próximo semestre.'],
  ['Firmas'],
];
export const contents = (version: string): string =>
  [...guide, ...(version === document ? older : newer), 'Se evalúa al final del curso.'].join('\n');

export const quota = (tight: boolean) => ({
  is: 'QuotaTold' as const,
  country_bytes: tight ? 19_998_000_000 : 812_000_000,
  country_bytes_max: 20_000_000_000,
  member_bytes: 96_000_000,
  member_bytes_max: 5_000_000_000,
});

// What a search over it would find: enough for looking.
export function findings(query: string): Findings {
  const wanted = plain(query.trim());
  const of = (kind: number, channel: string, one: Item, title = ''): Found => ({
    channel,
    id: one.id,
    kind,
    author: one.author,
    time: one.time,
    title: one.title || title,
    excerpt: one.body.slice(0, 160),
  });
  const texts = [
    ...boards.map((one) => of(2, one.channel, one.item)),
    ...talk.filter(({ reading }) => reading === 1).map((one) => of(1, id(0x12), one)),
  ];
  const hits = texts.filter(({ title, excerpt }) => plain(`${title} ${excerpt}`).includes(wanted));
  return { total: hits.length, searched: texts.length, found: wanted === '' ? [] : hits };
}

// Benito Verano comes back by re-entry; `read`: as his text says, which somebody has put in.
export const askedFor = {
  request: 'AQID'.repeat(90),
  words: 'nieve roble canto isla piedra sol',
  expires: now + 300 * hour,
};
export const returning = (read: boolean): ReEntry => {
  const back = { id: id(0xc1), member: id(0x27), words: askedFor.words, expires: askedFor.expires, signed_here: false };
  return { own: undefined, waiting: [back], read: read ? back : undefined };
};
