// A line for each thing that clients do, throttled: a device that connects every second must not fill the log.
import type { Clock, Logger } from '../base/index.ts';
import { Throttle } from './listeners/throttle.ts';
import type { ClientEvent } from './ports.ts';

const texts: Readonly<Record<Exclude<ClientEvent['kind'], 'refused' | 'denied'>, string>> = {
  connected: 'client connected',
  disconnected: 'client disconnected',
  subscribed: 'client subscribed',
  unsubscribed: 'client unsubscribed',
};

const denials: Readonly<Record<(ClientEvent & { kind: 'denied' })['what'], string>> = {
  connect: 'client denied',
  will: 'will of a client denied',
  publish: 'message of a client denied',
  subscribe: 'subscription of a client denied',
};

export class EventLog {
  readonly #log: Logger;
  readonly #throttle: Throttle;

  constructor(clock: Clock, log: Logger) {
    this.#log = log;
    this.#throttle = new Throttle(clock);
  }

  /** Refusals are logged where they happen, as warnings. */
  write(event: ClientEvent): void {
    if (event.kind === 'refused') return;
    const { kind, at: _at, ...fields } = event;
    if (event.kind !== 'denied') {
      if (this.#throttle.admits(`${kind}/${event.client}/`)) this.#log.info(fields, texts[event.kind]);
      return;
    }
    const { what, client, address, topic } = event;
    // Whoever is not let in may call itself anything; its address it cannot choose.
    const who = what === 'connect' ? `${address}/${client}` : client;
    if (!this.#throttle.admits(`${what}/${who}/${topic}`)) return;
    this.#log[what === 'connect' ? 'warn' : 'info'](fields, denials[what]);
  }
}
