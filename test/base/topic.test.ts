import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  filterFault,
  matchesFilter,
  maxTopicLevels,
  parseFilter,
  parseTopic,
  topicFault,
} from '../../src/base/index.ts';
import { filters, matchesNaively, topics } from './topic-model.ts';

const levels = (count: number): string => new Array(count).fill('a').join('/');

describe('topics', () => {
  it.each(['a', '/', '/a', 'a/', 'a//b', 'home/客厅/温度', '$SYS/broker', 'a b', levels(maxTopicLevels)])(
    'accepts %s',
    (topic) => {
      expect(parseTopic(topic)).toBe(topic);
    },
  );

  it.each([
    ['', 'empty'],
    ['a/+/b', 'wildcard'],
    ['a/#', 'wildcard'],
    ['a+b', 'wildcard'],
    ['a\0b', 'NUL'],
    ['a\ud800', 'surrogate'],
    [levels(maxTopicLevels + 1), '101 levels'],
    ['é'.repeat(32_768), '65535 bytes'],
  ])('refuses %j', (topic, why) => {
    expect(topicFault(topic)).toContain(why);
    expect(() => parseTopic(topic)).toThrow(expect.objectContaining({ code: 'bad-topic', kind: 'invalid' }));
  });

  it('takes 65535 bytes and shows only the beginning of a long one', () => {
    expect(topicFault('x'.repeat(65_535))).toBeUndefined();
    expect(() => parseTopic('x'.repeat(70_000))).toThrow(/^"x{77}…" is not a topic: /);
  });
});

describe('filters', () => {
  it.each(['#', '+', '+/+', 'a/+/b', 'a/#', '/#', '+/', '$SYS/#', 'a//+'])('accepts %s', (filter) => {
    expect(parseFilter(filter)).toBe(filter);
  });

  it.each([
    ['', 'empty'],
    ['a#', '# must stand alone'],
    ['a/b#', '# must stand alone'],
    ['#/a', '# must be the last'],
    ['a/#/b', '# must be the last'],
    ['a+', '+ must stand alone'],
    ['+a/b', '+ must stand alone'],
    ['a/++', '+ must stand alone'],
    ['##', '# must stand alone'],
  ])('refuses %j', (filter, why) => {
    expect(filterFault(filter)).toContain(why);
    expect(() => parseFilter(filter)).toThrow(
      expect.objectContaining({ code: 'bad-filter', kind: 'invalid' }),
    );
  });
});

describe('matchesFilter', () => {
  const cases: [filter: string, topic: string, isMatch: boolean][] = [
    ['#', 'a/b/c', true],
    ['#', '/', true],
    ['#', '$SYS/a', false],
    ['+/a', '$SYS/a', false],
    ['$SYS/#', '$SYS/a', true],
    ['$SYS/+', '$SYS/a', true],
    ['$SYS/#', '$SYS', true],
    ['$SYS/#', '$SYSTEM/a', false],
    ['a/#', 'a', true],
    ['a/#', 'a/', true],
    ['a/#', 'ab', false],
    ['a/+', 'a', false],
    ['a/+', 'a/', true],
    ['a/+', 'a/b/c', false],
    ['+', '/a', false],
    ['+/+', '/a', true],
    ['/+', '/a', true],
    ['a/+/c', 'a//c', true],
    ['a/+/#', 'a/b', true],
    ['a/b', 'a/b', true],
    ['a/b', 'A/b', false],
    ['a/b/', 'a/b', false],
  ];

  it.each(cases)('%s on %s: %s', (filter, topic, isMatch) => {
    expect(matchesFilter(filter, topic)).toBe(isMatch);
    expect(matchesNaively(filter, topic)).toBe(isMatch);
  });

  it('agrees with the naive model', () => {
    fc.assert(
      fc.property(filters, topics, (filter, topic) => {
        expect(matchesFilter(filter, topic)).toBe(matchesNaively(filter, topic));
      }),
      { numRuns: 2000 },
    );
  });
});
