// All kinds of nodes, in the order of the palette.
import { deviceGet, deviceIn, deviceOut, deviceSet, waitUntil } from './devices.ts';
import { engine, historyGet, notify } from './house.ts';
import type { Kind } from './kind.ts';
import { eventOut, flowAnswer, flowIn, ruleEvent, ruleRun } from './rules.ts';

export const kinds: readonly Kind[] = [
  engine,
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
