// The cloud by MQTT 3.1.1. Never more than QoS 1, for which the cloud shuts accounts.
import { connect, type IClientOptions, type MqttClient } from 'mqtt';
import { messageOf } from '../../../src/base/index.ts';
import type { Connection, ConnectionOptions } from './connection.ts';

const qos = 1;
const refused = 0x80;

export class MqttConnection implements Connection {
  readonly #client: MqttClient;
  readonly #pingTopic: string;
  #isOver = false;
  #lastError = '';

  constructor({ url, uid, app, pingTopic, onUp, onHeard, onMessage, onDown }: ConnectionOptions) {
    this.#pingTopic = pingTopic;
    const login: IClientOptions =
      app === undefined
        ? { clientId: uid }
        : { clientId: `homerule${pingTopic}`, username: app.id, password: app.secret };
    const client = connect(url, {
      ...login,
      protocolVersion: 4,
      clean: true,
      keepalive: 60,
      connectTimeout: 15_000,
      reconnectPeriod: 0,
      resubscribe: false,
      queueQoSZero: false,
    });
    this.#client = client;
    client.on('error', (error) => {
      this.#lastError = messageOf(error);
    });
    client.on('connect', () => onUp());
    client.on('message', (topic, payload, { retain }) => {
      if (this.#isOver) return;
      onHeard();
      onMessage({ topic, text: payload.toString(), isRetained: retain });
    });
    client.on('close', () => {
      if (this.#isOver) return;
      this.#isOver = true;
      client.end(true);
      onDown(this.#lastError || 'the cloud ended the connection');
    });
  }

  async subscribe(topic: string): Promise<boolean> {
    const { promise, resolve, reject } = Promise.withResolvers<boolean>();
    this.#client.subscribe(topic, { qos }, (error, _granted, packet) => {
      const [code] = packet?.granted ?? [];
      if (typeof code === 'number') resolve(code < refused);
      else reject(error ?? new Error('no answer to a subscription'));
    });
    return promise;
  }

  unsubscribe(topic: string): boolean {
    this.#client.unsubscribe(topic, (error) => this.#note(error));
    return true;
  }

  publish(address: string, text: string): void {
    this.#client.publish(address, text, { qos, retain: false }, (error) => this.#note(error));
  }

  ping(): void {
    this.publish(this.#pingTopic, 'ping');
  }

  async end(how: 'politely' | 'now'): Promise<void> {
    this.#isOver = true;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#client.end(how === 'now', () => resolve());
    await promise;
  }

  #note(error: Error | undefined | null): void {
    if (error) this.#lastError = messageOf(error);
  }
}
