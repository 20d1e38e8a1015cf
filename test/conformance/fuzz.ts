// Random expressions against the jsonata package: `node test/conformance/fuzz.ts [--cases 200000] [--seed N]`.
import { parseArgs } from 'node:util';
import { type Difference, type FuzzReport, fuzz } from '../expression/fuzz.ts';

const { values } = parseArgs({
  options: { cases: { type: 'string', default: '200000' }, seed: { type: 'string', default: '1' } },
});
const cases = Number(values.cases);
const seed = Number(values.seed);

function print({ source, input, own, reference }: Difference): void {
  console.log(`different: ${source}\n  input     ${JSON.stringify(input)}`);
  console.log(`  ours      ${JSON.stringify(own)}\n  reference ${JSON.stringify(reference)}`);
}

let shown = 0;
let reported = 0;

function onProgress({ counts, differences }: FuzzReport): void {
  for (const difference of differences.slice(shown)) print(difference);
  shown = differences.length;
  const excused = [...counts.excused.values()].reduce((sum, one) => sum + one, 0);
  const done = counts.values + counts.failures + counts.problems + counts.different + excused;
  if (done < reported + 20_000) return;
  reported = done;
  console.log(`${done} of ${cases}, ${counts.different} differ`);
}

console.log(`jsonata 2.2.2 against ours, ${cases} cases, seed ${seed}`);
const { counts } = await fuzz({ cases, seed, onProgress });
console.log(`${counts.values} the same values, ${counts.failures} the same errors (code, position, token)`);
console.log(`${counts.problems} the same problems of syntax`);
for (const [why, times] of counts.excused) console.log(`${times} not compared: ${why}`);
console.log(`${counts.values + counts.failures + counts.problems} passed, ${counts.different} failed`);
process.exitCode = counts.different > 0 ? 1 : 0;
