// The way to Node-RED, for the HTTP listener: its editor under /red, requests to flows under /endpoint.

import { Editor } from './editor.ts';
import { Endpoint } from './endpoint.ts';
import type { Asked, Exchange, Upgrade } from './exchange.ts';
import type { ProxyGround } from './ground.ts';
import { ProxiedSockets } from './sockets.ts';
import { Traffic } from './traffic.ts';

export interface FlowsProxyOptions extends Omit<ProxyGround, 'sockets'> {
  /** Paths below `/endpoint` for everybody. */
  readonly publicPaths: readonly string[];
}

export class FlowsProxy {
  readonly #sockets: ProxiedSockets;
  readonly #halves: ReadonlyMap<string, Editor | Endpoint>;
  readonly #traffic = new Traffic();

  constructor({ publicPaths, ...more }: FlowsProxyOptions) {
    this.#sockets = new ProxiedSockets(more.flows.socket, more.clock);
    const ground = { ...more, sockets: this.#sockets };
    this.#halves = new Map<string, Editor | Endpoint>([
      ['/red', new Editor(ground)],
      ['/endpoint', new Endpoint(ground, publicPaths)],
    ]);
  }

  counters(): Readonly<Record<string, number>> {
    return { ...this.#traffic.counters(), flowsSockets: this.#sockets.size };
  }

  mounts() {
    return [...this.#halves].map(([path, half]) => ({
      path,
      takesAnyBody: (request: Asked['request']) => half.takesAnyBody(request),
      handle: (exchange: Exchange) => this.#traffic.request(() => half.handle(exchange)),
      upgrade: (upgrade: Upgrade) => this.#traffic.upgrade(() => half.upgrade(upgrade)),
    }));
  }
}
