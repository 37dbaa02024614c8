// The port with the invented network behind it. What the page should begin with stands in the address:
// scene.html?stage=locked, ?as=secretariat, ?wrong=1, ?hostile=1.
import type { Port, Progress, Stage, UploadTarget } from '../port/port.ts';
import { Refusal } from '../wire/calls.ts';
import type { Command } from '../wire/commands.ts';
import type { Event, Outcome } from '../wire/effects.ts';
import type { Answer, Question } from '../wire/views.ts';
import { hostile, payloads } from './hostile.ts';
import * as network from './network.ts';

const asked = new URLSearchParams(location.search);
const secretariat = asked.get('as') === 'secretariat';
const wrong = asked.has('wrong');

export class ScenePort implements Port {
  #stage: (stage: Stage) => void = () => undefined;
  #event: (event: Event) => void = () => undefined;
  #joined = asked.get('stage') !== 'empty';

  start(): void {
    this.#stage((asked.get('stage') as Stage | null) ?? 'open');
    const why = { code: wrong ? 700 : 0, rule: '', expected: 0, got: 0 };
    this.#event({ is: 'SessionChanged', state: wrong ? 1 : 4, why });
  }
  onStage(listener: (stage: Stage) => void): void {
    this.#stage = listener;
  }
  onEvent(listener: (event: Event) => void): void {
    this.#event = listener;
  }
  async readLink(link: string) {
    if (!link.includes('#')) throw new Refusal('malformed');
    return { address: network.self.address, words: network.self.words, for_device: false };
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
    if (command.is === 'AddDevice') {
      const link = `https://${network.self.address}/#${'AQEB'.repeat(60)}`;
      return { is: 'Invited', link, code: '12345678', expires: network.now + 1e8, member };
    }
    return { is: 'Nothing' };
  }
  act(): Promise<Outcome> {
    return this.run({ is: 'Sync' });
  }
  async upload(file: File, _target: UploadTarget, told: (progress: Progress) => void): Promise<Outcome> {
    told({ step: 'sending', done: file.size / 2, total: file.size });
    return new Promise(() => undefined);
  }
  async download(_channel: string, version: string): Promise<Blob> {
    return new Blob([asked.has('hostile') ? payloads.join('\n\n') : network.contents(version)]);
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
        return { ...self, person: secretariat ? directory.people[0] : self.person, session: wrong ? 1 : 4 };
      case 'AskChannels':
        return channels.map((channel) => ({ ...channel, may_post: channel.may_post || secretariat }));
      case 'AskBoards':
        return boards.map((one) => ({
          ...one,
          missing: secretariat && one.acknowledge_by ? ['XB'] : [],
          waits_for_me: one.waits_for_me && !secretariat,
        }));
      case 'AskDirectory':
        return directory;
      case 'AskAlarms':
        return wrong ? [network.alarm] : [];
      case 'AskComparison':
        return 'roca mapa jardín pluma viento orilla';
      case 'AskCalendar':
        return network.events;
      case 'AskLibrary':
        return question.channel === network.library.channel ? network.library : { ...network.empty, ...question };
      case 'AskConversation': {
        const channel = channels.find((one) => one.id === question.channel);
        if (!channel) return undefined;
        const shown = wrong ? { ...channel, admission_to_accept: true, history_complete: false } : channel;
        return {
          channel: shown,
          items: channel.unread ? talk : [],
          earlier: wrong ? 3 : 0,
          read_up_to: 9,
          draft: '',
        };
      }
    }
  }
}
