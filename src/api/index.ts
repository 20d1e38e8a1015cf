export { type Actor, nobody, owner } from './access/actor.ts';
export type { Permission } from './access/permissions.ts';
export type {
  AclApi,
  Api,
  AuditApi,
  AuditQuery,
  BridgesApi,
  ExpressionsApi,
  HouseDoor,
  ListOptions,
  RulesApi,
  RunsApi,
  SaveOptions,
  SecretsApi,
  TimersApi,
  TopicsApi,
  UsersApi,
} from './api.ts';
export { checkRuleText, splitRuleTexts } from './check.ts';
export type * from './contract.ts';
export type * from './expression-contract.ts';
export { evaluateValue } from './expressions.ts';
export { House, type HouseOptions } from './house.ts';
export type {
  AccessPort,
  BridgesPort,
  ClientsPort,
  LoginRow,
  MessagePort,
  RuleStore,
  SystemPort,
  TokenRow,
  TraceStore,
} from './ports.ts';
export {
  aclCheckRequest,
  aclRequest,
  auditQuery,
  bridgeRequest,
  evaluateRequest,
  listQuery,
  liveRequest,
  passwordRequest,
  publishRequest,
  rollbackRequest,
  runRequest,
  secretRequest,
  userRequest,
} from './requests.ts';
export { Watchers } from './watchers.ts';
