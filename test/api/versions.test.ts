// What a version changed, and which versions stay: the text diff rebuilds the newer text from the older one.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changedPaths } from '../../src/api/versions/document-diff.ts';
import { unifiedDiff } from '../../src/api/versions/line-diff.ts';
import { expendable, versionView } from '../../src/api/versions/rule-versions.ts';
import type { RuleVersionRow } from '../../src/rules/index.ts';

/** As `patch` does, and as strict. */
function patched(before: readonly string[], diff: string): string[] {
  const lines = [...before];
  let grown = 0;
  let at = 0;
  for (const line of diff === '' ? [] : diff.split('\n')) {
    const head = /^@@ -(\d+),(\d+) \+(\d+),(\d+) @@$/.exec(line);
    if (head !== null) {
      at = Number(head[1]) - (head[2] === '0' ? 0 : 1) + grown;
      expect(at).toBe(Number(head[3]) - (head[4] === '0' ? 0 : 1));
    } else if (line.startsWith('+')) {
      lines.splice(at++, 0, line.slice(1));
      grown++;
    } else {
      expect(lines[at]).toBe(line.slice(1));
      if (line.startsWith(' ')) at++;
      else {
        lines.splice(at, 1);
        grown--;
      }
    }
  }
  return lines;
}

describe('the text', () => {
  test('a changed line stands between its neighbours', () => {
    const before = 'a\nb\nc\nd\ne\nf\ng\nh\n';
    expect(unifiedDiff(before, before.replace('e\n', 'E\n'))).toBe(
      '@@ -2,7 +2,7 @@\n b\n c\n d\n-e\n+E\n f\n g\n h',
    );
    expect(unifiedDiff(before, before)).toBe('');
    expect(unifiedDiff('', 'a\n')).toBe('@@ -0,0 +1,1 @@\n+a');
  });

  test('makes the newer text out of the older one, whatever they are', () => {
    const words = fc.array(fc.constantFrom('a', 'b', 'c', '', 'd: 1'), { maxLength: 30 });
    fc.assert(
      fc.property(words, words, (before, after) => {
        const [old, young] = [before, after].map((lines) => lines.map((line) => `${line}\n`).join(''));
        expect(patched(before, unifiedDiff(old ?? '', young ?? ''))).toEqual(after);
      }),
    );
  });

  test('what has too much between its differences is replaced there', () => {
    const lines = (word: string): string => Array.from({ length: 1500 }, (_, n) => `${word}${n}\n`).join('');
    const diff = unifiedDiff(`same\n${lines('a')}`, `same\n${lines('b')}`);
    expect(diff.split('\n', 2)).toEqual(['@@ -1,1501 +1,1501 @@', ' same']);
    expect(diff.split('\n')).toHaveLength(3002);
  });
});

describe('the document', () => {
  test.each([
    [{ a: 1 }, { a: 1 }, []],
    [{ a: 1, b: 2 }, { b: 3, c: 4 }, ['removed a', 'changed b', 'added c']],
    [{ a: [{ x: 1 }, { y: 2 }] }, { a: [{ x: 1 }, { y: 3 }] }, ['changed a[1].y']],
    [{ a: [1, 2, 3] }, { a: [1, 9, 2, 3] }, ['added a[1]']],
    [{ a: [1, 2, 3] }, { a: [3] }, ['removed a[0]', 'removed a[1]']],
    [{ a: { b: { c: null } } }, { a: { b: { c: [] } } }, ['changed a.b.c']],
    [undefined, { a: 1 }, ['changed ']],
  ])('%j → %j', (before, after, expected) => {
    expect(changedPaths(before, after).map(({ path, change }) => `${change} ${path}`)).toEqual(expected);
  });

  test('of very many differences two hundred are told', () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`k${n}`, n]));
    expect(changedPaths({}, many)).toHaveLength(200);
  });
});

function row(version: number, savedAt: number, document = '{}'): RuleVersionRow {
  return { rule: 'r', version, source: `n: ${version}\n`, document, author: 'ann', note: '', savedAt };
}

test('a version says what it changed; one that cannot be read differs as a whole', () => {
  expect(versionView(row(1, 0), undefined)).not.toHaveProperty('diff');
  expect(versionView(row(3, 0, '{"a":1}'), row(1, 0, '{"a":')).diff).toEqual({
    from: 1,
    text: '@@ -1,1 +1,1 @@\n-n: 1\n+n: 3',
    paths: [{ path: '', change: 'changed' }],
  });
});

describe('old versions', () => {
  const rows = (count: number): RuleVersionRow[] => Array.from({ length: count }, (_, n) => row(n + 1, n));
  const none = new Set<number>();

  test.each([
    ['a hundred stay in any case', 100, { versions: none, journalFrom: 1e9 }, []],
    ['behind them nobody needs them', 103, { versions: none, journalFrom: 1e9 }, [1, 2, 3]],
    ['but who runs or is in force', 103, { versions: new Set([2]), journalFrom: 1e9 }, [1, 3]],
    // Version 2 was saved at 1: version 1 was in force until then.
    ['and the journal', 103, { versions: none, journalFrom: 2 }, [1]],
    ['which may not make them too many', 1002, { versions: new Set([1]), journalFrom: 0 }, [2]],
  ])('%s', (_, count, needs, gone) => {
    expect(expendable(rows(count), needs)).toEqual(gone);
  });
});
