// The shapes of answers for the OpenAPI document. Types are contract.ts; the compiler holds these schemas to them.
import { accessViews } from './views/access.ts';
import { analysisViews } from './views/analysis.ts';
import { backupsViews } from './views/backups.ts';
import { bridgesViews } from './views/bridges.ts';
import { causesViews } from './views/causes.ts';
import { clientsViews } from './views/clients.ts';
import { devicesViews } from './views/devices.ts';
import { expressionsViews } from './views/expressions.ts';
import { flowSeedsViews } from './views/flow-seeds.ts';
import { flowsViews } from './views/flows.ts';
import { generalViews } from './views/general.ts';
import { historyViews } from './views/history.ts';
import { inquiriesViews } from './views/inquiries.ts';
import { pastViews } from './views/past.ts';
import { pluginsViews } from './views/plugins.ts';
import { ruleTestsViews } from './views/rule-tests.ts';
import { rulesViews } from './views/rules.ts';
import { shadowsViews } from './views/shadows.ts';
import { topicsViews } from './views/topics.ts';
import { usersViews } from './views/users.ts';

/** Every named shape of an answer. */
export const views = {
  ...generalViews,
  ...rulesViews,
  ...ruleTestsViews,
  ...shadowsViews,
  ...analysisViews,
  ...topicsViews,
  ...devicesViews,
  ...historyViews,
  ...causesViews,
  ...pastViews,
  ...inquiriesViews,
  ...clientsViews,
  ...usersViews,
  ...backupsViews,
  ...bridgesViews,
  ...pluginsViews,
  ...flowsViews,
  ...flowSeedsViews,
  ...expressionsViews,
  ...accessViews,
} as const;

export type ViewName = keyof typeof views;
