import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TopicTrie } from '../../src/base/index.ts';
import { filters, matchesNaively, topics } from './topic-model.ts';

interface Pair {
  readonly filter: string;
  readonly value: number;
}

const pairs = fc.array(fc.record({ filter: filters, value: fc.integer({ min: 0, max: 5 }) }), {
  maxLength: 30,
});

const ordered = (values: Iterable<number>): number[] => [...values].sort((one, other) => one - other);

function bruteForce(kept: readonly Pair[], topic: string): number[] {
  const values = kept.filter(({ filter }) => matchesNaively(filter, topic)).map(({ value }) => value);
  return ordered(new Set(values));
}

const same = (one: Pair) => (other: Pair) => one.filter === other.filter && one.value === other.value;

function unique(list: readonly Pair[]): Pair[] {
  return list.filter((pair, index) => list.findIndex(same(pair)) === index);
}

describe('TopicTrie', () => {
  it('finds what brute force finds, also after deletes', () => {
    fc.assert(
      fc.property(
        pairs,
        fc.infiniteStream(fc.boolean()),
        fc.array(topics, { minLength: 1 }),
        (added, coins, asked) => {
          const trie = new TopicTrie<number>();
          for (const { filter, value } of added) trie.add(filter, value);
          const distinct = unique(added);
          expect(trie.size).toBe(distinct.length);
          const kept = distinct.filter(() => coins.next().value === true);
          for (const pair of distinct) if (!kept.includes(pair)) trie.delete(pair.filter, pair.value);
          expect(trie.size).toBe(kept.length);
          for (const topic of asked) expect(ordered(trie.match(topic))).toEqual(bruteForce(kept, topic));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('takes back exactly what an add added', () => {
    const trie = new TopicTrie<string>();
    const undo = trie.add('a/+', 'one');
    trie.add('a/#', 'two');
    undo();
    undo();
    expect([...trie.match('a/b')]).toEqual(['two']);
    expect(trie.size).toBe(1);
  });

  it('gives a value once, however many of its filters match', () => {
    const trie = new TopicTrie<string>();
    for (const filter of ['#', 'a/#', 'a/+', 'a/b']) trie.add(filter, 'rule');
    expect([...trie.match('a/b')]).toEqual(['rule']);
    trie.delete('a/b', 'rule');
    expect([...trie.match('a/b')]).toEqual(['rule']);
  });

  it('leaves what it does not hold', () => {
    const trie = new TopicTrie<string>();
    trie.add('a/b', 'one');
    trie.delete('a/b', 'two');
    trie.delete('a', 'one');
    trie.delete('x/y/z', 'one');
    expect(trie.size).toBe(1);
    expect([...trie.match('a/b')]).toEqual(['one']);
  });

  it.each([
    ['#', '$SYS/x', []],
    ['+/x', '$SYS/x', []],
    ['$SYS/+', '$SYS/x', ['v']],
    ['$SYS/#', '$SYS', ['v']],
    ['a/#', 'a', ['v']],
  ])('keeps the $ rules: %s on %s', (filter, topic, found) => {
    const trie = new TopicTrie<string>();
    trie.add(filter, 'v');
    expect([...trie.match(topic)]).toEqual(found);
  });

  it('treats names of Object.prototype as any other level', () => {
    const trie = new TopicTrie<string>();
    trie.add('__proto__/constructor', 'v');
    expect([...trie.match('__proto__/constructor')]).toEqual(['v']);
    expect([...trie.match('__proto__/toString')]).toEqual([]);
  });
});
