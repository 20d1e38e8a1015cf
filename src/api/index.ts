export type { Actor, Api, ListOptions, RulesApi, RunsApi, SaveOptions, TimersApi, TopicsApi } from './api.ts';
export { checkRuleText, splitRuleTexts } from './check.ts';
export type * from './contract.ts';
export { House, type HouseOptions } from './house.ts';
export type { MessagePort, RuleStore, SystemPort, TraceStore } from './ports.ts';
export { listQuery, liveRequest, publishRequest, rollbackRequest, runRequest } from './requests.ts';
export { Watchers } from './watchers.ts';
