// Codes of this room.
import { errorTable } from '../base/index.ts';

export const fail = errorTable({
  /** Unknown keys or wrong values; the message has one line for each. */
  'bad-config': 'invalid',
  /** The file given with --config cannot be read. */
  'config-missing': 'missing',
});
