// Everything this person can read as files that need no program of ours, laid out as the command lays out its copy
// (client/cli/export.h): README.md, people.json, NN-title/ for each channel, manifest.json. One channel and one
// document in memory at a time. What only the command has, the signed logs under proof/, isn't here.
import type { Port } from '../port/port.ts';
import { Refusal } from '../wire/calls.ts';
import { toHex } from '../wire/codec.ts';
import { type Attached, type Channel, type Document, type Library } from '../wire/views.ts';
import { type Person, Standing, type Version } from '../wire/views.ts';
import { archiveJson, archiveText } from './archive.ts';
import { calendarJson, calendarText } from './calendar.ts';
import { documentsJson, versionPath } from './documents.ts';
import { attachments, conversationText, itemsJson, unopenedJson, waitingJson } from './items.ts';
import { fileName, jsonText, roleWord, type Say, utcTime } from './words.ts';

export type CopyFile = { name: string; input: Uint8Array<ArrayBuffer> | Blob; lastModified: Date };
// `done` and `total` in bytes of documents.
export type CopyProgress = { channel: string; at: number; channels: number; done: number; total: number };
export type CopyReport = { channels: number; items: number; versions: number; missing: string[] };
export type CopyOf = {
  port: Pick<Port, 'look' | 'download'>;
  say: Say;
  language: string;
  titleOf: (channel: string) => string;
  now: number;
};

const all = 2 ** 32 - 1;
// What concerns one version alone is noted, and the copy goes on.
const concernsOne = ['not_found', 'bad_tag', 'malformed', 'unreachable'];

export class Copy {
  readonly report: CopyReport = { channels: 0, items: 0, versions: 0, missing: [] };
  #of: CopyOf;
  #told: (progress: CopyProgress) => void;
  #signal: AbortSignal;
  #progress: CopyProgress = { channel: '', at: 0, channels: 0, done: 0, total: 0 };
  #written: { path: string; bytes: number; sha256: string }[] = [];
  #countries = new Map<string, string>(); // their names by code
  #reachable = true;

  constructor(of: CopyOf, told: (progress: CopyProgress) => void, signal: AbortSignal) {
    this.#of = of;
    this.#told = told;
    this.#signal = signal;
  }

  async *files(): AsyncGenerator<CopyFile> {
    const { port, say } = this.#of;
    const channels = await port.look({ is: 'AskChannels', channel: undefined });
    this.#progress.channels = channels.length;
    for (const { id } of channels) this.#progress.total += bytesOf(await port.look({ is: 'AskLibrary', channel: id }));
    yield await this.#text('README.md', say('copy.readme'));
    const { people, countries } = await port.look({ is: 'AskDirectory' });
    yield* this.#json('people.json', people.map(personJson));
    yield* this.#json('countries.json', countries);
    this.#countries = new Map(countries.map(({ code, name }) => [code, name]));
    const folders: object[] = [];
    for (const [index, channel] of channels.entries()) {
      const title = this.#of.titleOf(channel.id);
      this.#tell({ channel: title, at: index + 1 });
      const folder = `${String(index + 1).padStart(2, '0')}-${fileName(title)}`;
      folders.push({ channel: channel.id, folder, history_complete: channel.history_complete });
      yield* this.#channel(channel, title, folder);
      this.report.channels++;
    }
    yield* this.#manifest(folders);
  }

  async *#channel({ id }: Channel, title: string, folder: string): AsyncGenerator<CopyFile> {
    const { port, say } = this.#of;
    const conversation = await port.look({ is: 'AskConversation', channel: id, count: all });
    const boards = await port.look({ is: 'AskBoards', channel: id });
    const items = conversation?.items ?? [];
    const told = itemsJson(id, items, boards);
    this.report.items += told.length;
    yield await this.#text(`${folder}/conversation.md`, conversationText(title, items, boards, say));
    yield await this.#text(`${folder}/items.json`, jsonText({ id, title, items: told }));
    yield* this.#json(`${folder}/unopened.json`, unopenedJson(items));
    yield* this.#json(`${folder}/waiting.json`, waitingJson(items));
    for (const item of items) yield* this.#attachments(folder, item.id, item.files);
    const events = await port.look({ is: 'AskCalendar', channel: id });
    if (events.length > 0) yield await this.#text(`${folder}/calendar.ics`, calendarText(events, title));
    yield* this.#json(`${folder}/calendar.json`, calendarJson(events));
    for (const { id: version, files } of events.flatMap(({ versions }) => versions)) {
      yield* this.#attachments(folder, version, files);
    }
    const library = await port.look({ is: 'AskLibrary', channel: id });
    if (library) yield* this.#documents(library, folder);
    yield* this.#archive(id, folder, library);
  }

  async *#archive(channel: string, folder: string, library: Library | undefined): AsyncGenerator<CopyFile> {
    const archive = await this.#of.port.look({ is: 'AskArchive', channel });
    if (archive.initiatives.length + archive.meetings.length === 0) return;
    for (const { id, files } of archive.initiatives.flatMap(({ versions }) => versions)) {
      yield* this.#attachments(folder, id, files);
    }
    const country = (code: string) => this.#countries.get(code) ?? code;
    yield await this.#text(`${folder}/archive.md`, archiveText(archive, { say: this.#of.say, country, library }));
    yield await this.#text(`${folder}/archive.json`, jsonText(archiveJson(channel, archive)));
  }

  async *#attachments(folder: string, id: string, files: Attached[]): AsyncGenerator<CopyFile> {
    for (const { path, bytes } of attachments(id, files)) {
      yield await this.#file(`${folder}/${path}`, bytes as Uint8Array<ArrayBuffer>);
    }
  }

  async *#documents(library: Library, folder: string): AsyncGenerator<CopyFile> {
    const absent = new Map<string, string>();
    for (const document of library.documents) {
      for (const [index, version] of document.versions.entries()) {
        const before = this.#progress.done;
        const blob = await this.#fetched(library.channel, version, absent);
        this.#tell({ done: before + version.bytes });
        if (!blob) {
          this.report.missing.push(nameOf(document, index));
          continue;
        }
        this.report.versions++;
        const path = `${folder}/${versionPath(library, document, version, index + 1)}`;
        this.#written.push({ path, bytes: version.bytes, sha256: version.content });
        yield { name: path, input: blob, lastModified: new Date(version.time) };
      }
    }
    yield* this.#json(`${folder}/documents.json`, documentsJson(library, absent));
  }

  async #fetched(channel: string, version: Version, absent: Map<string, string>): Promise<Blob | undefined> {
    const before = this.#progress.done;
    try {
      if (!this.#reachable) throw new Refusal('unreachable');
      const told = ({ done }: { done: number }) => this.#tell({ done: before + done });
      return await this.#of.port.download(channel, version.id, told, this.#signal);
    } catch (why) {
      this.#signal.throwIfAborted();
      if (!(why instanceof Refusal) || !concernsOne.includes(why.word)) throw why;
      if (why.word === 'unreachable') this.#reachable = false;
      absent.set(version.id, why.word);
      return undefined;
    }
  }

  async *#manifest(channels: object[]): AsyncGenerator<CopyFile> {
    const { port, now: made, language } = this.#of;
    const self = await port.look({ is: 'AskSelf' });
    const by = { network: self?.network, network_words: self?.words, member: self?.person.member };
    const whole = { made: utcTime(made), ...by, language, channels, files: this.#written }; // all but itself
    yield await this.#text('manifest.json', jsonText(whole));
  }

  // A list as a file; none where it is empty.
  async *#json(name: string, list: unknown[]): AsyncGenerator<CopyFile> {
    if (list.length > 0) yield await this.#text(name, jsonText(list));
  }
  #text(name: string, text: string): Promise<CopyFile> {
    return this.#file(name, new TextEncoder().encode(text));
  }
  async #file(name: string, input: Uint8Array<ArrayBuffer>): Promise<CopyFile> {
    this.#signal.throwIfAborted();
    const sha256 = toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', input)));
    this.#written.push({ path: name, bytes: input.length, sha256 });
    return { name, input, lastModified: new Date(this.#of.now) };
  }

  #tell(changed: Partial<CopyProgress>): void {
    this.#signal.throwIfAborted();
    Object.assign(this.#progress, changed);
    this.#told({ ...this.#progress });
  }
}

function bytesOf(library: Library | undefined): number {
  const versions = library?.documents.flatMap((document) => document.versions) ?? [];
  return versions.reduce((sum, { bytes }) => sum + bytes, 0);
}
const nameOf = ({ name, versions }: Document, index: number): string =>
  versions.length > 1 ? `${name} (${index + 1})` : name;
function personJson({ member, name, institution, country, role, principal, standing }: Person) {
  const word = Object.entries(Standing).find(([, number]) => number === standing)?.[0];
  return { member, name, institution, country, role: roleWord(role), principal, standing: word };
}
