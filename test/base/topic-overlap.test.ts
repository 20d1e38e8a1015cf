import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filterOfShape, filtersOverlap, TopicTrie } from '../../src/base/index.ts';
import { filters, matchesNaively } from './topic-model.ts';

const names = ['a', 'b', ''];

/** Every topic of up to `levels` levels: enough for two shapes of three, each level of one against one of the other. */
function enumerated(levels: number): string[] {
  let rows: string[] = ['$x', ...names];
  const all = [...rows];
  for (let count = 1; count < levels; count++) {
    rows = rows.flatMap((row) => names.map((name) => `${row}/${name}`));
    all.push(...rows);
  }
  return all.filter((topic) => topic !== '');
}

const everyTopic = enumerated(6);

/** As `matchesNaively`, with `#` behind any level. */
function fits(shape: string, topic: string): boolean {
  if (!shape.slice(0, -1).includes('#')) return matchesNaively(shape, topic);
  if (topic.startsWith('$') !== shape.startsWith('$')) return false;
  const [first = '', ...rest] = shape.split('/');
  const texts = [first, ...rest].map((level, index) => {
    if (level === '#') return '(/[^/]*)*';
    const text = level === '+' ? '[^/]*' : level.replace('$', '\\$');
    return index === 0 ? text : `/${text}`;
  });
  return new RegExp(`^${texts.join('')}$`, 'u').test(topic);
}

const level = fc.constantFrom('a', 'b', '', '+');
const shapes = fc
  .tuple(
    fc.constantFrom('a', 'b', '$x', '+'),
    fc.array(fc.oneof({ weight: 3, arbitrary: level }, fc.constant('#')), { maxLength: 2 }),
  )
  .map(([first, rest]) => [first, ...rest].join('/'));

const common = [
  ['home/+/light/set', 'home/kitchen/#', true],
  ['home/+/light/set', '$share/g/home/#', true],
  ['home/+/light/set', '+/+/light/set', true],
  ['$SYS/#', '#', false],
  ['$SYS/#', '+/broker', false],
  ['$SYS/#', '$SYS/broker/+', true],
  ['home/#', 'home', true],
  ['home/+', 'home', false],
  ['a/+/c', 'a/b', false],
  ['home/+/#/set', 'home/a/b/set', true],
  ['home/+/#/set', 'home/set', false],
] as const;

describe('filters that overlap', () => {
  it.each(common)('%s and %s: %s', (one, other, isExpected) => {
    expect(filtersOverlap(one, other)).toBe(isExpected);
    expect(filtersOverlap(other, one)).toBe(isExpected);
  });

  it('are those that some topic falls under', () => {
    fc.assert(
      fc.property(shapes, shapes, (one, other) => {
        const isMet = everyTopic.some((topic) => fits(one, topic) && fits(other, topic));
        expect(filtersOverlap(one, other)).toBe(isMet);
        expect(filtersOverlap(other, one)).toBe(isMet);
      }),
      { numRuns: 500 },
    );
  });

  it('are found in a trie as one by one', () => {
    fc.assert(
      fc.property(fc.array(filters, { maxLength: 20 }), filters, (kept, asked) => {
        const trie = new TopicTrie<string>();
        for (const filter of kept) trie.add(filter, filter);
        const expected = new Set(kept.filter((filter) => filtersOverlap(filter, asked)));
        expect(trie.overlapping(asked)).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('lie below the filter of their shape', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const wide = filterOfShape(shape);
        for (const topic of everyTopic) if (fits(shape, topic)) expect(fits(wide, topic)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
