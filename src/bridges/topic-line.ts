// One line `PATTERN [in|out|both [QOS [LOCAL-PREFIX [REMOTE-PREFIX]]]]`, as mosquitto has it after the word `topic`.
import { filterFault } from '../base/index.ts';

export type Direction = 'in' | 'out' | 'both';

export interface TopicLine {
  readonly direction: Direction;
  readonly qos: 0 | 1 | 2;
  readonly localPrefix: string;
  readonly remotePrefix: string;
  /** Prefix and pattern together: what is subscribed to here and there. */
  readonly localFilter: string;
  readonly remoteFilter: string;
}

/** `""` stands for nothing. */
const word = (text: string | undefined): string => (text === undefined || text === '""' ? '' : text);

function directionOf(text: string): Direction | undefined {
  return text === 'in' || text === 'out' || text === 'both' ? text : undefined;
}

function qosOf(text: string): 0 | 1 | 2 | undefined {
  if (text === '0') return 0;
  if (text === '1') return 1;
  return text === '2' ? 2 : undefined;
}

function prefixFault(localPrefix: string, remotePrefix: string, pattern: string): string | undefined {
  if (/[+#]/.test(localPrefix + remotePrefix)) return 'a prefix holds no wildcard (+ or #)';
  if (pattern === '' && (localPrefix === '' || remotePrefix === ''))
    return 'an empty pattern needs both prefixes';
  return undefined;
}

/** Why a line cannot be used. */
export type LineFault = string;

export function parseTopicLine(text: string): TopicLine | LineFault {
  const words = text.trim().split(/\s+/);
  if (words.length > 5) return `it has ${words.length} words, the most is 5`;
  const pattern = word(words[0]);
  const direction = directionOf(words[1] ?? 'out');
  if (direction === undefined) return `expected in, out or both, got "${words[1]}"`;
  const qos = qosOf(words[2] ?? '0');
  if (qos === undefined) return `expected QoS 0, 1 or 2, got "${words[2]}"`;
  const localPrefix = word(words[3]);
  const remotePrefix = word(words[4]);
  const localFilter = localPrefix + pattern;
  const remoteFilter = remotePrefix + pattern;
  const fault = prefixFault(localPrefix, remotePrefix, pattern) ?? filterFault(localFilter);
  return (
    fault ??
    filterFault(remoteFilter) ?? { direction, qos, localPrefix, remotePrefix, localFilter, remoteFilter }
  );
}
