// `/endpoint/`: requests to the `http in` and `websocket in` nodes of flows. They do not wake Node-RED: without flows there is
// nobody to answer them.
import type { Credentials } from '../../api/index.ts';
import { demandCall, demandOwnPage } from './access.ts';
import type { Asked, Exchange, Upgrade } from './exchange.ts';
import { forward } from './forward.ts';
import { demandAnswering, type ProxyGround } from './ground.ts';
import { isPublic, levelsOf } from './paths.ts';

const answersWithinMs = 120_000;

export class Endpoint {
  readonly #ground: ProxyGround;
  readonly #publicPaths: readonly string[];

  constructor(ground: ProxyGround, publicPaths: readonly string[]) {
    this.#ground = ground;
    this.#publicPaths = publicPaths;
  }

  /** No page of another site can send a token along. */
  takesAnyBody(request: Asked['request']): boolean {
    return this.#isPublic(request) || request.headers.authorization !== undefined;
  }

  async handle(exchange: Exchange): Promise<void> {
    const { flows, clock } = this.#ground;
    const isOpen = this.#demand(exchange);
    await forward(exchange, {
      ...{ socketPath: flows.socket, clock, timeoutMs: answersWithinMs },
      passesCredentials: isOpen && !this.#isOurs(exchange.credentials),
    });
  }

  upgrade(upgrade: Upgrade): void {
    const { sockets, door } = this.#ground;
    const isOpen = this.#demand(upgrade);
    if (!isOpen) demandOwnPage(upgrade);
    const mayStay = (): boolean => isOpen || door.entry.isCurrent(upgrade.credentials);
    const passesCredentials = isOpen && !this.#isOurs(upgrade.credentials);
    sockets.open(upgrade, { passesCredentials, mayStay });
  }

  /** Whether it is for everybody. */
  #demand(asked: Asked): boolean {
    const { door, flows } = this.#ground;
    levelsOf(asked.request.url);
    const isOpen = this.#isPublic(asked.request);
    if (!isOpen) demandCall(asked, door.entry.identify(asked.credentials));
    demandAnswering(flows);
    return isOpen;
  }

  /** Whether the token is one of the house, which a program may send to everybody's paths, too. */
  #isOurs(credentials: Credentials): boolean {
    if (credentials.bearer === undefined) return false;
    try {
      this.#ground.door.entry.identify({ ...credentials, isSocket: false });
      return true;
    } catch {
      return false; // of somebody else
    }
  }

  #isPublic({ url }: Asked['request']): boolean {
    return isPublic(url, this.#publicPaths);
  }
}
