// `$share/group/filter` as clients write it, and under the name that aedes lets pass: it refuses the former unseen.

const wirePrefix = '$share/';
/** Who subscribes to this directly gets a shared subscription as well; nothing can be published to it. */
const innerPrefix = '$shared/';

export interface SharedFilter {
  readonly group: string;
  readonly filter: string;
}

/** Undefined for any other filter. */
export function parseShared(inner: string): SharedFilter | undefined {
  if (!inner.startsWith(innerPrefix)) return undefined;
  const slash = inner.indexOf('/', innerPrefix.length);
  if (slash < 0) return undefined;
  return { group: inner.slice(innerPrefix.length, slash), filter: inner.slice(slash + 1) };
}

/** [MQTT-4.8.2-1], [MQTT-4.8.2-2]: what is malformed stays as it is and is refused by aedes. */
export function toInner(filter: string): string {
  if (!filter.startsWith(wirePrefix)) return filter;
  const inner = innerPrefix + filter.slice(wirePrefix.length);
  const shared = parseShared(inner);
  const isValid = shared !== undefined && shared.filter !== '' && /^[^+#]+$/.test(shared.group);
  return isValid ? inner : filter;
}

export function toWire(inner: string): string {
  return inner.startsWith(innerPrefix) ? wirePrefix + inner.slice(innerPrefix.length) : inner;
}

/** The filter that topics are compared with. */
export function matchedFilter(inner: string): string {
  return parseShared(inner)?.filter ?? inner;
}
