// `startup: true` wakes the rule once when the engine is ready.
import { z } from 'zod';
import { triggerKind } from './kind.ts';

export const startup = triggerKind({
  verb: 'startup',
  doc: { en: 'the engine is ready', zh: '引擎启动完成' },
  example: 'startup: true',
  shape: { startup: z.literal(true, { error: 'expected true' }) },
  compile: () => ({ on: 'signal', signal: 'startup', accept: () => ({}) }),
});
