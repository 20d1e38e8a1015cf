// What an expression needs to be kept from the moment it is saved.
import { expect, test } from 'vitest';
import { compileExpression } from '../../src/expression/index.ts';

test.each([
  ['$over("a", "15m").mean > 5', [{ topic: 'a', keepMs: 900_000 }]],
  ['$over("a", 60, "b.c").max', [{ topic: 'a', path: 'b.c', keepMs: 60_000 }]],
  ['$over("a", "today").delta', [{ topic: 'a', keepMs: 90_000_000 }]],
  ['$over("a", "yesterday").delta', [{ topic: 'a', keepMs: 180_000_000 }]],
  ['$at("a", "-7d")', [{ topic: 'a', keepMs: 604_800_000 }]],
  ['$since("a", "x") > 5 and $since("b") > 5', [{ topic: 'a', path: 'x' }]],
  ['[1..3].($ > $over("a", "1s").count)', [{ topic: 'a', keepMs: 1000 }]],
  ['$over("a" & topic, "15m").mean', []],
  ['$over("a", [1, 2]).mean', []],
  ['$over("a", "15m", topic).mean', []],
  ['$over("a", "soon").mean', []],
  ['$state("a")', []],
])('%s: %j', (source, watched) => {
  expect(compileExpression(source).expression?.watched).toEqual(watched);
});
