// All nodes but the engine, which has a file and a way of its own.
import type { NodeType } from '../shared/node-type.ts';
import { deviceGet } from './device-get.ts';
import { deviceIn } from './device-in.ts';
import { deviceOut } from './device-out.ts';
import { deviceSet } from './device-set.ts';
import { eventOut } from './event-out.ts';
import { flowAnswer } from './flow-answer.ts';
import { flowIn } from './flow-in.ts';
import { historyGet } from './history-get.ts';
import { notify } from './notify.ts';
import { ruleEvent } from './rule-event.ts';
import { ruleRun } from './rule-run.ts';
import { waitUntil } from './wait-until.ts';

export const nodeTypes: readonly NodeType[] = [
  deviceIn,
  deviceGet,
  deviceSet,
  deviceOut,
  waitUntil,
  ruleEvent,
  ruleRun,
  flowIn,
  flowAnswer,
  eventOut,
  historyGet,
  notify,
];
