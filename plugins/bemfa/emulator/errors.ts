// Codes of the emulator. What the cloud answers for them in its own numbers stands in http/answers.ts.
import { errorTable } from '../../../src/base/index.ts';

export const fail = errorTable({
  'bemfa-wrong-key': 'denied',
  'bemfa-topic-missing': 'missing',
  'bemfa-topic-exists': 'conflict',
  'bemfa-topic-name': 'invalid',
  'bemfa-topics-full': 'limit',
  'bemfa-message-too-long': 'limit',
  'bemfa-too-fast': 'limit',
  'bemfa-bad-parameters': 'invalid',
  /** A speaker would say 设备不在线. */
  'bemfa-device-offline': 'unavailable',
  'bemfa-port-taken': 'unavailable',
  'bemfa-state-unreadable': 'invalid',
});
