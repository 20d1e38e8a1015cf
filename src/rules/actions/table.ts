// Every kind of action: one line each.
import { delay } from './delay.ts';
import { emit } from './emit.ts';
import { fail, stop } from './end.ts';
import { if_ } from './if.ts';
import type { ActionKind } from './kind.ts';
import { let_ } from './let.ts';
import { log } from './log.ts';
import { parallel } from './parallel.ts';
import { publish } from './publish.ts';
import { wait } from './wait.ts';

export const actionKinds: readonly ActionKind[] = [
  publish,
  delay,
  wait,
  if_,
  parallel,
  let_,
  emit,
  log,
  stop,
  fail,
];
