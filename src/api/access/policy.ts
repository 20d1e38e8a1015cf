// The one table of who may do what, and of what is written down. A use case without a row does not compile.
import type { Api } from '../api.ts';
import type { Permission } from './permissions.ts';

/** What the audit says of a use case. */
export interface Trail {
  /** The second argument where it is text, else this field of it or of the answer. */
  readonly target: string;
  /** Fields of the answer or of the argument. */
  readonly detail: readonly string[];
  /** Happens often: one entry a minute for the same actor, with a count and the first target. */
  readonly isCounted: boolean;
}

export interface Policy {
  readonly needs: Permission;
  /** The flows of the house may, too: who draws them is an administrator. */
  readonly isForFlows?: boolean;
  /** Absent for what changes nothing. */
  readonly trail?: Trail;
}

/** The parts of the API that hold use cases. */
export type RoomName = {
  [Name in keyof Api]: Api[Name] extends (...input: never) => unknown ? never : Name;
}[keyof Api];

export type Policies = {
  readonly [Room in RoomName]: { readonly [UseCase in keyof Api[Room]]: Policy };
};

const reads: Policy = { needs: 'read' };
const administers: Policy = { needs: 'admin' };
/** Of rules, for flows. */
export const takesCalls: Policy = { needs: 'admin', isForFlows: true };

function writes(needs: Permission, target: string, ...detail: readonly string[]): Policy {
  return { needs, trail: { target, detail, isCounted: false } };
}

export const policies: Policies = {
  rules: {
    list: reads,
    get: reads,
    check: reads,
    translate: reads,
    kinds: reads,
    analysis: reads,
    save: writes('edit', 'id', 'version'),
    delete: writes('edit', 'id'),
    setEnabled: { ...writes('edit', 'id', 'enabled'), isForFlows: true },
    run: writes('operate', 'rule', 'id'),
    versions: reads,
    version: reads,
    rollback: writes('edit', 'id', 'version'),
  },
  ruleTests: { test: reads, fromRun: reads },
  shadows: { list: reads, promote: writes('edit', 'id', 'version') },
  runs: { list: reads, get: reads, cancel: writes('operate', 'id', 'rule') },
  timers: { list: reads, fire: writes('operate', 'id'), cancel: writes('operate', 'id') },
  topics: {
    list: reads,
    children: reads,
    get: reads,
    publish: { needs: 'operate', trail: { target: 'topic', detail: [], isCounted: true } },
    clearRetained: writes('operate', 'topic'),
  },
  devices: {
    list: reads,
    get: reads,
    edit: writes('edit', 'id', 'version'),
    set: { needs: 'operate', trail: { target: 'device', detail: [], isCounted: true } },
    forget: writes('edit', 'id'),
  },
  deviceMoves: {
    usedBy: reads,
    rename: writes('edit', 'id', 'applied'),
    replace: writes('edit', 'id', 'applied'),
  },
  deviceMappings: {
    list: reads,
    get: reads,
    save: writes('edit', 'id', 'version'),
    delete: writes('edit', 'id'),
  },
  variables: {
    list: reads,
    get: reads,
    set: writes('operate', 'name'),
    delete: writes('operate', 'name'),
  },
  history: { draw: reads, samples: reads, series: reads },
  messages: { list: reads, all: reads },
  causes: { of: reads },
  backtests: { run: { needs: 'edit' } },
  past: { states: reads },
  /** A draft may read all that its author may not see: secrets among it are hidden in traces. */
  inquiries: { dryRun: { needs: 'edit' }, explain: reads },
  clients: { list: reads, end: writes('admin', 'id') },
  users: {
    list: administers,
    get: administers,
    add: writes('admin', 'name', 'role'),
    setPassword: writes('admin', 'name'),
    setEnabled: writes('admin', 'name', 'enabled'),
    delete: writes('admin', 'name'),
  },
  acl: {
    list: administers,
    add: writes('admin', 'user', 'access', 'filter'),
    delete: writes('admin', 'id'),
    check: administers,
    who: administers,
    reload: writes('admin', ''),
  },
  plugins: {
    list: administers,
    get: administers,
    install: writes('admin', 'id', 'version'),
    setEnabled: writes('admin', 'id', 'enabled', 'state'),
    configure: writes('admin', 'id'),
    remove: writes('admin', 'id'),
    /** Who writes rules can call it anyway. */
    act: writes('edit', 'action'),
    channels: reads,
    /** Of people in the house: as rules do, so flows may. */
    notify: { needs: 'operate', trail: { target: 'channels', detail: [], isCounted: true } },
    /** Each route of a plugin says what more it needs. */
    answer: reads,
  },
  flows: {
    state: reads,
    start: writes('admin', '', 'state'),
    stop: writes('admin', '', 'state'),
    restart: writes('admin', '', 'state'),
    versions: reads,
    version: reads,
    restore: writes('admin', 'version'),
  },
  backups: {
    list: administers,
    make: writes('admin', 'id', 'hasHistory', 'hasKey'),
    get: administers,
    delete: writes('admin', 'id'),
    restore: writes('admin', 'id', 'kept'),
  },
  bridges: {
    list: administers,
    get: administers,
    save: writes('admin', 'name'),
    delete: writes('admin', 'name'),
  },
  secrets: { list: administers, put: writes('admin', 'name'), delete: writes('admin', 'name') },
  sessions: {
    list: administers,
    endOne: writes('admin', 'id', 'user'),
    endOthers: writes('admin', '', 'ended'),
  },
  tokens: { list: administers, add: writes('admin', 'name', 'scopes'), delete: writes('admin', 'id') },
  /** A text may compare secrets: whether it would pass is for those who may write rules. */
  expressions: { functions: reads, evaluate: reads, present: { needs: 'edit' } },
  /** Says what a rule asked for; the run's trace tells. */
  flowCalls: { answer: takesCalls },
  flowSeeds: { list: reads, add: writes('admin', 'name', 'added', 'replaced') },
  events: { emit: { needs: 'operate', trail: { target: 'name', detail: [], isCounted: true } } },
  audit: { list: administers },
};
