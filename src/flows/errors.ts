import { errorTable } from '../base/index.ts';

/** Codes of this room; each stable. */
export const fail = errorTable({
  'flows-off': 'conflict',
  'flows-unavailable': 'unavailable',
  'flows-busy': 'unavailable',
  'flows-changed': 'conflict',
  'flows-refused': 'invalid',
  'flows-timeout': 'unavailable',
  'flows-path-missing': 'missing',
  'flow-seed-missing': 'missing',
  'flow-seed-setting': 'invalid',
  'flow-seed-broken': 'bug',
  'bad-path': 'invalid',
  'login-needed': 'denied',
  'not-allowed': 'denied',
  'not-loopback': 'denied',
  'foreign-origin': 'denied',
  'too-many-calls': 'limit',
  'body-too-large': 'limit',
});
