export type {
  AclApi,
  Actor,
  Api,
  BridgesApi,
  ExpressionsApi,
  ListOptions,
  RulesApi,
  RunsApi,
  SaveOptions,
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
  MessagePort,
  RuleStore,
  SystemPort,
  TraceStore,
} from './ports.ts';
export {
  aclCheckRequest,
  aclRequest,
  bridgeRequest,
  evaluateRequest,
  listQuery,
  liveRequest,
  passwordRequest,
  publishRequest,
  rollbackRequest,
  runRequest,
  userRequest,
} from './requests.ts';
export { Watchers } from './watchers.ts';
