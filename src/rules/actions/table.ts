// Every kind of action: one line each.
import { call } from './call.ts';
import { capture } from './capture.ts';
import { choose } from './choose.ts';
import { delay } from './delay.ts';
import { emit } from './emit.ts';
import { fail, stop } from './end.ts';
import { flow } from './flow.ts';
import { http } from './http.ts';
import { if_ } from './if.ts';
import type { ActionKind } from './kind.ts';
import { let_ } from './let.ts';
import { log } from './log.ts';
import { notify } from './notify.ts';
import { disable, enable, run } from './other-rules.ts';
import { parallel } from './parallel.ts';
import { publish } from './publish.ts';
import { repeat } from './repeat.ts';
import { restore } from './restore.ts';
import { set } from './set.ts';
import { var_ } from './var.ts';
import { wait } from './wait.ts';

export const actionKinds: readonly ActionKind[] = [
  publish,
  set,
  capture,
  restore,
  delay,
  wait,
  if_,
  choose,
  repeat,
  parallel,
  let_,
  var_,
  http,
  notify,
  call,
  flow,
  emit,
  run,
  enable,
  disable,
  log,
  stop,
  fail,
];
