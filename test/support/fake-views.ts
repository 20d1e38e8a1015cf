// Answers as the use cases give them, for tests of adapters.
import type {
  AclRuleView,
  AuditView,
  BacktestView,
  BridgeView,
  BrowserSessionView,
  CausesView,
  DeviceMappingView,
  DeviceView,
  FindingView,
  FlowsView,
  FlowVersionView,
  HistoryView,
  MessageView,
  PluginView,
  RuleSummary,
  RunSummary,
  RunView,
  SystemView,
  TimerView,
  TokenView,
  TopicView,
  UserView,
} from '../../src/api/index.ts';

export function topicView(topic: string, more: Partial<TopicView> = {}): TopicView {
  const base = { topic, payload: '21', bytes: 2, at: 1000, changedAt: 900, qos: 0, retain: false } as const;
  return { ...base, retained: false, origin: 'client', by: 'sensor', messages: 1, ...more };
}

export function deviceView(id: string, more: Partial<DeviceView> = {}): DeviceView {
  const on = { id: 'on', name: 'On', kind: 'boolean', reported: true, commandable: true } as const;
  const { by, at } = { by: { origin: 'client', id: 'zigbee' }, at: 1000 };
  return {
    ...{ id, version: 1, name: 'Lamp', room: 'study', labels: ['night'], hidden: false, note: '' },
    ...{ format: 'mapping', key: id, createdAt: 500, online: true, seen: 1000, gone: false, problems: [] },
    properties: [{ ...on, value: true, at, changedAt: at, by }],
    ...more,
  };
}

export function mappingView(id: string): DeviceMappingView {
  const description = { properties: [{ id: 'on', name: 'On', kind: 'boolean' }] } as const;
  return {
    id,
    version: 1,
    changedAt: 1000,
    author: 'ann',
    description: { properties: [...description.properties] },
  };
}

export function runSummary(id: string, more: Partial<RunSummary> = {}): RunSummary {
  return {
    id,
    rule: 'fan',
    version: 1,
    at: 1000,
    endedAt: 1001,
    status: 'finished',
    verb: 'message',
    ...more,
  };
}

export function runView(id: string, more: Partial<RunView> = {}): RunView {
  const trigger = { index: 0, verb: 'message', at: 1000, topic: 'home/kitchen/temperature', seq: 7 };
  return {
    id,
    rule: 'fan',
    version: 1,
    at: 1000,
    status: 'finished',
    trigger,
    conditions: [],
    steps: [],
    ...more,
  };
}

export function timerView(id: string, more: Partial<TimerView> = {}): TimerView {
  const base = { id, kind: 'run', rule: 'fan', due: 6000, leftMs: 5000 } as const;
  return { ...base, path: 'actions[0]', verb: 'delay', run: id, ...more };
}

export function ruleSummary(id: string, more: Partial<RuleSummary> = {}): RuleSummary {
  const base = { id, name: id, description: '', labels: [], enabled: true, mode: 'single' } as const;
  return {
    ...base,
    version: 1,
    savedAt: 500,
    last: runSummary('r1'),
    counters: { finished: 3 },
    breaker: 'closed',
    waiting: 0,
    ...more,
  };
}

export function findingView(more: Partial<FindingView> = {}): FindingView {
  const path = [{ rule: 'fan', path: 'actions[0]', to: 'home/fan' }];
  return {
    code: 'loop',
    severity: 'warning',
    rules: ['fan'],
    path,
    words: '"fan" wakes itself',
    params: { way: 'fan → home/fan → fan' },
    ...more,
  };
}

export function userView(name: string, more: Partial<UserView> = {}): UserView {
  return { name, role: 'device', enabled: true, createdAt: 1000, changedAt: 1000, ...more };
}

const noBridgeFigures = {
  ...{ sent: 0, received: 0, queued: 0, queuedBytes: 0, dropped: 0, missed: 0 },
  ...{ expired: 0, refused: 0, echoes: 0, loops: 0, connects: 0, failures: 0 },
};

export function bridgeView(name: string): BridgeView {
  return {
    name,
    source: 'api',
    settings: { enabled: true, addresses: ['mqtt.example'], topics: ['# out'], keepalive: '60s' },
    hasPassword: true,
    clientId: `${name}.here`,
    state: 'connected',
    since: 1000,
    address: 'mqtt.example',
    protocol: 'mqttv50',
    counters: { ...noBridgeFigures, sent: 3 },
  };
}

export function pluginView(id: string, more: Partial<PluginView> = {}): PluginView {
  const words = { en: 'Bemfa Cloud', zh: '巴法云' };
  const offers = { actions: ['say'], channels: [], routes: [] };
  const figures = { calls: 3, refused: 0, dropped: 0, errors: 0, crashes: 0 };
  const state = { enabled: true, state: 'running', reason: '', health: 'ok', words: '' } as const;
  const given = { permissions: { publish: ['#'] }, schema: {}, config: {}, isIsolated: false };
  return {
    id,
    version: '1.0.0',
    contract: 1,
    name: words,
    origin: 'shipped',
    ...state,
    ...given,
    ...offers,
    figures,
    ...more,
  };
}

export function aclRuleView(id: string, more: Partial<AclRuleView> = {}): AclRuleView {
  return { id, user: 'lamp', access: 'read', filter: 'home/#', at: 1000, ...more };
}

export function auditView(id: string, more: Partial<AuditView> = {}): AuditView {
  const base = { id, at: 1000, who: 'anna', action: 'rules.save', target: 'fan', address: '127.0.0.1' };
  return { ...base, outcome: 'done', detail: 'version=2', count: 1, ...more };
}

export const sessionView: BrowserSessionView = {
  id: 's1',
  user: 'anna',
  address: '192.168.1.20',
  browser: 'Mozilla/5.0 Firefox/150.0',
  createdAt: 1000,
  seenAt: 2000,
  isCurrent: true,
};

export function tokenView(id: string, more: Partial<TokenView> = {}): TokenView {
  return { id, name: 'grafana', scopes: ['read'], by: 'anna', createdAt: 1000, ...more };
}

export const defaultSystem: SystemView = {
  version: '0.1.0',
  node: 'v24.0.0',
  startedAt: 1000,
  now: 61_000,
  zone: 'Asia/Shanghai',
  dataDir: '/data',
  listeners: [{ kind: 'mqtt', address: '127.0.0.1', port: 1883 }],
  machine: { addresses: ['192.168.1.5'], memoryBytes: 1e8, loopDelayMs: 2 },
  counters: { messagesIn: 12, 'rules.runs': 3 },
};

export function historyView(topic: string): HistoryView {
  const points = [
    { at: 0, count: 2, changes: 1, last: 3, min: 1, max: 3, mean: 2 },
    { at: 500, count: 1, changes: 1, last: 9, min: 9, max: 9, mean: 9 },
  ];
  return { topic, path: '', from: 0, to: 999, source: 'samples', widthMs: 500, points, gaps: [] };
}

export function messageView(topic: string): MessageView {
  return {
    ...{ id: '7', at: 1000, topic, payload: 'on, "x"', bytes: 7 },
    ...{ qos: 0, retain: false, origin: 'client', by: 'lamp' },
  };
}

export const causesView: CausesView = {
  at: 2000,
  value: 'ON',
  since: 1000,
  links: [
    { kind: 'report', at: 1000, topic: 'lamp', value: 'ON', origin: 'client', by: 'lamp-1' },
    { kind: 'message', at: 900, topic: 'lamp/set', value: 'ON', origin: 'rule', by: 'fan' },
    {
      ...{ kind: 'run', at: 900, run: 'r1', rule: 'fan', version: 2, path: 'actions[0]' },
      trigger: { index: 0, verb: 'message' },
    },
    { kind: 'message', at: 900, topic: 'press', value: 1, origin: 'api', by: 'anna' },
  ],
  end: { kind: 'person', by: 'anna' },
  gaps: [],
};

export function flowsView(more: Partial<FlowsView> = {}): FlowsView {
  return { state: 'running', since: 1000, version: '5.0.7', pid: 7, rss: 100_000_000, restarts: 0, ...more };
}

export function flowVersionView(version: number, more: Partial<FlowVersionView> = {}): FlowVersionView {
  return { version, at: 1000, by: 'ann', type: 'full', ...more };
}

export const backtestView: BacktestView = {
  ...{ rule: 'fan', version: 2, from: 0, to: 1000, messages: 12, fired: 1, effects: 1 },
  firings: [
    {
      at: 500,
      rule: 'fan',
      trigger: { verb: 'message', index: 0, topic: 'home/t', payload: 26 },
      outcome: 'finished',
      effects: [{ at: 500, kind: 'publish', topic: 'fan/set', payload: 'ON', qos: 1, retain: false }],
    },
  ],
  outcomes: { finished: 1, 'conditions-failed': 3 },
  agreement: { windowMs: 300_000, matched: 0, contradicted: 0, missed: 0, byHand: [] },
  incomplete: [],
  seconds: 0.2,
};
