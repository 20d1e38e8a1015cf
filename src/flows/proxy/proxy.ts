// The way to Node-RED: its editor under /red for whoever is logged in, requests to flows under /endpoint.
import type { HouseDoor } from '../../api/index.ts';
import { type Clock, HomeruleError, RateLimit } from '../../base/index.ts';
import { fail } from '../errors.ts';
import type { Flows } from '../flows.ts';
import { type FlowsUser, sign } from '../signed-user.ts';
import { demandCall, demandEdit, demandOwnPage, refusalOf, userOf } from './access.ts';
import { type Asked, type Exchange, isWrite, type Upgrade, wantsPage } from './exchange.ts';
import { type ForwardOptions, forward } from './forward.ts';
import { answerPage, loginPrompt } from './pages.ts';
import { isBlocked, isLibrary, isLogin, isPublic, levelsOf, takesForm } from './paths.ts';
import { ProxiedSockets } from './sockets.ts';

export interface FlowsProxyOptions {
  readonly flows: Flows;
  readonly door: HouseDoor;
  readonly clock: Clock;
  /** Paths below `/endpoint` for everybody. */
  readonly publicPaths: readonly string[];
}

const mostUnderWay = 256;
const flowAnswersWithinMs = 120_000;
const libraryBytes = 1_048_576;
const libraryRate = { burst: 30, perSecond: 1 };

export class FlowsProxy {
  readonly #options: FlowsProxyOptions;
  readonly #sockets: ProxiedSockets;
  readonly #library: RateLimit;
  #underWay = 0;
  #requests = 0;
  #refused = 0;

  constructor(options: FlowsProxyOptions) {
    const { flows, clock } = options;
    this.#options = options;
    this.#sockets = new ProxiedSockets(flows.socket, clock);
    this.#library = new RateLimit(clock, libraryRate);
  }

  counters(): Readonly<Record<string, number>> {
    return { flowsRequests: this.#requests, flowsRefused: this.#refused, flowsSockets: this.#sockets.size };
  }

  /** For the HTTP listener. */
  mounts() {
    return [
      {
        path: '/red',
        takesAnyBody: ({ url, headers }: Asked['request']) => takesFormAt(url, headers['content-type']),
        handle: (exchange: Exchange) => this.#counted(() => this.#editor(exchange)),
        upgrade: (upgrade: Upgrade) => this.#countedNow(() => this.#comms(upgrade)),
      },
      {
        path: '/endpoint',
        takesAnyBody: (request: Asked['request']) =>
          this.#isPublic(request) || request.headers.authorization !== undefined,
        handle: (exchange: Exchange) => this.#counted(() => this.#call(exchange)),
        upgrade: (upgrade: Upgrade) => this.#countedNow(() => this.#callSocket(upgrade)),
      },
    ];
  }

  async #editor(exchange: Exchange): Promise<void> {
    const { request, response } = exchange;
    if (/^\/red(?:\?|$)/.test(request.url ?? '')) {
      response.writeHead(302, { Location: '/red/' }).end();
      return;
    }
    const levels = levelsOf(request.url);
    const actor = this.#options.door.entry.identify(exchange.credentials);
    const user = userOf(actor);
    if (user === undefined) {
      if (actor.role !== 'nobody') throw refusalOf(actor);
      this.#askForLogin(exchange, levels);
      return;
    }
    if (isBlocked(levels)) throw fail('flows-path-missing', `there is nothing at /red/${levels.join('/')}`);
    demandEdit(exchange, user);
    if (isLibrary(levels)) this.#demandSmall(exchange, user);
    if (this.#isReadyFor(exchange)) await forward(exchange, this.#onward(user));
  }

  #askForLogin({ request, response }: Exchange, levels: readonly string[]): void {
    if (isLogin(levels)) {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
      response.end(JSON.stringify(loginPrompt(request)));
    } else if (wantsPage(request)) answerPage(request, response, 'login');
    else throw fail('login-needed', 'log in, or send a token as `Authorization: Bearer …`');
  }

  /** Wakes Node-RED; until it answers there is a page, or `flows-unavailable` for programs. */
  #isReadyFor({ request, response }: Exchange): boolean {
    const { flows } = this.#options;
    const { state } = flows.view();
    if (state !== 'off') flows.wake();
    if (flows.answers) return true;
    const now = flows.view().state;
    if (!wantsPage(request)) throw notAnswering(now);
    answerPage(request, response, now === 'running' || now === 'safe' ? 'starting' : now);
    return false;
  }

  #comms(upgrade: Upgrade): void {
    const { door, flows } = this.#options;
    const { credentials } = upgrade;
    levelsOf(upgrade.request.url);
    const actor = door.entry.identify(credentials);
    const user = userOf(actor);
    if (user === undefined) throw refusalOf(actor);
    demandOwnPage(upgrade);
    if (!flows.answers) throw notAnswering(flows.view().state);
    const mayStay = (): boolean => this.#mayOf(upgrade) === user.may;
    this.#sockets.open(upgrade, { ...this.#signed(user), mayStay });
  }

  async #call(exchange: Exchange): Promise<void> {
    const { door, flows } = this.#options;
    levelsOf(exchange.request.url);
    const isOpen = this.#isPublic(exchange.request);
    if (!isOpen) demandCall(exchange, door.entry.identify(exchange.credentials));
    if (!flows.answers) throw notAnswering(flows.view().state);
    await forward(exchange, {
      ...{ socketPath: flows.socket, clock: this.#options.clock, timeoutMs: flowAnswersWithinMs },
      passesCredentials: isOpen,
    });
  }

  #callSocket(upgrade: Upgrade): void {
    const { door, flows } = this.#options;
    levelsOf(upgrade.request.url);
    const isOpen = this.#isPublic(upgrade.request);
    if (!isOpen) {
      demandCall(upgrade, door.entry.identify(upgrade.credentials));
      demandOwnPage(upgrade);
    }
    if (!flows.answers) throw notAnswering(flows.view().state);
    const mayStay = (): boolean => isOpen || door.entry.isCurrent(upgrade.credentials);
    this.#sockets.open(upgrade, { passesCredentials: isOpen, mayStay });
  }

  #isPublic({ url }: Asked['request']): boolean {
    return isPublic(url, this.#options.publicPaths);
  }

  /** Undefined for who may no longer do anything. */
  #mayOf({ credentials }: Asked): FlowsUser['may'] | undefined {
    try {
      return userOf(this.#options.door.entry.identify(credentials))?.may;
    } catch {
      return undefined; // the token is no longer known
    }
  }

  /** Its library keeps what it is given as files: not too much, and not too often. */
  #demandSmall({ request }: Exchange, { name }: FlowsUser): void {
    if (!isWrite(request)) return;
    const length = Number(request.headers['content-length'] ?? Number.NaN);
    if (!(length <= libraryBytes))
      throw fail('body-too-large', `an entry of the library has ${libraryBytes} bytes at most`);
    if (!this.#library.take(name)) throw fail('too-many-calls', 'too many entries of the library at once');
  }

  #signed(user: FlowsUser) {
    const { flows, clock } = this.#options;
    return { user: sign(user, flows.key, clock.now()), passesCredentials: false };
  }

  #onward(user: FlowsUser): ForwardOptions {
    const { flows, clock } = this.#options;
    return { ...this.#signed(user), socketPath: flows.socket, clock };
  }

  async #counted(handle: () => Promise<void>): Promise<void> {
    this.#requests++;
    if (this.#underWay >= mostUnderWay) {
      this.#refused++;
      throw fail('flows-busy', `${mostUnderWay} requests wait for Node-RED already`);
    }
    this.#underWay++;
    try {
      await handle();
    } catch (error) {
      if (error instanceof HomeruleError && error.kind === 'denied') this.#refused++;
      throw error;
    } finally {
      this.#underWay--;
    }
  }

  #countedNow(handle: () => void): void {
    try {
      handle();
    } catch (error) {
      this.#refused++;
      throw error;
    }
  }
}

function takesFormAt(url: string | undefined, type: string | undefined): boolean {
  try {
    return takesForm(levelsOf(url), type);
  } catch {
    return false; // refused as what it is a little later
  }
}

function notAnswering(state: string): Error {
  if (state === 'off')
    return fail('flows-off', 'Node-RED is off: the configuration says flows.enabled: false');
  return fail('flows-unavailable', `Node-RED is ${state}`);
}
