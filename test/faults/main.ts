// `npm run faults [-- --kills N] [--seed S]`: kills a busy house N times and says what it kept of its promises;
// `--timers [--pending N]` kills one with many timers pending.
import { parseArgs } from 'node:util';
import { median } from '../bench/support/figures.ts';
import { KillCycles } from './kill-cycles.ts';
import { TimerKills, type TimerOutcome } from './timer-kills.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '50' },
    seed: { type: 'string' },
    timers: { type: 'boolean', default: false },
    pending: { type: 'string', default: '1000' },
  },
});
const kills = Number(values.kills);
const seed = Number(values.seed ?? Math.floor(Math.random() * 1e6));
console.log(`${kills} kills, seed ${seed}`);
const begun = performance.now();

/** Answers how many kills failed. */
async function killBusy(): Promise<number> {
  const outcome = await new KillCycles({
    kills,
    seed,
    onRound: (round) => {
      if (round % 10 === 0) console.log(`  ${round} of ${kills}`);
    },
  }).run();
  const { acked, received, lost, duplicated, disordered, effects, markedEffects, faults } = outcome;
  console.log(`acknowledged ${acked}, received ${received}, lost ${lost}`);
  console.log(`QoS 2 duplicated ${duplicated}, out of order ${disordered}`);
  console.log(`effects of the rule ${effects}, missing ${outcome.missingEffects}`);
  console.log(`effects repeated and marked ${markedEffects}, repeated in silence ${outcome.unmarkedEffects}`);
  tell(outcome);
  return kills - outcome.rounds + (faults.length > 0 && outcome.rounds === kills ? 1 : 0);
}

/** Answers how many faults there were. */
async function killTimers(): Promise<number> {
  const outcome = await new TimerKills({
    kills,
    seed,
    timers: Number(values.pending),
    onGeneration: (figures) => console.log(`  ${JSON.stringify(figures)}`),
  }).run();
  const { armed, said, letGo, lost, early, doubled, marked, disobeyed } = outcome;
  console.log(`timers acknowledged ${armed}, messages ${said}, let go by their policy ${letGo}`);
  console.log(`lost ${lost}, early ${early}, repeated in silence ${doubled}, marked ${marked}`);
  console.log(`policies disobeyed ${disobeyed}`);
  console.log(`traces read ${outcome.traces}: late ${outcome.late}, overdue ${outcome.overdue}`);
  console.log(`holds that tell of their gap ${outcome.gaps}; silent about lateness or gap ${outcome.silent}`);
  tell(outcome);
  for (const note of outcome.notes) console.log(note);
  return outcome.faults.length;
}

function tell({ startMs, faults }: Pick<TimerOutcome, 'startMs' | 'faults'>): void {
  const [middle, most] = [median(startMs), Math.max(...startMs)].map(Math.round);
  console.log(`start ${middle} ms at the median, ${most} at most`);
  console.log(`${Math.round((performance.now() - begun) / 1000)} s`);
  for (const fault of faults) console.log(`fault: ${fault}`);
}

const failed = await (values.timers ? killTimers() : killBusy());
console.log(values.timers ? `${failed} faults` : `${kills - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
