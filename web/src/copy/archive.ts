// A channel's national initiatives and meetings in a copy, as the command writes them: to read, and for programs.
import { type Archive, type Initiative, InitiativeState, type Library, type Meeting } from '../wire/views.ts';
import { attachmentsJson } from './items.ts';
import { authorName, type Say, shortId, utcTime } from './words.ts';

const stateWords = ['draft', 'confirmed', 'withheld'] as const;
const stateOf = ({ state }: Initiative) => stateWords[state - 1] ?? 'draft';
const filesOf = ({ versions }: Initiative) => versions.at(-1)?.files ?? [];

export function archiveJson(channel: string, { initiatives, meetings }: Archive) {
  return {
    initiatives: initiatives.map((one) => ({
      id: one.id,
      channel,
      country: one.country,
      date: one.date,
      theme: one.theme,
      title: one.title,
      text: one.text,
      attachments: attachmentsJson(filesOf(one)),
      state: stateOf(one),
      confirmed_by: one.confirmed_by.map(authorName),
      confirm_by: one.confirm_by,
      original: one.original ?? '',
      versions: one.versions.length,
      author: one.author.member,
      name: authorName(one.author),
      time: utcTime(one.time),
    })),
    meetings: meetings.map(({ id, author, title, start, end, place, host, agenda, countries, documents, ...rest }) => ({
      ...{ id, channel, title, start, end, place, host, agenda, countries, documents },
      decisions: rest.decisions.map((decision) => ({
        id: decision.id,
        title: decision.title,
        text: decision.text,
        name: authorName(decision.author),
        time: utcTime(decision.time),
      })),
      author: author.member,
      name: authorName(author),
    })),
  };
}

type Naming = { say: Say; country: (code: string) => string; library: Library | undefined };

function initiativeText(one: Initiative, { say, country }: Naming): string {
  const whose = one.country ? country(one.country) : say('copy.initiative.network');
  const parts = [
    `${shortId(one.id)}  ${one.date}  ${whose}  ${one.title}`,
    one.theme,
    say(`copy.initiative.${stateOf(one)}`),
    one.state === InitiativeState.draft && one.confirm_by ? say('copy.initiative.until', { day: one.confirm_by }) : '',
  ];
  const line = parts.filter((part) => part !== '').join(' · ');
  return one.text ? `${line}\n\n${one.text}\n` : `${line}\n`;
}

function meetingText(one: Meeting, { say, country, library }: Naming): string {
  const days = one.end === one.start ? one.start : `${one.start} – ${one.end}`;
  const lines = [`${shortId(one.id)}  ${days}  ${one.title}${one.place ? ` · ${one.place}` : ''}`];
  if (one.host) lines.push(say('copy.meeting.host', { country: country(one.host) }));
  const present = one.countries.map(country).join(', ');
  if (present) lines.push(say('copy.meeting.present', { names: present }));
  if (one.agenda) lines.push('', say('copy.meeting.agenda'), one.agenda);
  for (const id of one.documents) {
    const document = library?.documents.find((known) => known.id === id);
    lines.push(say('copy.meeting.document', { name: document?.name ?? shortId(id) }));
  }
  one.decisions.forEach(({ title, text }, index) => {
    lines.push('', `${say('copy.meeting.decision', { number: index + 1 })} ${title}`);
    if (text) lines.push(text);
  });
  return `---\n\n${lines.join('\n')}\n`;
}

export function archiveText({ initiatives, meetings }: Archive, naming: Naming): string {
  return [
    ...initiatives.map((one) => initiativeText(one, naming)),
    ...meetings.map((one) => meetingText(one, naming)),
  ].join('\n');
}
