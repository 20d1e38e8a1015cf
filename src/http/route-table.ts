// Every route of /api/v1, once: express, the OpenAPI document, 404 hints and 405 answers are all made from it.
import type { Route } from './route.ts';
import { aclRoutes } from './routes/acl.ts';
import { auditRoutes } from './routes/audit.ts';
import { backupRoutes } from './routes/backups.ts';
import { bridgeRoutes } from './routes/bridges.ts';
import { causesRoutes } from './routes/causes.ts';
import { clientRoutes } from './routes/clients.ts';
import { deviceMoveRoutes } from './routes/device-moves.ts';
import { deviceRoutes } from './routes/devices.ts';
import { entryRoutes } from './routes/entry.ts';
import { expressionRoutes } from './routes/expressions.ts';
import { flowCallRoutes } from './routes/flow-calls.ts';
import { flowSeedRoutes } from './routes/flow-seeds.ts';
import { flowRoutes } from './routes/flows.ts';
import { historyRoutes } from './routes/history.ts';
import { houseRoutes } from './routes/house.ts';
import { inquiryRoutes } from './routes/inquiries.ts';
import { notificationRoutes } from './routes/notifications.ts';
import { pastRoutes } from './routes/past.ts';
import { pluginRoutes } from './routes/plugins.ts';
import { ruleCommandRoutes } from './routes/rule-commands.ts';
import { ruleVersionRoutes } from './routes/rule-versions.ts';
import { ruleRoutes } from './routes/rules.ts';
import { runRoutes } from './routes/runs.ts';
import { secretRoutes } from './routes/secrets.ts';
import { sessionRoutes } from './routes/sessions.ts';
import { timerRoutes } from './routes/timers.ts';
import { tokenRoutes } from './routes/tokens.ts';
import { topicRoutes } from './routes/topics.ts';
import { userRoutes } from './routes/users.ts';
import { variableRoutes } from './routes/variables.ts';

export const routeTable: readonly Route[] = [
  ...houseRoutes,
  ...entryRoutes,
  ...ruleRoutes,
  ...ruleCommandRoutes,
  ...inquiryRoutes,
  ...ruleVersionRoutes,
  ...runRoutes,
  ...expressionRoutes,
  ...secretRoutes,
  ...timerRoutes,
  ...topicRoutes,
  ...deviceRoutes,
  ...deviceMoveRoutes,
  ...variableRoutes,
  ...historyRoutes,
  ...causesRoutes,
  ...pastRoutes,
  ...clientRoutes,
  ...userRoutes,
  ...aclRoutes,
  ...backupRoutes,
  ...bridgeRoutes,
  ...pluginRoutes,
  ...flowRoutes,
  ...notificationRoutes,
  ...tokenRoutes,
  ...sessionRoutes,
  ...auditRoutes,
  ...flowCallRoutes,
  ...flowSeedRoutes,
];
