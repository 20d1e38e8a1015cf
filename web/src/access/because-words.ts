// Why the broker lets somebody or not, in words. Lines of rules and of an ACL file are said as they are written.

import type { TextKey } from '../i18n/texts.ts';
import type { Say } from '../i18n/use-words.ts';

/** As the broker says it. */
const known: Readonly<Record<string, TextKey>> = {
  'administrators may use every topic': 'access.because.admin',
  'own topics': 'access.because.own',
  'no rule allows it': 'access.because.none',
  'only the house publishes there': 'access.because.reserved',
  'anonymous clients of this machine may': 'access.because.local',
  'anonymous clients may not connect': 'access.because.anonymous',
  'there is no ACL file': 'access.because.open',
  'there is no such user': 'access.because.unknown',
  'the user is disabled': 'access.because.off',
};

export function becauseWords(say: Say, because: string): string {
  const [head = '', ...line] = because.split(': ');
  const key = known[because] ?? known[head];
  if (key !== undefined) return say(key);
  return head.startsWith('rule ') ? say('access.because.rule', { line: line.join(': ') }) : because;
}
