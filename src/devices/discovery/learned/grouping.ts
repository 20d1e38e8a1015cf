// Which topics are likely one device, told by their names alone. Rather none than a wrong one.

export interface TopicPlace {
  /** Topic above all of one device, or its one topic. */
  readonly source: string;
  /** Levels between the source and what the payload is: `relay/0`. */
  readonly levels: readonly string[];
}

/** Last levels of topics that tell devices something, or tell of themselves. */
const noValues = new Set([
  ...['set', 'get', 'command', 'cmd', 'cmnd', 'request', 'response', 'result', 'config', 'log', 'logging'],
  ...['info', 'announce', 'debug', 'error', 'version', 'version_fw', 'ip', 'mac', 'uptime'],
]);

/** First levels that say nothing of a device: the kind of message stands before its name. */
const verbs = new Set(['tele', 'stat']);
/** First levels behind which a whole device stands in one level, whatever is below it. */
const namespaces = new Set(['shellies', 'zigbee2mqtt', 'zwave', 'espurna', 'ebusd']);

/** What the house, the broker, announcing formats and bridges themselves say. */
function isForeign(levels: readonly string[]): boolean {
  const [first = ''] = levels;
  if (['homerule', 'homeassistant', 'homie', 'cmnd'].includes(first)) return true;
  return levels.some(
    (level) => level === '' || level.startsWith('$') || level === 'bridge' || level === 'discovery',
  );
}

/** `isWhole`: the payload is an object, so its fields are the values. Undefined: no part of a device. */
export function placeOf(topic: string, isWhole: boolean): TopicPlace | undefined {
  const levels = topic.split('/');
  const [first = '', second] = levels;
  const last = levels.at(-1) ?? '';
  if (isForeign(levels) || noValues.has(last.toLowerCase()) || second === undefined) return undefined;
  if (verbs.has(first)) return levels.length === 3 ? { source: second, levels: levels.slice(2) } : undefined;
  if (namespaces.has(first)) return { source: `${first}/${second}`, levels: levels.slice(2) };
  if (isWhole) return { source: topic, levels: [] };
  return levels.length < 3 ? undefined : { source: levels.slice(0, -1).join('/'), levels: [last] };
}

/** `home/kitchen/sensor` → "kitchen sensor": the first level is mostly the same for all. */
export function nameOf(source: string): string {
  const levels = source.split('/');
  return (levels.length > 1 ? levels.slice(1) : levels).join(' ');
}
