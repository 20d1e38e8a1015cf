// Topics named as the Bemfa cloud names them, `light002`: the last three digits say what the device is. State is heard on
// the topic, on `/up` and on `/set`; commands go to the bare topic. What the texts mean is in base/bemfa.
import { type BemfaKind, bemfaKindOf, decodeBemfa, parseBemfaAddress } from '../../../base/index.ts';
import { slugOf } from '../../model/names.ts';
import type { DiscoveryFormat, TopicsView } from '../format.ts';
import { propertiesOf } from './kinds.ts';

/** What a kind is and does never changes with the payload, so there is no hurry to look again. */
const restMs = 10_000;

const endings = ['', '/up', '/set'];

export const bemfa: DiscoveryFormat = {
  name: 'bemfa',
  filters: endings.map((ending) => `+${ending}`),
  rank: 20,
  restMs,
  sourceOf: (topic) => {
    const { topic: bare } = parseBemfaAddress(topic);
    return /^\w{1,61}\d{3}$/.test(bare) && bemfaKindOf(bare) !== undefined ? bare : undefined;
  },
  describe: (source, topics) => {
    const kind = bemfaKindOf(source);
    const heard = kind === undefined ? [] : statesOf(kind, source, topics);
    if (kind === undefined || heard.length === 0) return { devices: [], problems: [] };
    const properties = propertiesOf(kind, {
      topic: source,
      reports: endings.map((ending) => `${source}${ending}`),
      heard: Object.assign({}, ...heard),
    });
    return { devices: [{ key: source, slug: slugOf(source), name: source, properties }], problems: [] };
  },
};

/** Only what speaks Bemfa is a device: a counter named `visits004` is none. */
function statesOf(kind: BemfaKind, source: string, topics: TopicsView): readonly object[] {
  return endings.flatMap((ending) => {
    const payload = topics.payload(`${source}${ending}`);
    const state = payload && decodeBemfa(kind, payload.raw);
    return state === undefined ? [] : [state];
  });
}
