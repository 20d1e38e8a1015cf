// Every kind of action: one line each.
import { delay } from './delay.ts';
import { fail, stop } from './end.ts';
import { if_ } from './if.ts';
import type { ActionKind } from './kind.ts';
import { let_ } from './let.ts';
import { log } from './log.ts';
import { publish } from './publish.ts';

export const actionKinds: readonly ActionKind[] = [publish, delay, let_, if_, log, stop, fail];
