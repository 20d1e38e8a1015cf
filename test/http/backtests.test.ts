// Backtests over HTTP: nobody computes what nobody waits for.
import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { BacktestPort } from '../../src/api/index.ts';
import { Turns } from '../../src/app/backtest/turns.ts';
import { backtestsWith } from '../support/backtest-house.ts';
import { backtestView } from '../support/fake-views.ts';
import { ask, type HttpHouse, jsonOf, startHttpHouse } from '../support/http-house.ts';

const lines = 'application/x-ndjson';

let house: HttpHouse;
beforeEach(async () => {
  house = await startHttpHouse();
});
afterEach(() => house.stop());

function answeredBy(run: BacktestPort['run']): void {
  const backtests = backtestsWith(run);
  house.api.backtests.run = (id, asked, gone) => backtests.run(id, asked, gone);
}

/** Asks as a client that may hang up. */
function asking(accept: string) {
  const asked = request({
    ...{ host: '127.0.0.1', port: house.port, method: 'POST', path: '/api/v1/rules/fan/backtest' },
    headers: { 'content-type': 'application/json', accept },
  });
  asked.on('error', () => undefined);
  asked.end('{"from":"-10s"}');
  return asked;
}

const post = (accept: string) =>
  ask(house, '/api/v1/rules/fan/backtest', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: accept },
    body: '{"from":"-10s"}',
  });

describe.each(['application/json', lines])('asked as %s', (accept) => {
  test('it ends when its client hangs up, though it tells nothing', async () => {
    const begun = Promise.withResolvers<void>();
    const ended = Promise.withResolvers<unknown>();
    answeredBy((_task, { signal }) => {
      begun.resolve();
      const { promise, reject } = Promise.withResolvers<never>();
      signal.addEventListener('abort', () => {
        ended.resolve(signal.reason);
        reject(signal.reason);
      });
      return promise;
    });
    const asked = asking(accept);
    await begun.promise;
    asked.destroy();
    expect(await ended.promise).toMatchObject({ code: 'client-gone' });
    expect((await ask(house, '/api/v1/health')).status).toBe(200);
    expect(house.log.filter(({ level }) => level === 'error')).toEqual([]);
  });

  test('the third waits its turn, which it gives up by hanging up; who finds no place is refused', async () => {
    const turns = new Turns({ running: 2, waiting: 1 });
    const work = Promise.withResolvers<void>();
    const left = Promise.withResolvers<void>();
    const waits: (() => void)[] = [];
    const come = (): Promise<void> => new Promise((resolve) => waits.push(resolve));
    answeredBy(async (_task, { signal }) => {
      const turn = turns.take(signal);
      waits.shift()?.();
      await turn.catch((error: Error) => {
        if (signal.aborted) left.resolve();
        throw error;
      });
      await work.promise;
      turns.giveBack();
      return backtestView;
    });
    const first = [come(), come(), come()];
    const served = [post(accept), post(accept)];
    await Promise.all(first.slice(0, 2));
    const third = asking(accept);
    await first[2];
    const refused = await post(accept);
    expect(refused.status).toBe(accept === lines ? 200 : 429);
    expect(refused.body.toString()).toContain('too-many-backtests');
    third.destroy();
    await left.promise;
    const later = come();
    const fourth = post(accept);
    await later;
    work.resolve();
    for (const answer of await Promise.all([...served, fourth])) {
      expect(answer.status).toBe(200);
      expect(answer.body.toString()).toContain('"fired":');
    }
  });
});

test('whoever waits hears that nothing is done yet', async () => {
  const work = Promise.withResolvers<void>();
  answeredBy(async () => {
    await work.promise;
    return backtestView;
  });
  const asked = asking(lines);
  const text: string = await new Promise((resolve) =>
    asked.on('response', (response) => response.once('data', (chunk) => resolve(String(chunk)))),
  );
  expect(JSON.parse(text)).toEqual({ progress: 0 });
  work.resolve();
  expect(jsonOf(await post('application/json'))).toMatchObject({ rule: 'fan' });
});
