// Where devices of the simulated home speak and listen.
import { connect } from 'mqtt';
import { matchesFilter, type Undo } from '../../src/base/index.ts';

export interface Bus {
  /** State is retained, so that a newcomer sees it; events are not. */
  publish(topic: string, payload: string, isRetained: boolean): void;
  subscribe(topic: string, hear: (payload: string) => void): Undo;
}

/** For tests: everything that was said, in order. */
export class MemoryBus implements Bus {
  readonly said: { readonly topic: string; readonly payload: string }[] = [];
  readonly #listeners = new Set<{ readonly topic: string; readonly hear: (payload: string) => void }>();

  publish(topic: string, payload: string): void {
    this.said.push({ topic, payload });
    for (const { topic: filter, hear } of this.#listeners) if (matchesFilter(filter, topic)) hear(payload);
  }

  subscribe(topic: string, hear: (payload: string) => void): Undo {
    const listener = { topic, hear };
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** Over MQTT. When the broker comes back it is told the present state; events of the meantime are lost. */
export class MqttBus implements Bus {
  readonly #client;
  readonly #listeners = new Map<string, (payload: string) => void>();
  /** Of each topic that is retained, the last payload. */
  readonly #states = new Map<string, string>();

  constructor(broker: string, say: (text: string) => void) {
    this.#client = connect(broker, { clientId: 'simulated-home', reconnectPeriod: 1000 });
    this.#client.on('connect', () => {
      say(`connected to ${broker}`);
      for (const [topic, payload] of this.#states) this.#send(topic, payload, true);
    });
    this.#client.on('close', () => {
      if (!this.#client.disconnecting) say(`no connection to ${broker}, trying again`);
    });
    this.#client.on('error', (error) => say(`${broker}: ${error.message}`));
    this.#client.on('message', (topic, payload) => this.#listeners.get(topic)?.(payload.toString()));
  }

  publish(topic: string, payload: string, isRetained: boolean): void {
    if (isRetained) this.#states.set(topic, payload);
    if (this.#client.connected) this.#send(topic, payload, isRetained);
  }

  #send(topic: string, payload: string, retain: boolean): void {
    this.#client.publish(topic, payload, { qos: 1, retain });
  }

  subscribe(topic: string, hear: (payload: string) => void): Undo {
    this.#listeners.set(topic, hear);
    this.#client.subscribe(topic, { qos: 1 });
    return () => {
      this.#listeners.delete(topic);
      this.#client.unsubscribe(topic);
    };
  }

  async stop(): Promise<void> {
    await this.#client.endAsync(true);
  }
}
