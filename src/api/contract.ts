// The shapes that adapters speak: HTTP and live answers, read by the web UI, the CLI and programs.
// The server checks requests with the schemas in `requests.ts`; the UI imports these types and nothing else.
export type * from './contract/access.ts';
export type * from './contract/analysis.ts';
export type * from './contract/backtests.ts';
export type * from './contract/backups.ts';
export type * from './contract/bridges.ts';
export type * from './contract/causes.ts';
export type * from './contract/clients.ts';
export type * from './contract/devices.ts';
export type * from './contract/dry-runs.ts';
export type * from './contract/explanations.ts';
export type * from './contract/expressions.ts';
export type * from './contract/flow-calls.ts';
export type * from './contract/flow-seeds.ts';
export type * from './contract/flows.ts';
export type * from './contract/general.ts';
export type * from './contract/history.ts';
export type * from './contract/live.ts';
export type * from './contract/plugins.ts';
export type * from './contract/rule-tests.ts';
export type * from './contract/rules.ts';
export type * from './contract/shadows.ts';
export type * from './contract/topics.ts';
export type * from './contract/users.ts';
export type * from './contract/versions.ts';
