// Error codes of the store.
import { errorTable } from '../base/index.ts';

export const storeError = errorTable({
  'data-in-use': 'conflict',
  'store-newer': 'conflict',
  'store-unopenable': 'unavailable',
  'store-migration-failed': 'unavailable',
  'store-failed': 'unavailable',
  'store-stopped': 'unavailable',
  'store-sealed': 'unavailable',
  'backup-missing': 'missing',
  'backup-damaged': 'conflict',
  'backup-newer': 'conflict',
  'backup-busy': 'limit',
  'backup-failed': 'unavailable',
  'store-bad-row': 'bug',
  'store-bad-chunk': 'bug',
});
