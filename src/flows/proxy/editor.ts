// `/red/`: the editor of Node-RED and its API, for whoever is logged in. The request wakes Node-RED.
import { RateLimit } from '../../base/index.ts';
import { fail } from '../errors.ts';
import { type FlowsUser, sign } from '../signed-user.ts';
import { demandEdit, demandOwnPage, refusalOf, userOf } from './access.ts';
import { type Asked, type Exchange, isWrite, type Upgrade, wantsPage } from './exchange.ts';
import { forward } from './forward.ts';
import { demandAnswering, type ProxyGround } from './ground.ts';
import { answerPage, loginPrompt } from './pages.ts';
import { isBlocked, isForEditors, isLibrary, isLogin, levelsOf, takesForm } from './paths.ts';
import { ReaderFrames } from './reader-frames.ts';

const libraryBytes = 1_048_576;
const libraryRate = { burst: 30, perSecond: 1 };

export class Editor {
  readonly #ground: ProxyGround;
  readonly #library: RateLimit;

  constructor(ground: ProxyGround) {
    this.#ground = ground;
    this.#library = new RateLimit(ground.clock, libraryRate);
  }

  takesAnyBody({ url, headers }: Asked['request']): boolean {
    try {
      return takesForm(levelsOf(url), headers['content-type']);
    } catch {
      return false; // refused as what it is a little later
    }
  }

  async handle(exchange: Exchange): Promise<void> {
    const { request, response, credentials } = exchange;
    if (/^\/red(?:\?|$)/.test(request.url ?? '')) {
      response.writeHead(302, { Location: '/red/' }).end();
      return;
    }
    const levels = levelsOf(request.url);
    const actor = this.#ground.door.entry.identify(credentials);
    const user = userOf(actor);
    if (user === undefined && actor.role === 'nobody') return this.#askForLogin(exchange, levels);
    if (user === undefined) throw refusalOf(actor);
    if (isBlocked(levels)) throw fail('flows-path-missing', `there is nothing at /red/${levels.join('/')}`);
    demandEdit(exchange, user, isForEditors(levels));
    if (isLibrary(levels)) this.#demandSmall(exchange, user);
    if (this.#isAwake(exchange)) await this.#pass(exchange, user);
  }

  /** Where the editor hears what happens. */
  upgrade(upgrade: Upgrade): void {
    const { door, flows, sockets } = this.#ground;
    levelsOf(upgrade.request.url);
    const actor = door.entry.identify(upgrade.credentials);
    const user = userOf(actor);
    if (user === undefined) throw refusalOf(actor);
    demandOwnPage(upgrade);
    demandAnswering(flows);
    const mayStay = (): boolean => this.#mayOf(upgrade) === user.may;
    const guard = user.may === 'read' ? { guard: new ReaderFrames() } : {};
    sockets.open(upgrade, { ...this.#signed(user), mayStay, ...guard });
  }

  #askForLogin({ request, response }: Exchange, levels: readonly string[]): void {
    if (isLogin(levels)) {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
      response.end(JSON.stringify(loginPrompt(request)));
    } else if (wantsPage(request)) answerPage(request, response, 'login');
    else throw fail('login-needed', 'log in, or send a token as `Authorization: Bearer …`');
  }

  /** Until it answers there is a page, and a problem for programs. */
  #isAwake({ request, response }: Exchange): boolean {
    const { flows } = this.#ground;
    if (flows.view().state !== 'off') flows.wake();
    if (flows.answers) return true;
    if (!wantsPage(request)) demandAnswering(flows);
    const { state } = flows.view();
    answerPage(request, response, state === 'running' || state === 'safe' ? 'starting' : state);
    return false;
  }

  async #pass(exchange: Exchange, user: FlowsUser): Promise<void> {
    const { flows, clock } = this.#ground;
    await forward(exchange, { ...this.#signed(user), socketPath: flows.socket, clock });
  }

  #signed(user: FlowsUser) {
    const { flows, clock } = this.#ground;
    return { user: sign(user, flows.key, clock.now()), passesCredentials: false };
  }

  /** Undefined for who may no longer do anything. */
  #mayOf({ credentials }: Asked): FlowsUser['may'] | undefined {
    try {
      return userOf(this.#ground.door.entry.identify(credentials))?.may;
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
}
