// Codes of this room.
import { errorTable } from '../base/index.ts';

export const fail = errorTable({
  /** Settings that cannot be used; `details.problems` has each of them. */
  'bridge-invalid': 'invalid',
  'bridge-missing': 'missing',
  /** It stands in the configuration file, where alone it can be changed. */
  'bridge-fixed': 'conflict',
  /** Its local user may not publish that. */
  'bridge-not-allowed': 'denied',
  /** More bridges than a house may have. */
  'bridge-limit': 'limit',
});
