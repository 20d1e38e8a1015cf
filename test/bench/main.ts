// `npm run bench [-- NAME…] [--quick]`: says on what it measures, runs the benchmarks one after another, counts.
import { parseArgs } from 'node:util';
import { printFacts } from './support/facts.ts';
import { attempt, type Tally } from './support/tally.ts';

type Benchmark = (quick: boolean, tally: Tally) => Promise<void>;

const benchmarks: Readonly<Record<string, Benchmark>> = {
  async broker(quick, tally) {
    const { run } = await import('./broker.ts');
    await attempt(tally, 'broker', () => run({ quick }));
    const durable = await import('./durable.ts');
    await attempt(tally, 'broker, durable', () => durable.run({ quick }));
    const storm = await import('./storm.ts');
    await attempt(tally, 'broker, storm', () => storm.run({ quick }));
  },
  async engine(quick, tally) {
    const { run } = await import('./engine.ts');
    await run({ quick, tally });
  },
  async history(quick, tally) {
    const { run } = await import('./history.ts');
    await run({ quick, tally });
  },
  async backtest(quick, tally) {
    const { run } = await import('./backtest.ts');
    await run({ quick, tally });
  },
  async explain(quick, tally) {
    const { run } = await import('./explain.ts');
    await run({ quick, tally });
  },
  // It looks for --quick itself.
  async expression(_quick, tally) {
    const { run } = await import('./expression.ts');
    await attempt(tally, 'expression', () => run());
  },
};

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { quick: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const names = positionals.length === 0 ? Object.keys(benchmarks) : positionals;
  const tally: Tally = { passed: 0, failed: 0 };
  printFacts();
  for (const name of names) {
    const benchmark = benchmarks[name];
    if (benchmark === undefined) {
      console.log(`there is no benchmark "${name}"; there are ${Object.keys(benchmarks).join(', ')}`);
      tally.failed++;
    } else await benchmark(values.quick, tally);
  }
  console.log(`\n${tally.passed} passed, ${tally.failed} failed`);
  process.exitCode = tally.failed === 0 ? 0 : 1;
}

await main();
