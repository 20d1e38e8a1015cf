// A running emulator for a test, on free ports and a clock that stands still, with clients that speak to it.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import {
  BemfaEmulator,
  type Conduct,
  type DoorName,
  type EmulatorOptions,
  newCredentials,
  type PublishNotice,
  type SessionNotice,
} from '../../../plugins/bemfa/index.ts';
import { silentLogger, VirtualClock } from '../../../src/base/index.ts';
import { RawClient } from '../../support/raw-client.ts';

/** 2026-01-02 03:04:05 in Beijing. */
export const startedAt = 1_767_294_245_000;
export const key = '0123456789abcdef0123456789abcdef';

export interface Emulated {
  readonly emulator: BemfaEmulator;
  readonly clock: VirtualClock;
  readonly ports: Readonly<Partial<Record<DoorName, number>>>;
  readonly published: PublishNotice[];
  readonly sessions: SessionNotice[];
  mqtt(clientId?: string): Promise<RawClient>;
  tcp(): Promise<TcpClient>;
  get(path: string): Promise<unknown>;
  post(path: string, body: object, headers?: Record<string, string>): Promise<unknown>;
}

/** Lines of text to and from the TCP door. */
export class TcpClient {
  readonly socket: Socket;
  readonly closed: Promise<void>;
  #text = '';

  constructor(port: number) {
    this.socket = connect({ host: '127.0.0.1', port, noDelay: true });
    this.socket.on('error', () => this.socket.destroy());
    this.closed = new Promise((resolve) => {
      this.socket.on('close', () => resolve());
    });
    this.socket.setEncoding('utf8').on('data', (text: string) => {
      this.#text += text;
    });
  }

  send(text: string): void {
    this.socket.write(text);
  }

  /** Everything that came, once it is this long. */
  async read(length: number): Promise<string> {
    while (this.#text.length < length) await once(this.socket, 'data');
    const text = this.#text;
    this.#text = '';
    return text;
  }

  /** What came before the answer to a ping. */
  async settled(): Promise<string> {
    const end = 'cmd=0&res=1\r\n';
    this.send('ping\r\n');
    while (!this.#text.endsWith(end)) await once(this.socket, 'data');
    const text = this.#text.slice(0, -end.length);
    this.#text = '';
    return text;
  }
}

type Extra = Partial<Omit<EmulatorOptions, 'conduct' | 'clock'>> & {
  conduct?: Partial<Conduct>;
  clock?: VirtualClock;
};

/** With the topics `led002`, called 客厅灯, and `sw006`. */
export async function emulate(extra: Extra = {}): Promise<Emulated> {
  const clock = extra.clock ?? new VirtualClock(startedAt);
  const published: PublishNotice[] = [];
  const sessions: SessionNotice[] = [];
  const emulator = new BemfaEmulator({
    host: '127.0.0.1',
    ports: { mqtt: 0, tcp: 0, http: 0 },
    accounts: [{ ...newCredentials(key), appId: 'beid_app', appSecret: 'app-secret' }],
    topics: [
      { name: 'led002', nickname: '客厅灯' },
      { name: 'sw006', nickname: '' },
    ],
    clock,
    log: silentLogger,
    onPublish: (notice) => published.push(notice),
    onSession: (notice) => sessions.push(notice),
    ...extra,
  });
  const ports = await emulator.start();
  onTestFinished(() => emulator.stop());
  const url = `http://127.0.0.1:${ports.http}`;
  return {
    ...{ emulator, clock, ports, published, sessions },
    mqtt: async (clientId = key) => RawClient.open(ports.mqtt ?? 0, { id: clientId }),
    tcp: async () => {
      const client = new TcpClient(ports.tcp ?? 0);
      await once(client.socket, 'connect');
      return client;
    },
    get: async (path) => (await fetch(url + path)).json(),
    post: async (path, body, headers = { 'content-type': 'application/json' }) =>
      (await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })).json(),
  };
}
