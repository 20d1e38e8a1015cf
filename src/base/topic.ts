// Topic names and filters as MQTT 4.7 defines them. The one matcher and the one validator of the house.
import { HomeruleError } from './errors.ts';

export type Topic = string & { readonly brand: 'Topic' };
export type TopicFilter = string & { readonly brand: 'TopicFilter' };

/** More levels than any real topic; deep ones are a known way to exhaust brokers. */
export const maxTopicLevels = 100;
const maxTopicBytes = 65_535;

function bad(code: 'bad-topic' | 'bad-filter', text: string, why: string): HomeruleError {
  const shown = text.length > 80 ? `${text.slice(0, 77)}…` : text;
  return new HomeruleError(
    code,
    'invalid',
    `"${shown}" is not a topic${code === 'bad-filter' ? ' filter' : ''}: ${why}`,
  );
}

/** Why `text` cannot be a topic or filter whatever its wildcards, or undefined. */
function commonFault(text: string): string | undefined {
  if (text.length === 0) return 'it is empty';
  if (text.includes('\0')) return 'it holds a NUL character';
  if (!text.isWellFormed()) return 'it holds half a surrogate pair';
  if (text.length * 3 > maxTopicBytes && Buffer.byteLength(text) > maxTopicBytes)
    return 'it is longer than 65535 bytes';
  let levels = 1;
  for (let i = text.indexOf('/'); i >= 0; i = text.indexOf('/', i + 1)) levels++;
  return levels > maxTopicLevels ? `it has ${levels} levels, the most is ${maxTopicLevels}` : undefined;
}

/** Why `text` is no topic name [MQTT-4.7.1-1], [MQTT-4.7.3-1], or undefined when it is one. */
export function topicFault(text: string): string | undefined {
  const fault = commonFault(text);
  if (fault !== undefined) return fault;
  return /[+#]/.test(text) ? 'a topic to publish to holds no wildcard (+ or #)' : undefined;
}

/** Why `text` is no topic filter [MQTT-4.7.1-2], [MQTT-4.7.1-3], or undefined when it is one. */
export function filterFault(text: string): string | undefined {
  const fault = commonFault(text);
  if (fault !== undefined) return fault;
  const levels = text.split('/');
  for (const [index, level] of levels.entries()) {
    if (level.includes('#') && level !== '#') return '# must stand alone in its level';
    if (level === '#' && index < levels.length - 1) return '# must be the last level';
    if (level.includes('+') && level !== '+') return '+ must stand alone in its level';
  }
  return undefined;
}

/** Throws `bad-topic`. */
export function parseTopic(text: string): Topic {
  const fault = topicFault(text);
  if (fault !== undefined) throw bad('bad-topic', text, fault);
  return text as Topic;
}

/** Throws `bad-filter`. */
export function parseFilter(text: string): TopicFilter {
  const fault = filterFault(text);
  if (fault !== undefined) throw bad('bad-filter', text, fault);
  return text as TopicFilter;
}

/** Whether a topic falls under a filter; `$` topics only match filters with the same first level [MQTT-4.7.2-1]. */
export function matchesFilter(filter: string, topic: string): boolean {
  if (filter === topic) return true;
  const filterLevels = filter.split('/');
  const topicLevels = topic.split('/');
  const first = filterLevels[0] ?? '';
  if (topic.startsWith('$') && first !== topicLevels[0]) return false;
  for (const [index, level] of filterLevels.entries()) {
    if (level === '#') return true;
    const actual = topicLevels[index];
    if (actual === undefined || (level !== '+' && level !== actual)) return false;
  }
  return filterLevels.length === topicLevels.length;
}
