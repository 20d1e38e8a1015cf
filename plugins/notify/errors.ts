// Codes of this plugin.
import { errorTable } from '../../src/base/index.ts';

export const fail = errorTable({
  'notify-config-invalid': 'invalid',
  'notify-channel-missing': 'missing',
  /** `data` of a notification says what no channel knows. */
  'notify-data-invalid': 'invalid',
  /** More than a channel takes; nothing was sent. */
  'notify-too-many': 'limit',
  /** The service did not take it, or cannot be reached. */
  'notify-failed': 'unavailable',
});
