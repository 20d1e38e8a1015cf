// Codes of this room.
import { errorTable } from '../base/index.ts';

export const fail = errorTable({
  /** `plugin.json` or what it names cannot be used; `details.problems` has each of them. */
  'plugin-invalid': 'invalid',
  'plugin-missing': 'missing',
  /** It came with the house, or stands where somebody put it by hand. */
  'plugin-fixed': 'conflict',
  'plugin-config-invalid': 'invalid',
  /** There is one of that id already. */
  'plugin-exists': 'conflict',
  /** It asked for what its manifest does not say, or offers what it may not. */
  'plugin-not-allowed': 'denied',
  'plugin-bad-call': 'invalid',
  /** It asks faster than a plugin may, or keeps more than it may. */
  'plugin-limit': 'limit',
  /** It is switched off, failed, or does not answer. */
  'plugin-unavailable': 'unavailable',
  /** It answered too late. */
  'plugin-timeout': 'unavailable',
  /** It could not answer a request, or answered what no request may get. */
  'plugin-failed': 'unavailable',
  'plugin-install-failed': 'unavailable',
});
