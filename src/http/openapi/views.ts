// The shapes of answers for the OpenAPI document. Types are contract.ts; the compiler holds these schemas to them.
import { z } from 'zod';
import {
  type AclCheckView,
  type AclRuleView,
  type AddedTokenView,
  type AddedUserView,
  type AuditView,
  type BridgeView,
  type CheckView,
  type ClientSummary,
  type EvaluateView,
  type FunctionView,
  type ProblemDocument,
  type ProblemView,
  permissions,
  type RuleSummary,
  type RuleVersionView,
  type RuleView,
  type RunSummary,
  type SecretView,
  type SessionView,
  type SetupView,
  type SystemView,
  type TimerView,
  type TokenView,
  type TopicNode,
  type TopicView,
  type UserView,
} from '../../api/index.ts';
import { part, runStatus, runView } from './trace-view.ts';

const text = z.string();
const millis = z.number();
const count = z.number();
const page = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: text.exactOptional() });
const list = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item) });

const problemView = z.object({
  path: text,
  code: text,
  message: text,
  severity: z.enum(['error', 'warning']),
  line: count.exactOptional(),
  column: count.exactOptional(),
  start: count.exactOptional(),
  end: count.exactOptional(),
  suggestion: text.exactOptional(),
}) satisfies z.ZodType<ProblemView>;

const problemDocument = z.object({
  type: text,
  title: text,
  status: count,
  code: text,
  detail: text,
  problems: z.array(problemView).exactOptional(),
}) satisfies z.ZodType<ProblemDocument>;

const systemView = z.object({
  version: text,
  node: text,
  startedAt: millis,
  now: millis,
  zone: text,
  dataDir: text,
  listeners: z.array(
    z.object({
      kind: z.enum(['mqtt', 'mqtts', 'ws', 'wss', 'unix', 'http', 'socket']),
      address: text,
      port: count.exactOptional(),
    }),
  ),
  counters: z.record(z.string(), count),
}) satisfies z.ZodType<SystemView>;

const runSummary = z.object({
  id: text,
  rule: text,
  version: count,
  at: millis,
  endedAt: millis.exactOptional(),
  status: runStatus,
  reason: text.exactOptional(),
  key: text.exactOptional(),
  verb: text,
  topic: text.exactOptional(),
  due: millis.exactOptional(),
}) satisfies z.ZodType<RunSummary>;

const ruleSummary = z.object({
  id: text,
  name: text,
  description: text,
  labels: z.array(text),
  enabled: z.boolean(),
  mode: z.enum(['single', 'restart', 'queued', 'parallel']),
  version: count,
  savedAt: millis,
  last: runSummary.exactOptional(),
  counters: z.partialRecord(runStatus, count),
  waiting: count,
  breaker: z.enum(['closed', 'open', 'half-open']),
}) satisfies z.ZodType<RuleSummary>;

const ruleView = ruleSummary.extend({
  source: text,
  document: z.record(z.string(), z.unknown()),
  problems: z.array(problemView),
  webhooks: z.array(z.object({ name: text, secret: text })).exactOptional(),
}) satisfies z.ZodType<RuleView>;

const ruleVersionView = z.object({
  rule: text,
  version: count,
  author: text,
  note: text,
  savedAt: millis,
  diff: z
    .object({
      from: count,
      text,
      paths: z.array(z.object({ path: text, change: z.enum(['added', 'removed', 'changed']) })),
    })
    .exactOptional(),
  source: text.exactOptional(),
}) satisfies z.ZodType<RuleVersionView>;

const checkView = z.object({
  rule: z.object({ id: text, name: text }).exactOptional(),
  problems: z.array(problemView),
}) satisfies z.ZodType<CheckView>;

const timerView = z.object({
  id: text,
  kind: z.enum(['run', 'schedule', 'hold']),
  rule: text,
  due: millis,
  leftMs: millis,
  path: text,
  verb: text,
  run: text.exactOptional(),
  about: text.exactOptional(),
}) satisfies z.ZodType<TimerView>;

const topicView = z.object({
  topic: text,
  payload: text,
  binary: z.boolean().exactOptional(),
  truncated: z.boolean().exactOptional(),
  bytes: count,
  at: millis,
  changedAt: millis,
  qos: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  retain: z.boolean(),
  retained: z.boolean(),
  origin: text,
  by: text,
  messages: count,
}) satisfies z.ZodType<TopicView>;

const topicNode = z.object({
  name: text,
  topic: text,
  below: count,
  messages: count,
  value: topicView.exactOptional(),
}) satisfies z.ZodType<TopicNode>;

const userView = z.object({
  name: text,
  role: z.enum(['admin', 'editor', 'viewer', 'device']),
  enabled: z.boolean(),
  createdAt: millis,
  changedAt: millis,
}) satisfies z.ZodType<UserView>;

const addedUserView = userView.extend({
  password: text.exactOptional(),
}) satisfies z.ZodType<AddedUserView>;

const aclRuleView = z.object({
  id: text,
  user: text,
  access: z.enum(['read', 'write', 'readwrite', 'deny']),
  filter: text,
  at: millis,
}) satisfies z.ZodType<AclRuleView>;

const aclCheckView = z.object({ allowed: z.boolean(), because: text }) satisfies z.ZodType<AclCheckView>;

const bridgeView = z.object({
  name: text,
  source: z.enum(['file', 'api']),
  settings: z.looseObject({ enabled: z.boolean(), addresses: z.array(text), topics: z.array(text) }),
  hasPassword: z.boolean(),
  clientId: text,
  state: z.enum(['off', 'connecting', 'connected', 'waiting', 'idle']),
  since: millis,
  address: text,
  protocol: z.enum(['mqttv50', 'mqttv311']).exactOptional(),
  retryAt: millis.exactOptional(),
  lastError: z.object({ at: millis, message: text }).exactOptional(),
  counters: z.object({
    sent: count,
    received: count,
    queued: count,
    queuedBytes: count,
    dropped: count,
    missed: count,
    expired: count,
    refused: count,
    echoes: count,
    loops: count,
    connects: count,
    failures: count,
  }),
}) satisfies z.ZodType<BridgeView>;

const clientSummary = z.object({
  id: text,
  connected: z.boolean(),
  subscriptions: z.array(
    z.object({ filter: text, qos: z.union([z.literal(0), z.literal(1), z.literal(2)]) }),
  ),
  queued: count,
  user: text.exactOptional(),
  address: text.exactOptional(),
  transport: z.enum(['tcp', 'tls', 'ws', 'wss', 'unix']).exactOptional(),
  protocol: z.enum(['3.1', '3.1.1', '5.0']).exactOptional(),
  connectedAt: millis.exactOptional(),
  keepAlive: count.exactOptional(),
  clean: z.boolean().exactOptional(),
  inFlight: count.exactOptional(),
  messagesIn: count.exactOptional(),
  messagesOut: count.exactOptional(),
  bytesIn: count.exactOptional(),
  bytesOut: count.exactOptional(),
  dropped: count.exactOptional(),
}) satisfies z.ZodType<ClientSummary>;

const functionView = z.object({
  name: text,
  signature: text,
  en: text,
  zh: text,
  example: z.object({ source: text, result: z.unknown() }),
  isOwn: z.boolean(),
}) satisfies z.ZodType<FunctionView>;

const secretView = z.object({ name: text, changedAt: millis }) satisfies z.ZodType<SecretView>;

const evaluateView = z.object({
  value: z.unknown().optional(),
  type: z
    .enum(['missing', 'null', 'boolean', 'number', 'string', 'array', 'object', 'function'])
    .exactOptional(),
  error: z
    .object({ code: text, message: text, position: count, token: text.exactOptional() })
    .exactOptional(),
  parts: z.array(part),
  problems: z.array(problemView),
}) satisfies z.ZodType<EvaluateView>;

const permission = z.enum(permissions);

const sessionView = z.object({
  user: z
    .object({
      name: text,
      role: z.enum(['owner', 'admin', 'editor', 'viewer', 'token']),
      may: z.array(permission),
    })
    .exactOptional(),
  needsSetup: z.boolean(),
}) satisfies z.ZodType<SessionView>;

const setupView = sessionView.extend({
  device: z.object({ name: text, password: text }).exactOptional(),
}) satisfies z.ZodType<SetupView>;

const tokenView = z.object({
  id: text,
  name: text,
  scopes: z.array(permission),
  by: text,
  createdAt: millis,
  expiresAt: millis.exactOptional(),
  usedAt: millis.exactOptional(),
}) satisfies z.ZodType<TokenView>;

const addedTokenView = tokenView.extend({ token: text }) satisfies z.ZodType<AddedTokenView>;

const auditView = z.object({
  id: text,
  at: millis,
  who: text,
  action: text,
  target: text,
  address: text,
  outcome: z.enum(['done', 'failed', 'refused']),
  detail: text,
  count,
}) satisfies z.ZodType<AuditView>;

/** Every named shape of an answer. */
export const views = {
  Health: z.object({ status: z.enum(['ok', 'ready']) }),
  ProblemDocument: problemDocument,
  ProblemView: problemView,
  SystemView: systemView,
  RuleSummary: ruleSummary,
  RuleList: list(ruleSummary),
  RuleView: ruleView,
  RuleVersionView: ruleVersionView,
  RuleVersionList: list(ruleVersionView),
  CheckView: checkView,
  RunSummary: runSummary,
  RunPage: page(runSummary),
  RunView: runView,
  SecretView: secretView,
  SecretList: list(secretView),
  FunctionView: functionView,
  FunctionList: list(functionView),
  EvaluateView: evaluateView,
  TimerView: timerView,
  TimerList: list(timerView),
  ClientSummary: clientSummary,
  ClientPage: page(clientSummary),
  TopicView: topicView,
  TopicNode: topicNode,
  TopicPage: z.union([page(topicView), list(topicNode)]),
  UserView: userView,
  AddedUserView: addedUserView,
  UserList: list(userView),
  AclRuleView: aclRuleView,
  AclRuleList: list(aclRuleView),
  AclCheckView: aclCheckView,
  BridgeView: bridgeView,
  BridgeList: list(bridgeView),
  SessionView: sessionView,
  SetupView: setupView,
  TokenView: tokenView,
  TokenList: list(tokenView),
  AddedTokenView: addedTokenView,
  AuditView: auditView,
  AuditPage: page(auditView),
} as const;

export type ViewName = keyof typeof views;
