// A double of the use cases for tests of adapters: keeps rules in a map, records what was asked, fails on demand.
import {
  type Actor,
  type Api,
  type Credentials,
  type HouseDoor,
  type LiveChannel,
  type LiveItems,
  owner,
  type PublishRequest,
  permissions,
  type RuleVersionView,
  type RuleView,
  type SystemView,
  type TopicView,
} from '../../src/api/index.ts';
import { HomeruleError, parseFilter } from '../../src/base/index.ts';
import { fakeAcl } from './fake-acl.ts';
import { fakeBackups } from './fake-backups.ts';
import { fakeExpressions, fakeSecrets } from './fake-expressions.ts';
import {
  fakeBridges,
  fakeEvents,
  fakeFlowCalls,
  fakeFlowSeeds,
  fakeFlows,
  fakePlugins,
} from './fake-extensions.ts';
import {
  fakeBacktests,
  fakeCauses,
  fakeHistory,
  fakeInquiries,
  fakeMessages,
  fakePast,
} from './fake-history.ts';
import { fakeSessions, fakeTokens } from './fake-logins.ts';
import { fakeRuleTests, fakeShadows } from './fake-rule-tests.ts';
import { fakeTimers } from './fake-timers.ts';
import {
  auditView,
  defaultSystem,
  deviceView,
  findingView,
  mappingView,
  ruleSummary,
  runSummary,
  runView,
  topicView,
  userView,
} from './fake-views.ts';

export interface FakeCall {
  readonly what: string;
  readonly actor?: Actor;
  readonly args: readonly unknown[];
}

interface Watcher {
  readonly channel: LiveChannel;
  readonly filter: string | undefined;
  readonly listener: (item: LiveItems[LiveChannel]) => void;
}

const paths = [{ path: 'name', change: 'changed' }] as const;
const versionDiff = { from: 1, text: '@@ -1,1 +1,1 @@\n-a\n+b', paths };

const missing = (what: string, id: string): HomeruleError =>
  new HomeruleError(`${what}-missing`, 'missing', `there is no ${what} "${id}"`);

export class FakeApi implements Api, HouseDoor {
  readonly calls: FakeCall[] = [];
  readonly versionsOf = new Map<string, RuleView[]>();
  readonly watchers = new Set<Watcher>();
  readonly topicViews = new Map<string, TopicView>();
  isReadyNow = true;
  systemView = defaultSystem;
  /** Thrown by the next use case that is recorded. */
  failure: unknown;

  isReady(): boolean {
    return this.isReadyNow;
  }

  system(): SystemView {
    return this.systemView;
  }

  watch<Channel extends LiveChannel>(
    channel: Channel,
    filter: string | undefined,
    listener: (item: LiveItems[Channel]) => void,
  ): () => void {
    if (channel === 'topics' && filter !== undefined) parseFilter(filter);
    const watcher = { channel, filter, listener: listener as Watcher['listener'] };
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  /** What happens in the house: given to whoever watches the channel. */
  emit<Channel extends LiveChannel>(channel: Channel, item: LiveItems[Channel]): void {
    for (const watcher of this.watchers) if (watcher.channel === channel) watcher.listener(item);
  }

  /** Whoever it is may do everything here. */
  as(): Api {
    return this;
  }

  readonly audit: Api['audit'] = {
    list: (query) => {
      this.#record('audit.list', undefined, query);
      return { items: [auditView('a1')], next: 'a1' };
    },
  };

  /** What those who came had with them. */
  readonly seen: Credentials[] = [];
  /** Who comes in next; this machine's owner otherwise. */
  actor: Actor | undefined;

  readonly hooks: HouseDoor['hooks'] = {
    call: async (call) => this.#record('hooks.call', undefined, call),
  };
  readonly entry: HouseDoor['entry'] = {
    identify: (credentials) => {
      this.seen.push(credentials);
      const { isSocket, address } = credentials;
      return this.actor ?? owner(isSocket ? 'socket' : 'owner', address);
    },
    isCurrent: () => this.actor === undefined || this.actor.may.includes('read'),
    session: () => {
      if (this.actor?.role === 'nobody') return { needsSetup: false };
      return { needsSetup: true, user: { name: 'owner', role: 'owner', may: [...permissions] } };
    },
    setup: async (credentials, request) => {
      this.#record('entry.setup', undefined, credentials.address, request);
      return { secret: 'geheim', view: { needsSetup: false } };
    },
    login: async (credentials, request) => {
      this.#record('entry.login', undefined, credentials.address, request);
      return { secret: 'geheim', view: { needsSetup: false } };
    },
    logout: async (credentials) => this.#record('entry.logout', undefined, credentials.secret),
  };

  readonly tokens = fakeTokens((...call) => this.#record(...call));
  readonly sessions = fakeSessions((...call) => this.#record(...call));

  readonly ruleTests = fakeRuleTests((...call) => this.#record(...call));
  readonly shadows = fakeShadows(
    (...call) => this.#record(...call),
    (id) => this.#rule(id),
  );

  readonly rules: Api['rules'] = {
    list: () => [...this.versionsOf.keys()].map((id) => ruleSummary(id)),
    get: async (id) => this.#rule(id),
    check: (text) => {
      this.#record('rules.check', undefined, text);
      const problem = {
        path: 'triggers',
        code: 'missing',
        message: 'no triggers',
        severity: 'error',
      } as const;
      return text.includes('bad')
        ? { problems: [problem], findings: [] }
        : { rule: { id: 'fan', name: 'fan' }, problems: [], findings: [] };
    },
    translate: (text) => {
      this.#record('rules.translate', undefined, text);
      return {
        items: [{ id: 'fan', yaml: 'id: fan', remarks: [{ line: 2, kind: 'untranslated', text: 'x' }] }],
      };
    },
    kinds: () => ({ triggers: [], actions: [] }),
    analysis: async () => {
      this.#record('rules.analysis', undefined);
      return { rules: 1, findings: [findingView()], nodes: [], edges: [], isPartial: false };
    },
    save: async (actor, options) => {
      this.#record('rules.save', actor, options);
      const id = options.id ?? /id"?: *"?(\w+)/.exec(options.text)?.[1] ?? 'fan';
      const present = this.versionsOf.get(id)?.at(-1)?.version ?? 0;
      if (options.ifVersion !== undefined && options.ifVersion !== present) {
        throw new HomeruleError('version-conflict', 'conflict', `version ${present} is the latest`);
      }
      return this.#add(id, options.text);
    },
    delete: async (actor, id, ifVersion) => {
      this.#record('rules.delete', actor, id, ifVersion);
      this.#rule(id);
      this.versionsOf.delete(id);
    },
    setEnabled: async (actor, id, isEnabled) => {
      this.#record('rules.setEnabled', actor, id, isEnabled);
      this.#rule(id);
      return ruleSummary(id, { enabled: isEnabled });
    },
    run: async (actor, id, request) => {
      this.#record('rules.run', actor, id, request);
      this.#rule(id);
      return runView('run-1', { rule: id });
    },
    versions: async (id) =>
      this.#versions(id).map(({ source: _, ...version }) =>
        version.version === 1 ? version : { ...version, diff: versionDiff },
      ),
    version: async (id, version) => {
      const found = this.#versions(id).find((candidate) => candidate.version === version);
      if (found === undefined) throw missing('version', `${id}/${version}`);
      return found;
    },
    rollback: async (actor, id, request, ifVersion) => {
      this.#record('rules.rollback', actor, id, request, ifVersion);
      const { version } = request;
      return this.#add(id, (await this.rules.version(id, version)).source ?? '');
    },
  };

  readonly runs: Api['runs'] = {
    list: async (options) => {
      this.#record('runs.list', undefined, options);
      return { items: [runSummary('run-2'), runSummary('run-1')], next: 'run-1' };
    },
    get: async (id) => {
      if (!id.startsWith('run-')) throw missing('run', id);
      return runView(id);
    },
    cancel: async (actor, id) => {
      this.#record('runs.cancel', actor, id);
      return runView(id, { status: 'cancelled' });
    },
  };

  readonly timers = fakeTimers((...call) => this.#record(...call));
  readonly clients: Api['clients'] = {
    list: (options) => {
      this.#record('clients.list', undefined, options);
      return { items: [{ id: 'a/b', connected: false, subscriptions: [], queued: 3 }] };
    },
    end: async (actor, id) => {
      this.#record('clients.end', actor, id);
      if (id === 'nobody') throw missing('client', id);
    },
  };

  readonly topics: Api['topics'] = {
    list: (options) => {
      this.#record('topics.list', undefined, options);
      return { items: [topicView('home/kitchen/temperature')] };
    },
    children: (parent) => {
      this.#record('topics.children', undefined, parent);
      return [{ name: 'kitchen', topic: 'home/kitchen', below: 1, messages: 1 }];
    },
    get: (topic) => {
      this.#record('topics.get', undefined, topic);
      if (topic === 'nobody') throw missing('topic', topic);
      return topicView(topic);
    },
    publish: async (actor: Actor, request: PublishRequest) => this.#record('topics.publish', actor, request),
    clearRetained: async (actor, topic) => this.#record('topics.clearRetained', actor, topic),
  };

  readonly devices: Api['devices'] = {
    list: (query) => {
      this.#record('devices.list', undefined, query);
      return { items: [deviceView('lamp')] };
    },
    get: (id) => {
      if (id === 'nobody') throw missing('device', id);
      return deviceView(id);
    },
    edit: async (actor, id, request, ifVersion) => {
      this.#record('devices.edit', actor, id, request, ifVersion);
      return deviceView(id, { version: 2 });
    },
    set: async (actor, id, request) => {
      this.#record('devices.set', actor, id, request);
      return {
        device: id,
        commands: [{ topic: `${id}/set`, payload: request.properties, qos: 1, retain: false }],
      };
    },
    forget: async (actor, id) => this.#record('devices.forget', actor, id),
  };

  readonly deviceMoves: Api['deviceMoves'] = {
    usedBy: (device) => ({ device, topics: [], rules: [], bridges: [] }),
    rename: async (actor, id, request) => {
      this.#record('deviceMoves.rename', actor, id, request);
      return { device: id, applied: false, topics: [], rules: [], bridges: [], lost: [] };
    },
    replace: async (actor, id, request) => {
      this.#record('deviceMoves.replace', actor, id, request);
      return { device: id, applied: true, topics: [], rules: [], bridges: [], lost: ['color'] };
    },
  };

  readonly deviceMappings: Api['deviceMappings'] = {
    list: () => [mappingView('gate')],
    get: (id) => mappingView(id),
    save: async (actor, id, request, ifVersion) => {
      this.#record('deviceMappings.save', actor, id, request, ifVersion);
      return mappingView(id);
    },
    delete: async (actor, id) => this.#record('deviceMappings.delete', actor, id),
  };

  readonly variables: Api['variables'] = {
    list: () => [{ name: 'holiday', value: true, at: 1000, by: 'ann' }],
    get: (name) => ({ name, value: true, at: 1000, by: 'ann' }),
    set: async (actor, name, request) => {
      this.#record('variables.set', actor, name, request);
      return { name, value: request.value, at: 1000, by: 'ann' };
    },
    delete: async (actor, name) => this.#record('variables.delete', actor, name),
  };

  readonly users: Api['users'] = {
    list: () => [userView('lamp')],
    get: (name) => {
      if (name === 'nobody') throw missing('user', name);
      return userView(name);
    },
    add: async (actor, request) => {
      this.#record('users.add', actor, request);
      const user = userView(request.name, { role: request.role ?? 'device' });
      return request.password === undefined ? { ...user, password: 'made-by-the-house' } : user;
    },
    setPassword: async (actor, name, password) => {
      this.#record('users.setPassword', actor, name, password);
      return userView(name);
    },
    setEnabled: async (actor, name, isEnabled) => {
      this.#record('users.setEnabled', actor, name, isEnabled);
      return userView(name, { enabled: isEnabled });
    },
    delete: async (actor, name) => this.#record('users.delete', actor, name),
  };

  readonly backups = fakeBackups((...call) => this.#record(...call));
  readonly bridges = fakeBridges((...call) => this.#record(...call));
  readonly plugins = fakePlugins((...call) => this.#record(...call));
  readonly flowCalls = fakeFlowCalls((...call) => this.#record(...call));
  readonly flowSeeds = fakeFlowSeeds((...call) => this.#record(...call));
  readonly events = fakeEvents((...call) => this.#record(...call));
  readonly flows = fakeFlows((...call) => this.#record(...call));

  readonly secrets = fakeSecrets((...call) => this.#record(...call));
  readonly expressions = fakeExpressions((...call) => this.#record(...call));

  readonly acl = fakeAcl((what, actor, ...args) => this.#record(what, actor, ...args));

  readonly history = fakeHistory((what, query) => this.#record(what, undefined, query));
  readonly inquiries = fakeInquiries((...call) => this.#record(...call));
  readonly causes = fakeCauses((what, query) => this.#record(what, undefined, query));
  readonly past = fakePast((what, query) => this.#record(what, undefined, query));
  readonly backtests = fakeBacktests((what, id, request) => this.#record(what, undefined, id, request));
  readonly messages = fakeMessages((what, query) => this.#record(what, undefined, query));

  #record(what: string, actor: Actor | undefined, ...args: unknown[]): void {
    this.calls.push(actor === undefined ? { what, args } : { what, actor, args });
    const { failure } = this;
    this.failure = undefined;
    if (failure !== undefined) throw failure;
  }

  #add(id: string, source: string): RuleView {
    const all = this.versionsOf.get(id) ?? [];
    const summary = ruleSummary(id, { version: (all.at(-1)?.version ?? 0) + 1 });
    const view: RuleView = { ...summary, source, document: { id }, problems: [] };
    this.versionsOf.set(id, [...all, view]);
    return view;
  }

  #rule(id: string): RuleView {
    const view = this.versionsOf.get(id)?.at(-1);
    if (view === undefined) throw missing('rule', id);
    return view;
  }

  #versions(id: string): RuleVersionView[] {
    this.#rule(id);
    const all = this.versionsOf.get(id) ?? [];
    return all
      .map(({ version, savedAt, source }) => ({
        rule: id,
        version,
        author: 'owner',
        note: '',
        savedAt,
        source,
      }))
      .reverse();
  }
}
