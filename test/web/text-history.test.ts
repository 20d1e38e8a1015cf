// Undo and redo of a text: exact, unlimited, with typing in one place as one step.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  fits,
  noHistory,
  recent,
  recorded,
  redo,
  type TextHistory,
  undo,
} from '../../web/src/document/text-history.ts';

function write(texts: readonly string[], { group = 'type', gap = 100 } = {}): TextHistory {
  return texts
    .slice(1)
    .reduce<TextHistory>(
      (history, after, at) =>
        recorded(history, { before: texts[at] ?? '', after }, { group, time: at * gap }),
      noHistory,
    );
}

test('typing in one place is one step, until a pause or another place', () => {
  expect(write(['', 'a', 'ab', 'abc']).past).toHaveLength(1);
  expect(write(['', 'a', 'ab', 'abc'], { gap: 5_000 }).past).toHaveLength(3);
  expect(write(['x y', 'xa y', 'xa yb']).past).toHaveLength(2);
});

test('every state comes back, in both directions', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 20 }), { minLength: 1, maxLength: 30 }), (states) => {
      const texts = states.filter((text, at) => text !== states[at - 1]);
      let history = write(texts, { gap: 5_000 });
      let text = texts.at(-1) ?? '';
      for (const wanted of texts.slice(0, -1).toReversed()) {
        const turned = undo(text, history);
        expect(turned?.text).toBe(wanted);
        ({ text, history } = turned ?? { text, history });
        expect(fits(text, history)).toBe(true);
      }
      expect(undo(text, history)).toBeUndefined();
      for (const wanted of texts.slice(1)) {
        const turned = redo(text, history);
        expect(turned?.text).toBe(wanted);
        ({ text, history } = turned ?? { text, history });
      }
    }),
  );
});

test('a new change ends what could be made again; a history that is too long keeps its newest steps', () => {
  const history = write(['', 'a', 'a b', 'a b c'], { gap: 5_000 });
  const back = undo('a b c', history);
  expect(
    recorded(back?.history ?? noHistory, { before: 'a b', after: 'a b!' }, { group: 'x', time: 0 }).future,
  ).toEqual([]);
  expect(recent(history, 130).past).toEqual(history.past.slice(1));
});
