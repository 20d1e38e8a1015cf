// All use cases in one, as the adapters get them; and the observer through which live views hear of the engine.
import type { Clock, Ids, Logger, Rows, Undo } from '../base/index.ts';
import type {
  Recollection,
  Registry,
  Secrets as SecretStore,
  TopicContracts,
  TopicState,
  TopicStates,
  Variables as VariableStore,
  WantedPast,
} from '../devices/index.ts';
import type { HomeView, OfferedFunctions } from '../expression/index.ts';
import type { HomeSettings, LateTrace, LiveEngine, RuleLibrary, ShadowLedger } from '../rules/index.ts';
import type { Actor } from './access/actor.ts';
import { AuditLog } from './access/audit-log.ts';
import { Entry } from './access/entry.ts';
import { GuardedApi } from './access/guarded-api.ts';
import type { Logins } from './access/logins.ts';
import { LoopGuard } from './access/loop-guard.ts';
import type { Tokens } from './access/tokens.ts';
import { Acl } from './acl.ts';
import { Analyses } from './analyses.ts';
import type { Api, HouseDoor } from './api.ts';
import type { BacktestPort } from './backtest-task.ts';
import { Backtests } from './backtests.ts';
import { Backups } from './backups.ts';
import { Bridges } from './bridges.ts';
import { Causes } from './causes/causes.ts';
import { ClientCommands } from './client-commands.ts';
import { Clients } from './clients.ts';
import type { AuditView, LiveChannel, LiveItems, SystemView, TranslatedRuleView } from './contract.ts';
import { DeviceMappings } from './device-mappings.ts';
import { DeviceMoves } from './device-moves.ts';
import { Devices } from './devices.ts';
import { fail } from './errors.ts';
import { Events } from './events.ts';
import { Expressions } from './expressions.ts';
import { FlowCalls } from './flow-calls.ts';
import { FlowSeeds } from './flow-seeds.ts';
import { Flows } from './flows.ts';
import { HistoryDesk } from './history.ts';
import { Hooks } from './hooks.ts';
import type { ReplayGround } from './inquiries/ground.ts';
import { Inquiries } from './inquiries/inquiries.ts';
import { LogLines } from './log-lines.ts';
import { Messages } from './messages.ts';
import { Past } from './past.ts';
import type { PastPort } from './past-port.ts';
import { Plugins } from './plugins.ts';
import type {
  AccessPort,
  BackupsPort,
  BridgesPort,
  ClientHappening,
  ClientsPort,
  FlowSeedsPort,
  FlowsPort,
  HistoryPort,
  JournalPort,
  LoginRow,
  MessagePort,
  PluginsPort,
  RuleStore,
  SystemPort,
  TokenRow,
} from './ports.ts';
import { RecordedTests } from './recorded-tests.ts';
import { RuleOutcomes } from './rule-outcomes.ts';
import { RuleTests } from './rule-tests.ts';
import { Rules } from './rules.ts';
import { Runs } from './runs.ts';
import { Secrets } from './secrets.ts';
import { Shadows } from './shadows.ts';
import { Timers } from './timers.ts';
import { Topics } from './topics.ts';
import type { TraceStore } from './trace-port.ts';
import { Users } from './users.ts';
import { Variables } from './variables.ts';
import { topicViewOf } from './views.ts';
import type { Watchers } from './watchers.ts';

export interface HouseOptions {
  readonly live: LiveEngine;
  readonly library: RuleLibrary;
  readonly states: TopicStates;
  readonly contracts: Pick<TopicContracts, 'find'>;
  readonly devices: Registry;
  readonly variables: VariableStore;
  readonly secrets: SecretStore;
  readonly shadows: ShadowLedger;
  readonly store: RuleStore;
  readonly people: {
    readonly audit: Rows<AuditView>;
    readonly logins: Rows<LoginRow>;
    readonly tokens: Rows<TokenRow>;
  };
  readonly traces: TraceStore;
  readonly history: HistoryPort;
  readonly journal: JournalPort;
  readonly backtest: BacktestPort;
  readonly past: PastPort;
  /** For worlds beside this one. */
  readonly replays: ReplayGround;
  recollect?(wanted: readonly WantedPast[]): Promise<readonly Recollection[]>;
  readonly broker: MessagePort;
  readonly clients: ClientsPort;
  readonly access: AccessPort;
  readonly backups: BackupsPort;
  readonly bridges: BridgesPort;
  readonly plugins: PluginsPort;
  readonly flows: FlowsPort;
  readonly system: SystemPort;
  /** Of expressions, offered by plugins. */
  readonly functions: OfferedFunctions;
  readonly home: HomeView & HomeSettings;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly watchers: Watchers;
  readonly log: Pick<Logger, 'warn'>;
  readonly flowSeeds: FlowSeedsPort;
  /** Automations of Home Assistant as rules. Throws `bad-config`. */
  translate(text: string): readonly TranslatedRuleView[];
  /** Whether clients are told how runs ended. */
  readonly tellsOutcomes: boolean;
}

export class House implements Api, HouseDoor {
  readonly rules: Rules;
  readonly ruleTests: RuleTests;
  readonly shadows: Shadows;
  readonly runs: Runs;
  readonly timers: Timers;
  readonly topics: Topics;
  readonly devices: Devices;
  readonly deviceMoves: DeviceMoves;
  readonly deviceMappings: DeviceMappings;
  readonly variables: Variables;
  readonly history: HistoryDesk;
  readonly messages: Messages;
  readonly backtests: Backtests;
  readonly past: Past;
  readonly causes: Causes;
  readonly inquiries: Inquiries;
  readonly clients: Clients;
  readonly users: Users;
  readonly acl: Acl;
  readonly backups: Backups;
  readonly bridges: Bridges;
  readonly plugins: Plugins;
  readonly flows: Flows;
  readonly expressions: Expressions;
  readonly secrets: Secrets;
  readonly audit: AuditLog;
  readonly entry: Entry;
  readonly hooks: Hooks;
  readonly tokens: Tokens;
  readonly sessions: Logins;
  readonly flowCalls: FlowCalls;
  readonly flowSeeds: FlowSeeds;
  readonly events: Events;
  /** For live views. */
  readonly lines: LogLines;
  /** For messages of clients. */
  readonly commands: ClientCommands;
  readonly #outcomes: RuleOutcomes;
  readonly #loops = new LoopGuard();
  readonly #options: HouseOptions;
  readonly #startedAt: number;

  constructor(options: HouseOptions) {
    this.#options = options;
    this.#startedAt = options.clock.now();
    const { store, people, clock, ids, access } = options;
    const { commits } = store;
    this.audit = new AuditLog({ rows: people.audit, commits, clock, ids });
    this.lines = new LogLines(options.watchers, options.clock);
    this.runs = new Runs(options);
    this.timers = new Timers(options);
    this.topics = new Topics(options.states, options.broker, options.contracts);
    this.devices = new Devices({ ...options, commits });
    this.deviceMappings = new DeviceMappings({ ...options, commits });
    this.variables = new Variables({ ...options, commits });
    this.history = new HistoryDesk(options);
    this.messages = new Messages(options);
    this.causes = new Causes(options);
    this.past = new Past(options);
    this.inquiries = new Inquiries({ ...options, audit: this.audit });
    this.clients = new Clients(options.clients);
    this.users = new Users(options);
    this.entry = new Entry({
      ...{ access, users: this.users, log: this.audit, rows: people, commits, clock, ids },
    });
    this.tokens = this.entry.tokens;
    this.sessions = this.entry.logins;
    this.acl = new Acl(options);
    this.backups = new Backups(options.backups);
    this.bridges = new Bridges(options.bridges);
    this.plugins = new Plugins(options.plugins);
    this.flows = new Flows(options.flows);
    this.expressions = new Expressions(options);
    this.secrets = new Secrets({ ...options, commits: options.store.commits });
    this.commands = new ClientCommands((actor) => this.as(actor), options.log);
    this.#outcomes = new RuleOutcomes(options.broker);
    this.flowCalls = new FlowCalls(options);
    this.flowSeeds = new FlowSeeds(options.flowSeeds);
    this.events = new Events({ ...options, commits });
    this.hooks = new Hooks({ ...options, commits });
    const analyses = new Analyses(options);
    this.ruleTests = new RuleTests({
      ...options,
      sourceOf: (id) => this.rules.sourceOf(id),
      findText: (id) => this.rules.findText(id),
      recorded: new RecordedTests({ ...options, runOf: (id) => this.runs.get(id) }),
    });
    const { runs, hooks, ruleTests: tests } = this;
    this.rules = new Rules({ ...options, runs, hooks, analyses, tests });
    this.backtests = new Backtests({ ...options, rules: this.rules });
    this.shadows = new Shadows({ ...options, rules: this.rules });
    this.deviceMoves = new DeviceMoves({ ...options, rules: this.rules, commits });
  }

  /** At start: what the last process left. */
  loadPeople(left: {
    readonly audit: readonly AuditView[];
    readonly logins: readonly LoginRow[];
    readonly tokens: readonly TokenRow[];
  }): void {
    this.audit.load(left.audit);
    this.entry.logins.load(left.logins);
    this.tokens.load(left.tokens);
  }

  as(actor: Actor): Api {
    return new GuardedApi(this, actor, { log: this.audit, loops: this.#loops });
  }

  /** What an MQTT client did: for live views and, where it was denied, the audit. */
  clientTold(event: ClientHappening): void {
    this.lines.client(event);
    this.audit.clientTold(event);
  }

  system(): SystemView {
    const { system, clock, home, live, states, devices } = this.#options;
    const { engine, releases } = live;
    return {
      version: system.version,
      node: process.version,
      startedAt: this.#startedAt,
      now: clock.now(),
      zone: home.zone,
      ...(home.place && { place: { latitude: home.place.latitude, longitude: home.place.longitude } }),
      dataDir: system.dataDir,
      listeners: system.listeners(),
      machine: system.machine(),
      counters: {
        rules: this.rules.size,
        runsWaiting: engine.runs.size,
        timers: engine.due.size,
        topics: states.size,
        topicsRefused: states.refused,
        devices: devices.roster.size,
        devicesRefused: devices.roster.refused,
        effectsReleased: releases.released,
        effectsWaiting: releases.waiting,
        messagesDropped: engine.droppedMessages,
        engineFaults: engine.faults,
        outcomesDropped: this.#outcomes.dropped,
        auditOverflowed: this.audit.overflowed,
        flowLoopsCut: this.#loops.cut,
        ...this.flowCalls.counters(),
        ...system.counters(),
      },
    };
  }

  isReady(): boolean {
    return this.#options.system.isReady();
  }

  watch<Channel extends LiveChannel>(
    channel: Channel,
    filter: string | undefined,
    listener: (item: LiveItems[Channel]) => void,
  ): Undo {
    if (channel !== 'flows') return this.#options.watchers.add(channel, filter, listener);
    if (filter === undefined)
      throw fail('bad-filter', 'the channel flows wants the name of a flow as filter');
    return this.flowCalls.listen(filter, listener as (item: LiveItems['flows']) => void);
  }

  /** A message was kept; for live views. */
  stateKept(state: TopicState): void {
    const { watchers, broker } = this.#options;
    watchers.tell('topics', state.topic, () =>
      topicViewOf(state, state.retain || broker.isRetained(state.topic)),
    );
  }

  /** A run ended, or a wake-up became none. */
  runEnded(trace: LateTrace): void {
    this.runTold(trace);
    if (this.#options.tellsOutcomes) this.#outcomes.ended(trace.head);
  }

  /** A run began to wait, went on or ended; for live views. */
  // hot: test/bench/engine.ts
  runTold(trace: LateTrace): void {
    const { watchers } = this.#options;
    const { rule } = trace.head;
    watchers.tell('runs', rule, () => trace.read());
    if (!watchers.areThere('rules') || !this.rules.has(rule)) return;
    watchers.tell('rules', rule, () => ({ change: 'outcome', rule: this.rules.summary(rule) }));
  }
}
