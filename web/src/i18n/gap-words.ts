// Why the record of the house is not complete, in words. A code that this page does not know is shown as it is.
import type { TextKey } from './texts.ts';
import type { Say } from './use-words.ts';

const known: Readonly<Record<string, TextKey>> = {
  'no-snapshot': 'gap.no-snapshot',
  'not-kept': 'gap.not-kept',
  excluded: 'gap.excluded',
  thinned: 'gap.thinned',
  'unclean-stop': 'gap.unclean-stop',
  'write-failed': 'gap.write-failed',
  'unknown-answers': 'gap.unknown-answers',
  'too-many-firings': 'gap.too-many-firings',
};

/** Each once, one behind the other. */
export function gapWords(say: Say, reasons: readonly string[]): string {
  const words = [...new Set(reasons)].map((reason) => {
    const key = known[reason];
    return key === undefined ? reason : say(key);
  });
  return words.join(say('gap.and'));
}
