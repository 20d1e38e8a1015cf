// A house that says what a test wants: the live channel and the few requests that nodes make. It records what it is asked.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import type { DeviceView, LiveRequest } from '../../../src/api/contract.ts';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

type Answer = { readonly status?: number; readonly body?: unknown };

export class FakeEngine {
  readonly asked: Asked[] = [];
  readonly devices = new Map<string, DeviceView>();
  /** Answers of paths such as `POST /rules/a/run`. */
  readonly answers = new Map<string, (asked: Asked) => Answer | Promise<Answer>>();
  readonly #signal = new EventTarget();
  readonly #sockets = new Map<WebSocket, Map<string, LiveRequest & { readonly op: 'sub' }>>();
  #server: Server | undefined;
  port = 0;
  connections = 0;

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const server = createServer((request, response) => void this.#serve(request, response));
    const live = new WebSocketServer({ server, path: '/api/v1/live' });
    live.on('connection', (socket) => this.#adopt(socket));
    server.listen(this.port, '127.0.0.1');
    await once(server, 'listening');
    this.port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  /** As kill -9 does: no closing handshake. */
  async kill(): Promise<void> {
    for (const socket of this.#sockets.keys()) socket.terminate();
    this.#sockets.clear();
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  }

  set(device: DeviceView): void {
    this.devices.set(device.id, device);
    const said = device.properties.map(({ id }) => id);
    const news = { change: 'changed', device, said };
    this.tell('devices', device.id, news);
    const names = [
      device.room === undefined ? [] : [`room:${device.room}`],
      device.labels.map((one) => `label:${one}`),
    ];
    for (const name of names.flat()) this.tell('devices', name, news);
  }

  /** As a house does that had to drop some before this one. */
  tell(channel: string, filter: string, item: unknown, lagged?: number): void {
    for (const [socket, subscriptions] of this.#sockets)
      for (const [id, request] of subscriptions)
        if (request.channel === channel && (request.filter === undefined || request.filter === filter))
          socket.send(JSON.stringify({ op: 'items', id, items: [item], lagged }));
  }

  subscriptions(): readonly string[] {
    const all = [...this.#sockets.values()].flatMap((one) => [...one.values()]);
    return all.map(({ channel, filter }) => `${channel} ${filter ?? '*'}`);
  }

  /** Resolves when `isTrue` holds, looked at after each thing that happens here. */
  async until(isTrue: () => boolean): Promise<void> {
    while (!isTrue()) await once(this.#signal, 'happened');
  }

  asks(method: string): readonly Asked[] {
    return this.asked.filter((one) => one.method === method);
  }

  #happened(): void {
    this.#signal.dispatchEvent(new Event('happened'));
  }

  #adopt(socket: WebSocket): void {
    const subscriptions = new Map<string, LiveRequest & { readonly op: 'sub' }>();
    this.#sockets.set(socket, subscriptions);
    this.connections++;
    socket.on('close', () => this.#sockets.delete(socket));
    socket.send(JSON.stringify({ op: 'hello', version: '0' }));
    socket.on('message', (data) => {
      const request = JSON.parse(String(data)) as LiveRequest;
      if (request.op === 'unsub') subscriptions.delete(request.id);
      else {
        subscriptions.set(request.id, request);
        socket.send(JSON.stringify({ op: 'subscribed', id: request.id }));
      }
      this.#happened();
    });
    this.#happened();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const url = new URL(request.url ?? '', this.url);
    const path = decodeURIComponent(url.pathname.replace('/api/v1', ''));
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    const asked = { method: request.method ?? '', path, headers: request.headers, body };
    this.asked.push(asked);
    const answer = this.answers.get(`${asked.method} ${path}`);
    const { status = 200, body: said } = answer ? await answer(asked) : this.#usual(asked, url.searchParams);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(status === 204 ? undefined : JSON.stringify(said ?? {}));
    this.#happened();
  }

  #usual({ method, path }: Asked, query: URLSearchParams): Answer {
    if (method === 'POST')
      return { status: path === '/publish' ? 204 : 200, body: { device: path.split('/')[2] } };
    if (path === '/devices') {
      const wanted = [...this.devices.values()].filter(
        ({ room, labels }) =>
          (query.get('room') ?? room) === room &&
          (query.get('label') === null || labels.includes(query.get('label') ?? '')),
      );
      return { body: { items: wanted } };
    }
    const device = this.devices.get(path.replace('/devices/', ''));
    if (device !== undefined) return { body: device };
    return { status: 404, body: { code: 'missing', detail: `there is nothing at ${path}` } };
  }
}

/** A device with one property, as of then. */
export function lamp(
  value: unknown,
  more: Partial<DeviceView> & { at?: number; changedAt?: number; property?: string } = {},
): DeviceView {
  const { at = 1000, changedAt = at, property = 'on', ...rest } = more;
  const kind = typeof value === 'number' ? 'number' : 'boolean';
  const known = value === undefined ? {} : { value, at, changedAt };
  return {
    id: 'lamp',
    version: 1,
    name: 'Lamp',
    labels: [],
    hidden: false,
    note: '',
    format: 'mapping',
    key: 'lamp',
    createdAt: 0,
    seen: at,
    gone: false,
    properties: [{ id: property, name: property, kind, reported: true, commandable: true, ...known }],
    problems: [],
    ...rest,
  };
}
