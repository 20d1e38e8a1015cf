// What a line of a bridge does to a topic, for showing it; the server parses lines again and decides.
export interface Mapping {
  readonly direction: 'in' | 'out' | 'both';
  readonly local: string;
  readonly remote: string;
}

const directions = ['in', 'out', 'both'] as const;
const word = (text = ''): string => (text === '""' ? '' : text);

/** Undefined for what is no line (yet). */
export function mappingOf(line: string): Mapping | undefined {
  const [pattern, way = 'out', , localPrefix, remotePrefix] = line.trim().split(/\s+/);
  const direction = directions.find((one) => one === way);
  const [local, remote] = [word(localPrefix) + word(pattern), word(remotePrefix) + word(pattern)];
  return direction === undefined || local === '' || remote === '' ? undefined : { direction, local, remote };
}

function fits(filter: readonly string[], topic: readonly string[]): boolean {
  const [head, ...rest] = filter;
  if (head === '#') return true;
  if (head === undefined || topic.length === 0) return filter.length === topic.length;
  return (head === '+' || head === topic[0]) && fits(rest, topic.slice(1));
}

/** The first of these topics that goes out by the line, and what it is called there. */
export function sampleOf(
  line: string,
  topics: readonly string[],
): { readonly from: string; readonly to: string } | undefined {
  const mapping = mappingOf(line);
  if (mapping === undefined || mapping.direction === 'in') return undefined;
  const [, , , localPrefix, remotePrefix] = line.trim().split(/\s+/);
  const filter = mapping.local.split('/');
  const from = topics.find((topic) => !topic.startsWith('$') && fits(filter, topic.split('/')));
  return from === undefined
    ? undefined
    : { from, to: word(remotePrefix) + from.slice(word(localPrefix).length) };
}
