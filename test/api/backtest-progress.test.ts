// Backtests as their use case sees them: told step by step, ended when nobody listens.
import { expect, test } from 'vitest';
import type { BacktestPort } from '../../src/api/index.ts';
import { backtestsWith } from '../support/backtest-house.ts';
import { backtestView } from '../support/fake-views.ts';

type How = Parameters<BacktestPort['run']>[1];

test('the latest progress is told, then the result; rules that are off are none of its house', async () => {
  const heard = Promise.withResolvers<void>();
  const backtests = backtestsWith(async (task, { progress }) => {
    expect(task).toMatchObject({ rule: { id: 'fan', version: 2 }, others: [], windowMs: 300_000 });
    for (const share of [0.2, 0.4]) progress(share);
    await heard.promise;
    return backtestView;
  });
  const told = [];
  for await (const event of backtests.run('fan', { from: '-10s' })) {
    told.push(event);
    if ('progress' in event && event.progress > 0) heard.resolve();
  }
  expect(told).toEqual([{ progress: 0 }, { progress: 0.4 }, { result: backtestView }]);
});

test('who goes away ends it', async () => {
  let how: How | undefined;
  const backtests = backtestsWith((_task, given) => {
    how = given;
    return new Promise((_, reject) =>
      given.signal.addEventListener('abort', () => reject(given.signal.reason)),
    );
  });
  const events = backtests.run('fan', { from: '-10s' })[Symbol.asyncIterator]();
  expect(await events.next()).toEqual({ done: false, value: { progress: 0 } });
  expect(how?.signal.aborted).toBe(false);
  await events.return?.(undefined);
  expect(how?.signal.aborted).toBe(true);
});

test('what goes wrong on the way is told as it is', async () => {
  const backtests = backtestsWith(() => Promise.reject(new Error('no room')));
  const all = async () => {
    for await (const event of backtests.run('fan', { from: '-10s' })) expect(event).toEqual({ progress: 0 });
  };
  await expect(all()).rejects.toThrow('no room');
});
