// Schemas of what comes in over HTTP; the shapes themselves are in contract.ts.
import { z } from 'zod';
import { mappingSchema } from '../devices/index.ts';
import { permissions } from './access/permissions.ts';
import type { LoginRequest, SetupRequest, TokenRequest } from './contract/access.ts';
import type { EvaluateRequest, SecretRequest } from './contract/expressions.ts';
import type { EventRequest, FlowAnswer } from './contract/flow-calls.ts';
import type { FlowSeedRequest } from './contract/flow-seeds.ts';
import type { FlowsRestoreRequest, FlowsStartRequest } from './contract/flows.ts';
import type {
  AclCheckRequest,
  AclRequest,
  AclWhoRequest,
  BacktestRequest,
  BackupRequest,
  BridgeRequest,
  DeviceEditRequest,
  DeviceMappingRequest,
  DeviceRenameRequest,
  DeviceReplaceRequest,
  DeviceSetRequest,
  DryRunRequest,
  DryTriggerRequest,
  ExplainRequest,
  NotificationRequest,
  PasswordRequest,
  PluginRequest,
  PromoteRequest,
  PublishRequest,
  RollbackRequest,
  RuleTestRequest,
  RunRequest,
  UserRequest,
  VariableRequest,
} from './contract.ts';

export const runRequest: z.ZodType<RunRequest> = z.strictObject({
  payload: z.unknown().optional(),
  skipConditions: z.boolean().exactOptional(),
});

export const ruleTestRequest: z.ZodType<RuleTestRequest> = z.strictObject({
  source: z.string().exactOptional(),
});

export const promoteRequest: z.ZodType<PromoteRequest> = z.strictObject({
  note: z.string().max(500).exactOptional(),
  force: z.boolean().exactOptional(),
});

export const publishRequest: z.ZodType<PublishRequest> = z.strictObject({
  topic: z.string(),
  payload: z.unknown(),
  qos: z.union([z.literal(0), z.literal(1), z.literal(2)]).exactOptional(),
  retain: z.boolean().exactOptional(),
});

const subject = z.string().max(1000).exactOptional();

export const causesQuery = z
  .strictObject({
    topic: subject,
    path: subject,
    device: subject,
    property: subject,
    at: z.string().exactOptional(),
  })
  .refine(
    ({ topic, path, device, property }) =>
      topic === undefined
        ? device !== undefined && property !== undefined && path === undefined
        : device === undefined && property === undefined,
    { message: 'expected topic=, with path= or not; or device= and property=' },
  );

const origin = z.enum(['client', 'rule', 'bridge', 'flow', 'api']);
const values = z.record(z.string(), z.unknown());

const dryTrigger: z.ZodType<DryTriggerRequest> = z
  .strictObject({
    index: z.int().min(0).exactOptional(),
    message: z
      .strictObject({
        topic: z.string(),
        payload: z.unknown(),
        retain: z.boolean().exactOptional(),
        qos: z.union([z.literal(0), z.literal(1), z.literal(2)]).exactOptional(),
        origin: origin.exactOptional(),
        by: z.string().max(1000).exactOptional(),
      })
      .exactOptional(),
    input: z.int().min(0).exactOptional(),
    signal: z
      .strictObject({
        kind: z.enum(['client', 'device', 'event', 'rule', 'webhook']),
        name: z.string(),
        value: z.unknown().optional(),
        data: z.unknown().optional(),
      })
      .exactOptional(),
    payload: z.unknown().optional(),
  })
  .refine((trigger) => Object.keys(trigger).length <= 1, { message: 'expected one of them' });

export const dryRunRequest: z.ZodType<DryRunRequest> = z.strictObject({
  source: z.string().exactOptional(),
  trigger: dryTrigger.exactOptional(),
  at: z.string().exactOptional(),
  advance: z.string().exactOptional(),
  skipConditions: z.boolean().exactOptional(),
  state: values.exactOptional(),
  variables: values.exactOptional(),
  answers: values.exactOptional(),
});

export const explainRequest: z.ZodType<ExplainRequest> = z.strictObject({
  at: z.string(),
  to: z.string().exactOptional(),
  window: z.string().exactOptional(),
});

const password = z.string().max(1024);
const userName = z.string().max(128);

export const userRequest: z.ZodType<UserRequest> = z.strictObject({
  name: userName,
  role: z.enum(['admin', 'editor', 'viewer', 'device']).exactOptional(),
  password: password.exactOptional(),
});

export const loginRequest: z.ZodType<LoginRequest> = z.strictObject({ username: userName, password });

export const setupRequest: z.ZodType<SetupRequest> = z.strictObject({
  username: userName,
  password,
  code: z.string().max(200),
  device: userName.exactOptional(),
});

export const tokenRequest: z.ZodType<TokenRequest> = z.strictObject({
  name: z.string().trim().min(1).max(100),
  scopes: z.array(z.enum(permissions)).min(1).max(permissions.length),
  days: z.int().min(1).max(3650).exactOptional(),
});

export const passwordRequest: z.ZodType<PasswordRequest> = z.strictObject({ password });

export const aclRequest: z.ZodType<AclRequest> = z.strictObject({
  user: userName,
  access: z.enum(['read', 'write', 'readwrite', 'deny']),
  filter: z.string().max(1000),
});

export const aclCheckRequest: z.ZodType<AclCheckRequest> = z.strictObject({
  user: userName.exactOptional(),
  client: z.string().max(1000).exactOptional(),
  access: z.enum(['read', 'write']),
  topic: z.string().max(1000),
});

export const aclWhoRequest: z.ZodType<AclWhoRequest> = z.strictObject({
  access: z.enum(['read', 'write']),
  topic: z.string().max(1000),
});

/** The bridges check the rest, for it comes from the configuration file too. */
export const bridgeRequest: z.ZodType<BridgeRequest> = z.looseObject({
  addresses: z.array(z.string().max(300)).max(100),
  topics: z.array(z.string().max(2000)).max(1000),
});

export const evaluateRequest: z.ZodType<EvaluateRequest> = z
  .strictObject({
    expression: z.string(),
    message: z
      .strictObject({
        topic: z.string().max(65_535),
        payload: z.unknown().optional(),
        qos: z.union([z.literal(0), z.literal(1), z.literal(2)]).exactOptional(),
        retain: z.boolean().exactOptional(),
      })
      .exactOptional(),
    input: z.unknown().optional(),
  })
  .refine((request) => !('input' in request && 'message' in request), {
    message: 'give a message or an input, not both',
  });

export const pluginRequest: z.ZodType<PluginRequest> = z.strictObject({
  folder: z.string().min(1).max(4096),
});

/** Also the name of its folder. */
export const pluginId = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, {
  error: 'expected lower-case letters, digits and -, at most 40',
});

export const notificationRequest: z.ZodType<NotificationRequest> = z.strictObject({
  channels: z.array(z.string().min(1).max(100)).min(1).max(20),
  title: z.string().max(1000).exactOptional(),
  message: z.string().max(200_000),
  data: z.unknown().optional(),
});

/** Any object: the plugin's own schema decides. */
export const pluginConfig = z.record(z.string(), z.unknown());
export const pluginInput = z.record(z.string(), z.unknown());

export const flowAnswer: z.ZodType<FlowAnswer> = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), value: z.unknown().optional() }),
  z.strictObject({
    ok: z.literal(false),
    code: z.string().regex(/^[a-z][a-z0-9-]{0,59}$/, { error: 'expected lower-case letters, digits and -' }),
    message: z.string().max(2000),
  }),
]);

export const flowSeedRequest: z.ZodType<FlowSeedRequest> = z.strictObject({
  replace: z.boolean().exactOptional(),
  settings: z.record(z.string(), z.string().max(1000)).exactOptional(),
});

export const backupRequest: z.ZodType<BackupRequest> = z.strictObject({
  history: z.boolean().exactOptional(),
  withKey: z.boolean().exactOptional(),
});

export const eventRequest: z.ZodType<EventRequest> = z.strictObject({ data: z.unknown().optional() });

export const secretRequest: z.ZodType<SecretRequest> = z.strictObject({ value: z.string() });

export const rollbackRequest: z.ZodType<RollbackRequest> = z.strictObject({
  version: z.int().positive(),
  note: z.string().max(500).exactOptional(),
});

const label = z.string().trim().min(1).max(100);

export const deviceEditRequest: z.ZodType<DeviceEditRequest> = z.strictObject({
  name: z.string().trim().min(1).max(200).nullable().exactOptional(),
  room: z.string().trim().min(1).max(100).nullable().exactOptional(),
  labels: z.array(label).max(100).exactOptional(),
  hidden: z.boolean().exactOptional(),
  note: z.string().max(5000).exactOptional(),
});

export const deviceSetRequest: z.ZodType<DeviceSetRequest> = z.strictObject({
  properties: z.record(z.string().max(100), z.unknown()),
  transition: z.union([z.number().min(0), z.string().max(100)]).exactOptional(),
});

const id = z.string().min(1).max(100);
const topicName = z.string().min(1).max(1000);

export const deviceRenameRequest: z.ZodType<DeviceRenameRequest> = z.strictObject({
  id: id.exactOptional(),
  topics: z
    .array(z.strictObject({ from: topicName, to: topicName }))
    .max(1000)
    .exactOptional(),
  apply: z.boolean().exactOptional(),
});

export const deviceReplaceRequest: z.ZodType<DeviceReplaceRequest> = z.strictObject({
  with: id,
  apply: z.boolean().exactOptional(),
});

export const deviceMappingRequest: z.ZodType<DeviceMappingRequest> = mappingSchema;

export const variableRequest: z.ZodType<VariableRequest> = z.strictObject({ value: z.unknown() });

/** `?limit=&cursor=` of every list. */
export const listQuery = z.object({
  limit: z.coerce.number().int().min(1).max(1000).exactOptional(),
  cursor: z.string().max(500).exactOptional(),
});

const runGroups = ['done', 'not', 'failed', 'open'] as const;

/** `?outcome=&reason=&device=&from=&to=` of runs; `from` and `to` are instants such as `-1h`. */
export const runQuery = listQuery.extend({
  outcome: z.enum(runGroups).exactOptional(),
  reason: z.string().max(200).exactOptional(),
  device: z.string().max(200).exactOptional(),
  from: z.string().max(40).exactOptional(),
  to: z.string().max(40).exactOptional(),
});

/** `?who=&action=&target=&outcome=&from=&to=` of the audit; times in epoch milliseconds. */
export const auditQuery = listQuery.extend({
  who: z.string().max(200).exactOptional(),
  action: z.string().max(100).exactOptional(),
  target: z.string().max(1000).exactOptional(),
  outcome: z.enum(['done', 'failed', 'refused']).exactOptional(),
  from: z.coerce.number().exactOptional(),
  to: z.coerce.number().exactOptional(),
});

const instant = z.string().max(40).exactOptional();
/** An export instead of a page; see also the header Accept. */
const format = z.enum(['csv', 'json']).exactOptional();

/** `?topic=&path=&from=&to=&points=&format=`; times as `-7d`, ISO 8601 or epoch milliseconds. */
export const historyQuery = z.strictObject({
  topic: z.string().min(1).max(65_535),
  path: z.string().max(500).exactOptional(),
  from: instant,
  to: instant,
  points: z.coerce.number().int().min(1).max(5000).exactOptional(),
  format,
});

/** `?at=&filter=&limit=` */
export const statesQuery = z.strictObject({
  at: z.string().min(1).max(40),
  filter: z.string().max(1000).exactOptional(),
  limit: z.coerce.number().int().min(1).max(10_000).exactOptional(),
});

export const backtestRequest: z.ZodType<BacktestRequest> = z.strictObject({
  source: z.string().max(1_000_000).exactOptional(),
  version: z.int().min(1).exactOptional(),
  against: z.union([z.enum(['current', 'off']), z.int().min(1)]).exactOptional(),
  from: z.string().max(40),
  to: z.string().max(40).exactOptional(),
  window: z.string().max(20).exactOptional(),
});

/** `?filter=&from=&to=&order=&limit=&cursor=&format=` */
export const messageQuery = z.strictObject({
  ...listQuery.shape,
  filter: z.string().max(1000).exactOptional(),
  from: instant,
  to: instant,
  order: z.enum(['newest', 'oldest']).exactOptional(),
  format,
});

export const liveRequest = z.discriminatedUnion('op', [
  z.strictObject({
    op: z.literal('sub'),
    id: z.string().max(100),
    channel: z.enum(['topics', 'devices', 'rules', 'runs', 'timers', 'system', 'log', 'flows']),
    filter: z.string().max(1000).exactOptional(),
    every: z.boolean().exactOptional(),
  }),
  z.strictObject({ op: z.literal('unsub'), id: z.string().max(100) }),
]);

export const flowsStartRequest: z.ZodType<FlowsStartRequest> = z.strictObject({
  safe: z.boolean().exactOptional(),
});

export const flowsRestoreRequest: z.ZodType<FlowsRestoreRequest> = z.strictObject({
  rev: z.string().max(200).exactOptional(),
});
