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

/** Each has bounds of its own: flows that do not answer keep nobody from the editor where that is mended. */
interface Half {
  readonly path: string;
  readonly way: Editor | Endpoint;
  readonly traffic: Traffic;
  readonly sockets: ProxiedSockets;
}

export class FlowsProxy {
  readonly #halves: readonly Half[];

  constructor({ publicPaths, ...more }: FlowsProxyOptions) {
    const half = (path: string, wayOn: (ground: ProxyGround) => Half['way']): Half => {
      const sockets = new ProxiedSockets(more.flows.socket, more.clock);
      return { path, way: wayOn({ ...more, sockets }), traffic: new Traffic(), sockets };
    };
    this.#halves = [
      half('/red', (ground) => new Editor(ground)),
      half('/endpoint', (ground) => new Endpoint(ground, publicPaths)),
    ];
  }

  counters(): Readonly<Record<string, number>> {
    const sum = (count: (half: Half) => number): number =>
      this.#halves.reduce((all, half) => all + count(half), 0);
    return {
      flowsRequests: sum(({ traffic }) => traffic.requests),
      flowsRefused: sum(({ traffic }) => traffic.refused),
      flowsSockets: sum(({ sockets }) => sockets.size),
    };
  }

  mounts() {
    return this.#halves.map(({ path, way, traffic }) => ({
      path,
      takesAnyBody: (request: Asked['request']) => way.takesAnyBody(request),
      handle: (exchange: Exchange) => traffic.request(() => way.handle(exchange)),
      upgrade: (upgrade: Upgrade) => traffic.upgrade(() => way.upgrade(upgrade)),
    }));
  }
}
