// `shutdown: true` wakes the rule when the engine is about to stop. What it publishes still goes out; waits go on at the
// next start.
import { z } from 'zod';
import { triggerKind } from './kind.ts';

export const shutdown = triggerKind({
  verb: 'shutdown',
  doc: { en: 'the engine is about to stop', zh: '引擎即将停止' },
  example: 'shutdown: true',
  shape: { shutdown: z.literal(true, { error: 'expected true' }) },
  compile: () => ({ on: 'signal', signal: 'shutdown', accept: () => ({}) }),
});
