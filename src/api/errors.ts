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
  'topic-missing': 'missing',
  'bad-topic': 'invalid',
  'bad-payload': 'invalid',
  'bad-filter': 'invalid',
} as const;

export const fail = errorTable(apiErrors);
