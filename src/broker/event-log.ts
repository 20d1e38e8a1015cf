// A line for each thing that clients do, throttled: a device that connects every second must not fill the log.
import type { Clock, Logger } from '../base/index.ts';
import { Throttle } from './listeners/throttle.ts';
import type { ClientEvent } from './ports.ts';

const texts: Readonly<Record<Exclude<ClientEvent['kind'], 'refused'>, string>> = {
  connected: 'client connected',
  disconnected: 'client disconnected',
  subscribed: 'client subscribed',
  unsubscribed: 'client unsubscribed',
  denied: 'message of a client denied',
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
    const what = kind === 'denied' ? event.topic : '';
    if (this.#throttle.admits(`${kind}/${event.client}/${what}`)) this.#log.info(fields, texts[kind]);
  }
}
