// The one call that the real cloud does not have: what a person says to the speaker. Only from this machine.
import { z } from 'zod';
import { fail } from '../errors.ts';
import { speak } from '../voice.ts';
import type { Route } from './route.ts';

const words = z.array(z.string().min(1).max(100)).min(1).max(8);

export const voiceRoute: Route = {
  method: 'POST',
  path: '/emulator/voice',
  isLocal: true,
  answer: ({ cloud, given }) => {
    const parsed = words.safeParse(given.list('words'));
    if (!parsed.success) throw fail('bemfa-bad-parameters', '"words" is a list such as ["on", "80"]');
    return { spoken: speak(cloud, { target: given.get('target'), words: parsed.data }) };
  },
};
