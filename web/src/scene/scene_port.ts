// The port with the invented network behind it. What the page should begin with stands in the address:
// scene.html?stage=locked, ?as=secretariat, ?wrong=1, ?hostile=1, ?stuck=1, ?paused=1, ?tight=1, ?carrier=command,
// ?offices=1 (offices.ts).
import type { CarrierName, Port, Progress, Stage, UploadTarget } from '../port/port.ts';
import { Purpose, Refusal } from '../wire/calls.ts';
import { codes } from '../wire/codes.ts';
import type { Command } from '../wire/commands.ts';
import type { Event, Outcome } from '../wire/effects.ts';
import type { Answer, Question } from '../wire/views.ts';
import { archive } from './archive.ts';
import { hostile, payloads } from './hostile.ts';
import * as network from './network.ts';
import { officesOf } from './offices.ts';
import { hostilePdf, smallPdf } from './small_pdf.ts';

const asked = new URLSearchParams(location.search);
const secretariat = asked.get('as') === 'secretariat';
// Alba Invierno, focal point of XA, has somebody to confirm.
const viewers: Record<string, number> = { secretariat: 0, alba: 5, irene: 6 };
const viewer = viewers[asked.get('as') ?? ''] ?? network.me;
// Alba has just come back by re-entry, and Irene of her delegation is in.
const paused = asked.has('paused');
const people = network.directory.people.map((person, index) => {
  if (paused && index === 5) return { ...person, no_position_before: Date.now() + 20 * 3_600_000 };
  return (paused || asked.has('offices')) && index === 6 ? { ...person, standing: 1 } : person;
});
const vacant = asked.get('offices') === 'vacant';
const several = () =>
  officesOf({ viewer, every: asked.get('offices') === 'every', vacant, asked: asked.has('offices') });
const wrong = asked.get('wrong') === '1';
const asleep = asked.get('wrong') === 'asleep';
const offline = wrong || asleep || asked.get('wrong') === 'offline';

export class ScenePort implements Port {
  readonly carrier: CarrierName = asked.get('carrier') === 'command' ? 'command' : 'browser';
  #stage: (stage: Stage) => void = () => undefined;
  #event: (event: Event) => void = () => undefined;
  #drafts = new Map<string, string>();
  #notices = { offered: !asked.has('tight'), interval: 0, since: 0, key: new Uint8Array(32) };
  #joined = asked.get('stage') !== 'empty' && asked.get('stage') !== 'asked';

  start(): void {
    const begins = asked.get('stage') === 'asked' ? 'open' : (asked.get('stage') as Stage | null);
    this.#stage(begins ?? 'open');
    const code = asleep ? codes.expired : offline ? codes.unreachable : 0;
    const why = { code, rule: asleep ? 'asleep' : '', expected: 0, got: 0 };
    this.#event({ is: 'SessionChanged', state: offline ? 1 : 4, why });
  }
  onStage(listener: (stage: Stage) => void): void {
    this.#stage = listener;
  }
  onEvent(listener: (event: Event) => void): void {
    this.#event = listener;
  }
  onLine(listener: (kind: 'socket' | 'polling') => void): void {
    listener(asked.get('wrong') === 'slow' ? 'polling' : 'socket');
  }
  async readLink(link: string) {
    if (!link.includes('#')) throw new Refusal('malformed');
    const asked = Number(new URLSearchParams(location.search).get('link'));
    const sheet = asked === Purpose.sheet;
    const named = sheet ? '' : network.self.network;
    const { address, words } = network.self;
    return { network: named, address, words, purpose: asked || Purpose.member };
  }
  async proposePassphrase() {
    return 'nube carta lluvia puente tinta roble';
  }
  async normalPassphrase(typed: string) {
    return typed;
  }
  async create() {
    this.#stage('open');
  }
  async open(passphrase: string) {
    if (passphrase !== 'abre') throw new Refusal('wrong_passphrase');
    this.#stage('open');
  }
  async changePassphrase() {}
  lock(): void {
    this.#stage('locked');
  }
  async empty() {
    this.#stage('empty');
  }
  async run(command: Command, queued?: () => void): Promise<Outcome> {
    queued?.();
    if (command.is === 'Join' && command.code === '00000000') throw new Refusal('wrong_code');
    if (command.is === 'Join') {
      this.#joined = true;
      this.#event({ is: 'RosterChanged', seq: 1 });
    }
    const member = network.self.person.member;
    if (command.is === 'Join') {
      return {
        is: 'Joined',
        network: member,
        fingerprint: member + member,
        member,
        device: member,
        provisional: false,
      };
    }
    if (command.is === 'AddSheet' || command.is === 'MakeReEntryLink') {
      const link = `https://${network.self.address}/#${'AQMB'.repeat(60)}`;
      return { is: 'LinkMade', link, sheet: command.is === 'AddSheet' ? member : undefined };
    }
    if (command.is === 'AddToChannel') {
      return { is: 'ChannelChanged', channel: command.channel, epoch: 4, without_key_package: [member] };
    }
    if (command.is === 'Approve') return { is: 'Proposed', id: command.id, have: 2, need: 3 };
    if (command.is === 'RevokeInvite' || command.is === 'EndRole') return { is: 'RosterPlace', seq: 58 };
    if (command.is === 'ReadQuota') return network.quota(asked.has('tight'));
    if (command.is === 'ShowNotices') return { is: 'NoticesShown', ...this.#notices };
    if (command.is === 'SetNotices') this.#setNotices(command);
    if (command.is === 'ConfirmReEntry') return { is: 'Proposed', id: member, have: 1, need: 2 };
    if (command.is === 'AddDevice' || command.is === 'Invite') {
      const link = `https://${network.self.address}/#${'AQEB'.repeat(60)}`;
      return { is: 'Invited', link, code: '12345678', expires: network.now + 1e8, member };
    }
    return { is: 'Nothing' };
  }
  #setNotices({ address, interval }: { address: string; interval: number }): void {
    if (interval !== 0 && !address.includes('@')) throw new Refusal('malformed');
    this.#notices = { ...this.#notices, interval, since: network.now };
  }
  act(): Promise<Outcome> {
    return this.run({ is: 'Sync' });
  }
  async upload(file: File, _target: UploadTarget, told: (progress: Progress) => void): Promise<Outcome> {
    told({ step: 'sending', done: file.size / 2, total: file.size });
    if (asked.has('tight')) throw new Refusal('quota_exceeded');
    return new Promise(() => undefined);
  }
  async download(_channel: string, version: string, told: (progress: Progress) => void): Promise<Blob> {
    if (offline) throw new Refusal('unreachable');
    told({ step: 'receiving', done: 30_000, total: 60_000 });
    if (asked.has('stuck')) return new Promise(() => undefined);
    if (version === network.pdf) return new Blob([asked.has('hostile') ? hostilePdf() : smallPdf(network.declaration)]);
    return new Blob([asked.has('hostile') ? payloads.join('\n\n') : network.contents(version)]);
  }
  async keepDraft(place: string, text: string) {
    this.#drafts.set(place, text);
  }
  async look<Q extends Question>(question: Q): Promise<Answer<Q>> {
    const answer = this.#answer(question);
    return (asked.has('hostile') ? hostile(answer) : answer) as Answer<Q>;
  }

  #answer(question: Question): unknown {
    const { self, directory, channels, boards, talk } = network;
    switch (question.is) {
      case 'AskSelf':
        if (!this.#joined) return undefined;
        return {
          ...self,
          person: people[viewer],
          session: offline ? 1 : 4,
          clock_wrong: asked.get('wrong') === 'clock',
        };
      case 'AskChannels':
        return channels
          .filter(({ id }) => question.channel === undefined || id === question.channel)
          .map((channel) => ({ ...channel, may_post: channel.may_post || secretariat }));
      case 'AskBoards':
        return boards
          .filter(({ channel }) => question.channel === undefined || channel === question.channel)
          .map((one) => ({
            ...one,
            // Invented countries alone are shown as missing something.
            missing: secretariat && one.acknowledge_by ? ['XA', 'XB'].filter((c) => !one.acknowledged.includes(c)) : [],
            item: { ...one.item, author: { ...one.item.author, own: secretariat && one.item.author.role === 1 } },
            waits_for_me: one.waits_for_me && !secretariat,
          }));
      case 'AskDirectory':
        return { ...directory, people: people.filter((_, index) => !vacant || index !== 5) };
      case 'AskAlarms':
        return wrong ? network.alarms : [];
      case 'AskComparison':
        return 'roca mapa jardín pluma viento orilla';
      case 'AskShortWords': {
        const log = { number: 212, words: 'faro trigo arena lápiz' };
        const inside = question.channel !== undefined;
        return {
          roster: { number: 57, words: 'barco limón nieve plaza' },
          log: inside ? log : undefined,
          keys: inside ? { number: 14, words: 'vela campo reloj hoja' } : undefined,
        };
      }
      case 'AskEvidence':
        return wrong ? network.evidence : undefined;
      case 'AskCalendar':
        return network.events.filter(({ channel }) => question.channel === undefined || channel === question.channel);
      case 'AskLibrary':
        return question.channel === network.library.channel ? network.library : { ...network.empty, ...question };
      case 'AskDrafts':
        return [...this.#drafts].map(([place, text]) => ({ place, text }));
      case 'AskReEntry': {
        const back = network.returning(question.request !== '');
        return asked.get('stage') === 'asked' ? { ...back, own: network.askedFor } : back;
      }
      case 'AskArchive':
        return question.channel === network.library.channel ? archive : { initiatives: [], meetings: [] };
      case 'AskStatements':
        return several().statements;
      case 'AskOffices':
        return several().offices;
      case 'AskSearch':
        return network.findings(question.query);
      case 'AskConversation': {
        const channel = channels.find((one) => one.id === question.channel);
        if (!channel) return undefined;
        const shown = wrong ? { ...channel, admission_to_accept: true, history_complete: false } : channel;
        return {
          channel: shown,
          items: channel.unread ? [...talk, ...(wrong ? [network.refusedWords] : [])] : [],
          earlier: wrong ? 3 : 0,
          read_up_to: 9,
        };
      }
    }
  }
}
