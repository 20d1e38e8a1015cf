// A house of two rules in which backtests are asked for.
import { Backtests } from '../../src/api/backtests.ts';
import type { BacktestPort } from '../../src/api/index.ts';
import { VirtualClock } from '../../src/base/index.ts';

const source = 'id: fan\ntriggers: [{ message: a }]\nactions: [{ log: x }]\n';
/** The use case, with somebody else to do the work. */
export function backtestsWith(run: BacktestPort['run']): Backtests {
  return new Backtests({
    rules: {
      texts: () => [
        { id: 'fan', version: 2, source },
        { id: 'off', version: 1, source: source.replace('fan', 'off') },
      ],
      list: () => [
        { id: 'fan', enabled: true },
        { id: 'off', enabled: false },
      ],
    },
    store: { versionsOf: async () => [] },
    home: { zone: 'UTC' },
    clock: new VirtualClock(1_000_000),
    backtest: { run },
  });
}
