// What several sign, open invitations and an office that passes on, in the invented network. In the address:
// ?offices=1, ?offices=every (each kind of statement), ?offices=vacant (nobody speaks for XA).
import type { Author, Offices, Stated, Statement, Statements } from '../wire/views.ts';
import { author, boards, channels, id } from './network.ts';

const day = 86_400_000;

type Viewer = { viewer: number; every: boolean; vacant: boolean; asked: boolean };

export function officesOf({ viewer, every, vacant, asked }: Viewer) {
  const person = (index: number): Author => ({ ...author(index), own: index === viewer });
  const outside = (name: string, role: number, country = ''): Author => ({
    member: id(0xd0),
    name,
    country,
    role,
    own: false,
  });
  const none = { have: 0, need: 0 };
  let next = 0xe0;
  const statement = (stated: Stated, more: Partial<Statement> = {}): Statement => ({
    id: id(next++),
    stated,
    roots: { have: 1, need: 2 },
    countries: none,
    people: none,
    signers: [],
    signed_here: false,
    may_sign: false,
    expires: Date.now() + 21 * day,
    ...more,
  });
  const speaks = person(viewer).role === 2;
  const usual = () => [
    statement({
      is: 'StatedCountry',
      code: 'XB',
      name: 'País B',
      status: 2,
      decision: 'Acta de la reunión de Puntos Focales, punto 4',
      change: 2,
    }),
    statement(
      {
        is: 'StatedRoots',
        threshold: 2,
        keys: ['nieve roble canto isla piedra sol', 'faro trigo arena lápiz monte río'],
      },
      {
        roots: none,
        countries: { have: 1, need: 3 },
        signers: [person(7)],
        may_sign: speaks && viewer !== 7,
        expires: Date.now() + 9 * day,
      },
    ),
    statement(
      { is: 'StatedReEntry', member: person(7) },
      { roots: none, people: { have: 1, need: 2 }, signers: [person(2)] },
    ),
  ];
  const others = () => [
    statement({ is: 'StatedCountry', code: 'XC', name: 'País C', status: 1, decision: 'Acta 5', change: 1 }),
    statement({ is: 'StatedCountry', code: 'XB', name: 'País B', status: 1, decision: '', change: 3 }),
    statement({
      is: 'StatedRelief',
      member: person(5),
      successor: person(6),
      start: Date.now() + day,
      end: Date.now() + 31 * day,
    }),
    statement({ is: 'StatedEnd', member: person(7), end: Date.now() + 60 * day }, { signed_here: true }),
    statement({ is: 'StatedInvitation', invited: outside('Nora Cordillera', 1), institution: 'Institución nueva' }),
    ...[1, 2, 3].map((target) =>
      statement({ is: 'StatedRemoval', target, member: person(7), device: target === 1 ? 'Equipo viejo' : '' }),
    ),
    statement({ is: 'StatedServer', addresses: ['espacio.ejemplo.org:443'] }),
    statement({ is: 'StatedRelease', version: '1.2' }),
  ];

  const statements: Statements = {
    threshold: 2,
    keys: 3,
    holds_key: false,
    waiting: asked ? [...usual(), ...(every ? others() : [])] : [],
  };
  const invitation = {
    institution: '',
    principal: true,
    device: false,
    maker: person(0),
    with_code: true,
    designation: '',
    expires: Date.now() + 6 * day,
    seat_from: undefined,
    may_object: false,
  };
  const own = {
    ...invitation,
    id: id(0xf0),
    invited: person(viewer),
    device: true,
    maker: person(viewer),
    with_code: false,
    expires: Date.now() + 2 * day,
  };
  const intoSeat = {
    ...invitation,
    id: id(0xf1),
    invited: outside('Clara Primavera', 2, 'XB'),
    institution: 'Defensoría de Ejemplo',
    designation: 'Nota 114/2026 del 3 de marzo',
  };
  const intoVacant = {
    ...invitation,
    id: id(0xf2),
    invited: outside('Tomás Deshielo', 2, 'XA'),
    institution: 'Ministerio de Ejemplo',
    seat_from: Date.now() + 2.5 * day,
    may_object: true,
  };
  const relief = {
    member: person(5),
    successor: person(6),
    start: Date.now() - 2 * day,
    end: Date.now() + 28 * day,
    channels: channels
      .filter(({ kind }) => kind <= 3)
      .slice(0, 3)
      .map(({ id: channel }, index) => ({ channel, successor_in: index !== 1 })),
    acknowledgements: boards
      .filter(({ acknowledge_by }) => acknowledge_by)
      .slice(-1)
      .map(({ channel, item }) => ({ channel, id: item.id, title: item.title })),
  };
  const nothing: Offices = { invitations: [], reliefs: [], last_days: [] };
  const offices: Offices = {
    invitations: vacant ? [intoVacant] : [own, intoSeat],
    reliefs: vacant ? [] : [relief],
    last_days: vacant ? [] : [{ member: person(5).member, end: relief.end }],
  };
  return { statements, offices: asked ? offices : nothing };
}
