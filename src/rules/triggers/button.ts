// `button: true` says that the rule is meant to be run by hand: it shows a button in the UI.
import { z } from 'zod';
import { triggerKind } from './kind.ts';

export const button = triggerKind({
  verb: 'button',
  doc: { en: 'pressed in the UI, or `rule run`', zh: '在界面上按下，或执行 `rule run`' },
  example: 'button: true',
  shape: { button: z.literal(true, { error: 'expected true' }) },
  compile: () => ({ on: 'signal', signal: 'button', accept: () => ({}) }),
});
