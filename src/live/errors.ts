// What the live protocol refuses; sent as `error` events, the connection is kept.
import { errorTable } from '../base/index.ts';

export const liveError = errorTable({
  'bad-request': 'invalid',
  'subscription-exists': 'conflict',
  'subscription-missing': 'missing',
  'too-many-subscriptions': 'limit',
});
