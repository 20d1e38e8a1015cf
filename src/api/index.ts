export type { Actor, Api, ListOptions, RulesApi, RunsApi, SaveOptions, TimersApi, TopicsApi } from './api.ts';
export type * from './contract.ts';
export { listQuery, liveRequest, publishRequest, rollbackRequest, runRequest } from './requests.ts';
