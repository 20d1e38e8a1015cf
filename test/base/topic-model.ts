// A slow and obvious model of topic matching, and arbitrary topics and filters that meet often.
import fc from 'fast-check';

/** Translates the filter to a regular expression, which knows nothing of levels. */
export function matchesNaively(filter: string, topic: string): boolean {
  if (topic.startsWith('$') !== filter.startsWith('$')) return false;
  const body = filter
    .split('/')
    .map((level) => (level === '+' ? '[^/]*' : level.replace(/[.*?^${}()|[\]\\]/g, '\\$&')))
    .join('/');
  const pattern = body === '#' ? '.*' : body.replace(/\/#$/, '(?:/.*)?');
  return new RegExp(`^${pattern}$`, 'su').test(topic);
}

const level = fc.constantFrom('a', 'b', 'c', '', 'd.e', '温度', 'x y');
const first = fc.oneof({ weight: 6, arbitrary: level }, { weight: 1, arbitrary: fc.constant('$SYS') });

const join = (parts: readonly string[]): string => parts.join('/');

export const topics = fc
  .tuple(first, fc.array(level, { maxLength: 4 }))
  .map(([head, rest]) => join([head, ...rest]))
  .filter((topic) => topic !== '');

const plusOr = (arbitrary: fc.Arbitrary<string>) =>
  fc.oneof({ weight: 2, arbitrary }, { weight: 1, arbitrary: fc.constant('+') });

export const filters = fc
  .tuple(plusOr(first), fc.array(plusOr(level), { maxLength: 4 }), fc.boolean(), fc.boolean())
  .map(([head, rest, hasTail, isAll]) => {
    if (isAll && rest.length === 0) return '#';
    return join([head, ...rest, ...(hasTail ? ['#'] : [])]);
  })
  .filter((filter) => filter !== '');
