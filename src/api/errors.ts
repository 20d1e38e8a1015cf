import { errorTable } from '../base/index.ts';

/** Codes of this room; each stable. */
export const apiErrors = {
  'rule-missing': 'missing',
  'rule-invalid': 'invalid',
  'version-missing': 'missing',
  'version-conflict': 'conflict',
  'id-mismatch': 'invalid',
  'run-missing': 'missing',
  'timer-missing': 'missing',
  'timer-scheduled': 'conflict',
  'topic-missing': 'missing',
  'client-missing': 'missing',
  'bad-topic': 'invalid',
  'bad-payload': 'invalid',
  'bad-filter': 'invalid',
  'secret-missing': 'missing',
  'secret-invalid': 'invalid',
  'user-missing': 'missing',
  'user-exists': 'conflict',
  'user-invalid': 'invalid',
  'access-rule-missing': 'missing',
  'login-needed': 'denied',
  'not-allowed': 'denied',
  'not-loopback': 'denied',
  'login-refused': 'denied',
  'login-paused': 'limit',
  'login-busy': 'unavailable',
  'setup-done': 'conflict',
  'setup-code-wrong': 'denied',
  'token-refused': 'denied',
  'token-missing': 'missing',
  'too-many-tokens': 'limit',
  'last-admin': 'conflict',
} as const;

export const fail = errorTable(apiErrors);
