// What lies in the demonstration's calendar and library: facts of the examples' files as an iCalendar file and as
// Markdown, each saying that it belongs to a demonstration.
const escaped = (text) => text.replace(/[\\;,]/g, '\\$&').replace(/\n/g, '\\n');
const compact = (day) => day.replaceAll('-', '');
const day_after = (day) => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);

/** RFC 5545: the meetings, seminars and launches as whole days, and the ninth of December of every year. */
export function calendarFile({ note, events, every_year: [first, commemorated, message] }) {
  const event = (uid, from, to, title, more) => [
    'BEGIN:VEVENT',
    `UID:${uid}@demostracion.example`,
    'DTSTAMP:20180101T000000Z',
    `DTSTART;VALUE=DATE:${compact(from)}`,
    `DTEND;VALUE=DATE:${compact(day_after(to))}`,
    `SUMMARY:${escaped(title)}`,
    ...more,
    'END:VEVENT',
  ];
  const facts = events.map(([from, to, title, place]) =>
    event(compact(from), from, to, title, [`LOCATION:${escaped(place)}`, `DESCRIPTION:${escaped(note)}`]),
  );
  const yearly = event('9-12', first, first, commemorated, ['RRULE:FREQ=YEARLY', `DESCRIPTION:${escaped(message)}`]);
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Encuentro//demostracion//ES'];
  return [...lines, ...facts.flat(), ...yearly, 'END:VCALENDAR', ''].join('\r\n');
}

const marked = (title, text) =>
  [`# ${title}`, '*Demostración: hechos del informe de la Red (2018), traducidos aquí.*', text].join('\n\n');
const table = (heads, rows) =>
  [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** Files of the archive: name and Markdown. */
export function archiveFiles(history, initiatives, countries) {
  const name = new Map(countries.map((c) => [c.code, c.name_es]));
  return [
    {
      name: 'Reuniones de la Red.md',
      text: marked(
        'Reuniones de puntos focales',
        table(
          ['Reunión', 'Fecha', 'Ciudad'],
          history.meetings.map((m) => [
            m.number === 'launch' ? 'Lanzamiento' : m.number,
            m.date.replace('/', ' a '),
            m.city_es,
          ]),
        ),
      ),
    },
    {
      name: 'Textos adoptados.md',
      text: marked(
        'Textos adoptados',
        history.adopted.map((a) => `- ${a.date} · reunión ${a.meeting} · ${a.what_es} (${a.rule_es})`).join('\n'),
      ),
    },
    {
      name: 'Iniciativas nacionales.md',
      text: marked(
        'Iniciativas nacionales, 2012 a 2017',
        table(
          ['Mes', 'País', 'Iniciativa'],
          initiatives.map((i) => [i.date, name.get(i.country) ?? (i.country === '*' ? 'La Red' : i.country), i.title]),
        ),
      ),
    },
  ];
}
