export { fieldKinds } from '../rules/index.ts';
export { type Actor, type FlowCause, flowsActor, nobody, owner, stranger } from './access/actor.ts';
export { loginMs } from './access/logins.ts';
export { type Permission, permissions } from './access/permissions.ts';
export type {
  AclApi,
  Api,
  AuditApi,
  AuditQuery,
  BridgesApi,
  CausesApi,
  Credentials,
  DeviceMappingsApi,
  DeviceMovesApi,
  DeviceQuery,
  DevicesApi,
  EntryApi,
  EventsApi,
  ExpressionsApi,
  FlowCallsApi,
  FlowSeedsApi,
  FlowsApi,
  HistoryApi,
  HouseDoor,
  ListOptions,
  MessagesApi,
  RulesApi,
  RunsApi,
  SaveOptions,
  SecretsApi,
  TimersApi,
  TokensApi,
  TopicsApi,
  UsersApi,
  VariablesApi,
} from './api.ts';
export type { AskedPast, BacktestPort, BacktestTask, RuleText } from './backtest-task.ts';
export { checkRuleTexts, splitRuleTexts } from './check.ts';
export { deviceCommandTopics, ruleCommandTopics } from './client-commands.ts';
export type * from './contract.ts';
export { DeviceTopics } from './device-topics.ts';
export { fail as apiFault } from './errors.ts';
export { evaluateValue } from './expressions.ts';
export { HomeAssistantTopics } from './home-assistant-topics.ts';
export { House, type HouseOptions } from './house.ts';
export type {
  AccessPort,
  BridgesPort,
  ClientsPort,
  FlowNode,
  FlowSeedsPort,
  FlowsPort,
  FlowsRequest,
  HistoryPort,
  JournalPort,
  LoginRow,
  MessagePort,
  PluginRoute,
  PluginsPort,
  RuleStore,
  StoredFlows,
  SystemPort,
  TokenRow,
  TraceStore,
} from './ports.ts';
export {
  aclCheckRequest,
  aclRequest,
  auditQuery,
  backtestRequest,
  bridgeRequest,
  causesQuery,
  deviceEditRequest,
  deviceMappingRequest,
  deviceRenameRequest,
  deviceReplaceRequest,
  deviceSetRequest,
  evaluateRequest,
  eventRequest,
  flowAnswer,
  flowSeedRequest,
  flowsRestoreRequest,
  flowsStartRequest,
  historyQuery,
  listQuery,
  liveRequest,
  loginRequest,
  messageQuery,
  notificationRequest,
  passwordRequest,
  pluginConfig,
  pluginId,
  pluginInput,
  pluginRequest,
  publishRequest,
  rollbackRequest,
  ruleTestRequest,
  runRequest,
  secretRequest,
  setupRequest,
  statesQuery,
  tokenRequest,
  userRequest,
  variableRequest,
} from './requests.ts';
export { testReportOf, testRuleTexts } from './rule-tests.ts';
export { Watchers } from './watchers.ts';
