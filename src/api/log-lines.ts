// The `log` channel: lines about clients and topics and of rules, made only when somebody looks.
import type { Clock } from '../base/index.ts';
import type { ContractNews } from '../devices/index.ts';
import type { LogLine } from './contract.ts';
import type { ClientHappening } from './ports.ts';
import { newsText } from './topic-contract-views.ts';
import type { Watchers } from './watchers.ts';

function textOf(event: ClientHappening): string {
  switch (event.kind) {
    case 'connected':
      return `connected from ${event.address || 'a unix socket'} over ${event.listener}, MQTT ${event.protocol}`;
    case 'disconnected':
      return `disconnected: ${event.reason}`;
    case 'subscribed':
    case 'unsubscribed':
      return `${event.kind} ${event.filters.join(' ')}`;
    case 'denied':
      return `${event.what} denied${event.topic === '' ? '' : ` on ${event.topic}`}: ${event.reason}`;
    case 'refused':
      return `connection from ${event.address} refused: ${event.reason}`;
  }
}

export class LogLines {
  readonly #watchers: Watchers;
  readonly #clock: Clock;
  #count = 0;

  constructor(watchers: Watchers, clock: Clock) {
    this.#watchers = watchers;
    this.#clock = clock;
  }

  client(event: ClientHappening): void {
    const by = event.kind === 'refused' ? '' : event.client;
    this.#tell({ source: 'client', by, kind: event.kind }, () => textOf(event));
  }

  rule(rule: string, text: string): void {
    this.#tell({ source: 'rule', by: rule, kind: 'log' }, () => text);
  }

  topic(topic: string, news: ContractNews): void {
    this.#tell({ source: 'topic', by: topic, kind: news.news }, () => newsText(news));
  }

  #tell(head: Pick<LogLine, 'source' | 'by' | 'kind'>, text: () => string): void {
    this.#watchers.tell('log', head.by, () => ({
      id: `${++this.#count}`,
      at: this.#clock.now(),
      ...head,
      text: text(),
    }));
  }
}
