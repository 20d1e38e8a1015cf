// Bemfa (巴法云) names a topic's kind of device by its last three characters. What a payload says is in codec.ts.

export type BemfaKind =
  | 'outlet'
  | 'light'
  | 'fan'
  | 'sensor'
  | 'aircondition'
  | 'switch'
  | 'curtain'
  | 'thermostat'
  | 'waterheater'
  | 'television'
  | 'airpurifier';

/** As the cloud's HTTP API names them. Any other ending is a plain node, which no speaker sees. */
export const bemfaKinds: Readonly<Record<string, BemfaKind>> = {
  '001': 'outlet',
  '002': 'light',
  '003': 'fan',
  '004': 'sensor',
  '005': 'aircondition',
  '006': 'switch',
  '009': 'curtain',
  '010': 'thermostat',
  '011': 'waterheater',
  '012': 'television',
  '013': 'airpurifier',
};

/** Of a topic without `/set` or `/up`; undefined for a plain node. */
export function bemfaKindOf(topic: string): BemfaKind | undefined {
  const code = topic.slice(-3);
  return Object.hasOwn(bemfaKinds, code) ? bemfaKinds[code] : undefined;
}
