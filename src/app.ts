// The composition root: the only file that builds the parts of the house and connects them.
import { hostname } from 'node:os';
import { fileURLToPath } from 'node:url';
import { House, ruleCommandTopics, type SystemPort, type SystemView, Watchers } from './api/index.ts';
import {
  type BatchNumber,
  type Clock,
  type GateOptions,
  type HomeruleError,
  type Ids,
  type Logger,
  messageOf,
  ProcessIds,
  parseDuration,
  releasedAt,
  SystemClock,
  startParts,
  stopParts,
} from './base/index.ts';
import { Bridges } from './bridges/index.ts';
import { Broker, type TlsOptions } from './broker/index.ts';
import { brokerLimits, type Config, certificatePaths, packageVersion, socketPath } from './config/index.ts';
import { Home, type Place, recallPast, TopicStates } from './devices/index.ts';
import { HttpServer } from './http/index.ts';
import { LiveServer } from './live/index.ts';
import { outsideServices } from './outside/index.ts';
import { type AcceptedMessage, LiveEngine, outgoing, RuleLibrary } from './rules/index.ts';
import { Store } from './store/index.ts';

export interface HouseSettings {
  readonly config: Config;
  readonly log: Logger;
}

/** Where one listener of the running house can be reached. */
export interface HouseAddress {
  readonly kind: SystemView['listeners'][number]['kind'];
  readonly url: string;
}

export interface RunningHouse {
  readonly addresses: readonly HouseAddress[];
  /** Makes the first administrator; undefined when there is one. */
  readonly setupCode: string | undefined;
  /** Takes certificates, password file and ACL file anew; what is wrong in them is logged and the old stays in force. */
  reload(): Promise<void>;
  /** Resolves when the house can no longer keep what it promised to keep; end the process then. */
  readonly failed: Promise<HomeruleError>;
  stop(): Promise<void>;
}

const webDir = fileURLToPath(new URL('../web/dist', import.meta.url));

/** What every part is built from. */
interface Ground {
  readonly config: Config;
  readonly log: Logger;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly version: string;
  readonly gate: GateOptions;
  readonly failure: PromiseWithResolvers<HomeruleError>;
}

function groundOf({ config, log }: HouseSettings): Ground {
  const clock = new SystemClock();
  const { hosts, origins } = config.http;
  const gate = { hosts: hosts.map((host) => host.toLowerCase()), origins, machine: hostname().toLowerCase() };
  return {
    config,
    log,
    clock,
    ids: new ProcessIds(clock),
    version: packageVersion(),
    gate,
    failure: Promise.withResolvers(),
  };
}

/** Certificate files as configured, or those of `homerule certificate`, which may come while the house runs. */
function tlsOf({ data, tls }: Config): TlsOptions {
  const { cert, key, ca, ...clients } = tls;
  if (cert === undefined || key === undefined)
    return { ...certificatePaths(data), ...clients, mayBeAbsent: true };
  return ca === undefined ? { cert, key, ...clients } : { cert, key, ca, ...clients };
}

/** Undefined when the configuration does not say where the home is. */
function placeOf({ place: { latitude, longitude } }: Config): Place | undefined {
  return latitude === undefined || longitude === undefined ? undefined : { latitude, longitude };
}

/** The parts, connected but not started. Loading reads what the last process left. */
class Composition {
  readonly store: Store;
  readonly states: TopicStates;
  readonly home: Home;
  readonly watchers = new Watchers();
  readonly library: RuleLibrary;
  readonly broker: Broker;
  readonly bridges: Bridges;
  readonly #ground: Ground;
  #live: LiveEngine | undefined;
  #house: House | undefined;
  #http: HttpServer | undefined;
  #liveServer: LiveServer | undefined;
  #isReady = false;

  constructor(ground: Ground) {
    this.#ground = ground;
    const { config, clock, ids, log, gate, version, failure } = ground;
    const { zone, limits, calendar } = config;
    this.store = new Store({ dir: config.data, clock, log, onFatal: failure.resolve });
    this.states = new TopicStates(this.store.state, {
      topics: limits.stateTopics,
      payloadBytes: limits.statePayloadBytes,
      topicsPerClient: limits.topicsPerClient,
    });
    const { states, store } = this;
    this.home = new Home({ states, rows: store, zone, clock, calendar, place: placeOf(config) });
    this.library = new RuleLibrary(this.home);
    this.broker = new Broker({
      listeners: {
        mqtt: config.mqtt,
        mqtts: config.mqtts,
        ws: config.ws,
        wss: config.wss,
        ...(config.mqtt.socket !== undefined && { unix: config.mqtt.socket }),
      },
      tls: tlsOf(config),
      trustedProxies: config.proxy.trusted,
      gate,
      access: {
        ...config.access,
        grantable: config.access.ruleCommands ? ruleCommandTopics : [],
        users: this.store.users,
        rules: this.store.acl,
      },
      accept: (message) => this.#accept(message),
      isStatisticHeard: (topic) => (this.#live?.engine.book.match(topic).all.length ?? 0) > 0,
      commits: this.store.commits,
      retained: this.store.retained,
      loadRetained: () => this.store.retained.all(),
      sessions: this.store,
      clock,
      log,
      limits: brokerLimits(config),
      version: `homerule version ${version}`,
    });
    this.broker.onEvent((event) => {
      if (event.kind === 'connected' || event.kind === 'disconnected') this.#live?.clientChanged(event);
      this.#house?.clientTold(event);
    });
    this.bridges = new Bridges({
      documents: config.bridges,
      local: this.broker,
      store: this.store,
      clock,
      ids,
      log,
      random: Math.random,
      machine: gate.machine,
      latest: (topic) => this.states.find(topic),
    });
  }

  #accept(message: AcceptedMessage): BatchNumber | undefined {
    const { origin, by: client, topic, payload } = message;
    if (origin === 'client') this.#house?.commands.accepted({ topic, payload, client });
    return this.#live?.accept(message);
  }

  async load(): Promise<{ readonly live: LiveEngine; readonly house: House }> {
    const { store, states } = this;
    const { log, clock } = this.#ground;
    if (clock.now() < releasedAt)
      log.warn({ at: clock.now() }, 'the clock was not set yet: nothing comes due before it is');
    const firstSeq = await store.nextSeqBlock();
    await this.bridges.load();
    states.load(await store.state.all());
    this.home.variables.load(await store.variables.all());
    this.home.secrets.load(await store.secrets.all());
    const live = this.#makeEngine(firstSeq);
    const house = this.#makeHouse(live);
    this.#live = live;
    this.#house = house;
    house.loadPeople({
      audit: await store.audit.all(),
      logins: await store.logins.all(),
      tokens: await store.tokens.all(),
    });
    const failed = house.rules.load(await store.rules.all(), await store.ruleVersions.inUse());
    for (const rule of failed)
      log.warn({ rule }, 'this rule has problems now and does not run; see `homerule rule show`');
    await this.#recall();
    live.restore({
      runs: await store.runs.all(),
      effects: await store.effects.all(),
      calls: await store.calls.all(),
      triggers: await store.triggers.all(),
      stoppedAt: await store.alive.last(),
    });
    return { live, house };
  }

  makeHttp(house: House, liveServer: LiveServer): HttpServer {
    const { config, clock, log, gate, version } = this.#ground;
    const http = new HttpServer({
      door: house,
      host: config.http.host,
      port: config.http.port,
      socketPath: socketPath(config.data),
      webDir,
      gate,
      upgrades: {
        '/api/v1/live': (upgrade) => liveServer.handleUpgrade(upgrade),
        '/mqtt': ({ request, socket, head }) => this.broker.handleUpgrade(request, socket, head),
      },
      clock,
      log,
      version,
    });
    this.#http = http;
    this.#liveServer = liveServer;
    return http;
  }

  ready(): void {
    this.#isReady = true;
  }

  addresses(): HouseAddress[] {
    const { config } = this.#ground;
    const { mqtt, mqtts, ws, wss, unix } = this.broker.addresses();
    const at = (host: string, port: number | undefined): string =>
      `${host === '127.0.0.1' ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${port}`;
    return [
      { kind: 'mqtt', url: `mqtt://${at(config.mqtt.host, mqtt?.port)}` },
      ...(mqtts ? [{ kind: 'mqtts' as const, url: `mqtts://${at(config.mqtts.host, mqtts.port)}` }] : []),
      { kind: 'ws', url: `ws://${at(config.ws.host, ws?.port)}/mqtt` },
      ...(wss ? [{ kind: 'wss' as const, url: `wss://${at(config.wss.host, wss.port)}/mqtt` }] : []),
      ...(unix ? [{ kind: 'unix' as const, url: `unix:${unix}` }] : []),
      { kind: 'http', url: `http://${at(config.http.host, this.#http?.port)}` },
      { kind: 'socket', url: socketPath(config.data) },
    ];
  }

  #makeEngine(firstSeq: number): LiveEngine {
    const { clock, ids, log, config } = this.#ground;
    const { store, states, home, library } = this;
    const { breaker } = config.rules;
    return new LiveEngine({
      states,
      home,
      library,
      rows: { runs: store.runs, effects: store.effects, calls: store.calls, triggers: store.triggers },
      variables: home.variables,
      beat: (at) => store.alive.beat(at),
      services: outsideServices({ clock, allow: config.http.allow }),
      commits: store.commits,
      clock,
      ids,
      firstSeq,
      breaker: { runs: breaker.runs, inMs: parseDuration(breaker.in) },
      plausibleFrom: releasedAt,
      observer: {
        input: (input) => store.journal.append(input),
        stateKept: (state) => this.#house?.stateKept(state),
        trace: (trace) => {
          store.traces.put(trace);
          this.#house?.runEnded(trace);
        },
        runChanged: (trace) => this.#house?.runTold(trace),
        timerChanged: (timer, isArmed) => this.#house?.timers.told(timer, isArmed),
        switched: (rule, enabled) => this.#house?.rules.keepSwitched(rule, enabled),
        log: (rule, text) => {
          log.info({ rule }, text);
          this.#house?.lines.rule(rule, text);
        },
      },
      send: (effect, isRepeated) => this.broker.release(outgoing(effect, isRepeated)),
    });
  }

  #makeHouse(live: LiveEngine): House {
    const { clock, ids, log, config } = this.#ground;
    const { store, states, home, library, watchers, broker } = this;
    return new House({
      live,
      library,
      states,
      secrets: home.secrets,
      watchers,
      log,
      tellsOutcomes: config.rules.outcomes,
      clock,
      ids,
      home,
      traces: store.traces,
      people: store,
      store: {
        commits: store.commits,
        rules: store.rules,
        versions: store.ruleVersions,
        versionsOf: (rule) => store.ruleVersions.list(rule),
        journalFrom: () => store.journalFrom(),
      },
      broker: {
        publish: (message) => broker.publish({ ...message, origin: 'api', by: '' }),
        announce: (message) => broker.release({ ...message, qos: 0, retain: false, origin: 'rule' }),
        isHeard: (topic) => broker.isHeard(topic),
        isRetained: (topic) => broker.isRetained(topic),
        clearRetained: (topic) => broker.clearRetained(topic),
      },
      clients: {
        connected: () => broker.clients(),
        away: () => broker.absentSessions(),
        end: (id) => broker.disconnect(id) || broker.forgetSession(id),
      },
      access: { ...broker.access.port(store.commits), verify: (login) => broker.verify(login) },
      bridges: this.bridges,
      system: this.#system(),
    });
  }

  async #recall(): Promise<void> {
    const { clock, log } = this.#ground;
    const { states, store } = this;
    const { past } = states;
    const find = (topic: string) => states.find(topic);
    try {
      await recallPast({ past, journal: store.journal, now: clock.now(), find });
    } catch (error) {
      log.warn({ error: messageOf(error) }, 'the journal cannot be read: windows of time begin now');
    }
  }

  #liveCounters(): Readonly<Record<string, number>> {
    if (this.#liveServer === undefined) return {};
    const { lagged, closedSlow, refused, sockets } = this.#liveServer.counters();
    return { liveLagged: lagged, liveClosedSlow: closedSlow, liveRefused: refused, liveSockets: sockets };
  }

  #system(): SystemPort {
    const { config, version } = this.#ground;
    return {
      version,
      dataDir: config.data,
      isReady: () => this.#isReady,
      listeners: () => this.addresses().map(({ kind, url }) => ({ kind, address: url })),
      counters: () => ({
        ...this.states.past.counters(),
        ...this.store.counters(),
        ...this.broker.counters(),
        ...this.bridges.counters(),
        ...this.#liveCounters(),
      }),
    };
  }
}

/** Builds, loads and starts the house. Throws HomeruleError when a port is taken or the data are in use. */
export async function startHouse(settings: HouseSettings): Promise<RunningHouse> {
  const ground = groundOf(settings);
  const { log, clock, version } = ground;
  const composition = new Composition(ground);
  const { store, broker } = composition;
  await startParts([store], log);
  try {
    const { live, house } = await composition.load();
    const liveServer = new LiveServer({ door: house, clock, log, version });
    // http before live: it stops after it, so that open pages are told goodbye instead of being cut off.
    const parts = [broker, composition.bridges, composition.makeHttp(house, liveServer), liveServer];
    await startParts(parts, log);
    composition.ready();
    live.start();
    const stop = async (): Promise<void> => {
      live.stop();
      await stopParts(parts, log);
      live.releases.close();
      await stopParts([store], log);
    };
    await house.rules
      .recall(store.traces)
      .catch((error: unknown) => log.warn({ error: messageOf(error) }, 'what rules did last is not known'));
    return {
      addresses: composition.addresses(),
      setupCode: house.entry.setupCode,
      reload: () => broker.reload(),
      failed: ground.failure.promise,
      stop,
    };
  } catch (error) {
    await stopParts([store], log);
    throw error;
  }
}
