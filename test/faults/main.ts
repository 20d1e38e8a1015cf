// `npm run faults [-- --kills N] [--seed S]`: kills a busy house N times and says what it kept of its promises.
import { parseArgs } from 'node:util';
import { median } from '../bench/support/figures.ts';
import { KillCycles } from './kill-cycles.ts';

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '50' }, seed: { type: 'string' } },
});
const kills = Number(values.kills);
const seed = Number(values.seed ?? Math.floor(Math.random() * 1e6));
console.log(`${kills} kills, seed ${seed}`);
const begun = performance.now();
const outcome = await new KillCycles({
  kills,
  seed,
  onRound: (round) => {
    if (round % 10 === 0) console.log(`  ${round} of ${kills}`);
  },
}).run();
const { acked, received, lost, duplicated, disordered, effects, markedEffects, startMs, faults } = outcome;
console.log(`acknowledged ${acked}, received ${received}, lost ${lost}`);
console.log(`QoS 2 duplicated ${duplicated}, out of order ${disordered}`);
console.log(`effects of the rule ${effects}, missing ${outcome.missingEffects}`);
console.log(`effects repeated and marked ${markedEffects}, repeated in silence ${outcome.unmarkedEffects}`);
console.log(
  `start ${Math.round(median(startMs))} ms at the median, ${Math.round(Math.max(...startMs))} at most`,
);
console.log(`${Math.round((performance.now() - begun) / 1000)} s`);
for (const fault of faults) console.log(`fault: ${fault}`);
const failed = kills - outcome.rounds + (faults.length > 0 && outcome.rounds === kills ? 1 : 0);
console.log(`${kills - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
