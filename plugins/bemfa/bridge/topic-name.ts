// Names of the topics that the bridge makes in the cloud. They follow from the device, so that they are found again; the
// cloud allows letters and digits only, and the kind stands at the end.
import { createHash } from 'node:crypto';
import { type BemfaKind, bemfaKindOf, bemfaKinds } from '../../../src/base/index.ts';

/** Nothing without it is ever deleted in the cloud. */
const prefix = 'hr';

export function topicNameOf(device: string, kind: BemfaKind): string {
  const [code = ''] = Object.entries(bemfaKinds).find(([, other]) => other === kind) ?? [];
  return `${prefix}${createHash('sha256').update(device).digest('hex').slice(0, 12)}${code}`;
}

/** Whether a topic of the cloud was made by a bridge of ours. */
export function isOwnTopicName(name: string): boolean {
  return /^hr[0-9a-f]{12}\d{3}$/.test(name) && bemfaKindOf(name) !== undefined;
}
