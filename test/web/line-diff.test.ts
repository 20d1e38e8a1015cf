// A comparison of lines: what stays, goes and comes makes both texts again.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { around, lineDiff } from '../../web/src/document/line-diff.ts';

const lines = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 });

test('both texts can be made of it, and it never marks more than it must', () => {
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const diff = lineDiff(before, after);
      const of = (gone: string): string[] =>
        diff.filter(({ change }) => change !== gone).map(({ text }) => text);
      expect(of('added')).toEqual(before);
      expect(of('removed')).toEqual(after);
      if (JSON.stringify(before) === JSON.stringify(after))
        expect(diff.every(({ change }) => change === 'same')).toBe(true);
    }),
  );
});

test('lines far from a change are left out, once for each gap', () => {
  const before = ['1', '2', '3', '4', '5', '6'];
  const diff = around(lineDiff(before, before.with(5, 'x')), 1);
  expect(diff.map((line) => line && `${line.change} ${line.text}`)).toEqual([
    undefined,
    'same 5',
    'removed 6',
    'added x',
  ]);
});
