// Drafts survive, and damaged ones harm nobody.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DraftStore, newRuleKey } from '../../web/src/rule/draft-store.ts';
import { asides, beginNew, clearNew, nameIn } from '../../web/src/rule/new-drafts.ts';
import { memoryStorage } from './support.tsx';

describe('draft store', () => {
  test('gives back any text exactly', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), fc.nat(), (source, rule, version) => {
        const storage = memoryStorage();
        const draft = { source, version, savedAt: 5 };
        expect(new DraftStore(storage).keep(rule, draft)).toBe(true);
        // Another page load: a new store over the same storage.
        expect(new DraftStore(storage).find(rule)).toEqual(draft);
      }),
    );
  });

  test('keeps rules apart and forgets what is dropped', () => {
    const store = new DraftStore(memoryStorage());
    store.keep('fan', { source: 'a', version: 1, savedAt: 1 });
    store.keep('lamp', { source: 'b', version: 2, savedAt: 2 });
    store.drop('fan');
    expect(store.find('fan')).toBeUndefined();
    expect(store.find('lamp')?.source).toBe('b');
  });

  test.each(['', '{', 'null', '[]', '{"source":1,"version":1}', '{"source":"x"}'])(
    'takes %j for no draft',
    (text) => {
      const storage = memoryStorage();
      storage.setItem('homerule.draft.fan', text);
      expect(new DraftStore(storage).find('fan')).toBeUndefined();
    },
  );

  test('says when the browser has no room', () => {
    const full = {
      ...memoryStorage(),
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
    };
    expect(new DraftStore(full).keep('fan', { source: 'a', version: 1, savedAt: 1 })).toBe(false);
  });
});

test('what can be undone comes back with the text, unless something else wrote the draft', () => {
  const storage = memoryStorage();
  const drafts = new DraftStore(storage);
  const step = { at: 0, removed: '', inserted: 'ab', group: 'text', time: 1 };
  const history = { past: [step], future: [] };
  drafts.keep('fan', { source: 'abc', version: 1, savedAt: 5, history });
  expect(drafts.find('fan')?.history).toEqual(history);
  storage.setItem('homerule.draft.fan', JSON.stringify({ source: 'xyz', version: 1, savedAt: 5, history }));
  expect(drafts.find('fan')).toEqual({ source: 'xyz', version: 1, savedAt: 5 });
});

describe('a new rule', () => {
  const draft = (source: string, savedAt: number) => ({ source, version: 0, savedAt });

  test('that is begun puts the one before aside, which can be found again', () => {
    const drafts = new DraftStore(memoryStorage());
    for (const n of [1, 2, 3]) beginNew(drafts, draft(`name: Rule ${n}`, n));
    expect(drafts.find(newRuleKey)?.source).toBe('name: Rule 3');
    expect(asides(drafts).map((aside) => aside.draft.source)).toEqual(['name: Rule 2', 'name: Rule 1']);
    expect(clearNew(drafts, 'name: Rule 3')).toBe(false);
  });

  test('begun twice with one text is one draft', () => {
    const drafts = new DraftStore(memoryStorage());
    for (const text of ['a', 'b', 'a', 'b', 'b']) beginNew(drafts, draft(text, 1));
    expect(asides(drafts).map((aside) => aside.draft.source)).toEqual(['a']);
  });

  test('has at most five aside: the oldest goes', () => {
    const drafts = new DraftStore(memoryStorage());
    for (let n = 0; n < 8; n += 1) beginNew(drafts, draft(`${n}`, n));
    expect(asides(drafts).map((aside) => aside.draft.source)).toEqual(['6', '5', '4', '3', '2']);
  });

  test.each([
    ['name: Fan', 'Fan'],
    ['# x\nname: "风扇 on"\nmode: single', '风扇 on'],
    ['id: x', undefined],
    ['name: ', undefined],
  ])('%j is called %j', (source, name) => expect(nameIn(source)).toBe(name));
});
