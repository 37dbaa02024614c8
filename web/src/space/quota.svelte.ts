// How much room for documents the country and this person have at the server, and how much of it is used.
import type { Port } from '../port/port.ts';
import type { Outcome } from '../wire/effects.ts';

export type Room = Omit<Extract<Outcome, { is: 'QuotaTold' }>, 'is'>;

// From here on it is said that little is left.
const nearlyFull = 0.9;
export const isTight = (room: Room): boolean =>
  room.country_bytes >= nearlyFull * room.country_bytes_max || room.member_bytes >= nearlyFull * room.member_bytes_max;

export class Quota {
  room = $state.raw<Room | undefined>();
  #port: Port;

  constructor(port: Port) {
    this.#port = port;
  }

  // Undefined where the server can't be asked: what was told before stays.
  async ask(): Promise<Room | undefined> {
    const outcome = await this.#port.run({ is: 'ReadQuota' }).catch(() => undefined);
    if (outcome?.is !== 'QuotaTold') return undefined;
    return (this.room = outcome);
  }
}
