// `flow` over the real HTTP server, against the fake use cases.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type HttpHouse, startHttpHouse } from '../support/http-house.ts';
import { invoke, type Outcome } from './invoke.ts';

let house: HttpHouse;

beforeAll(async () => {
  house = await startHttpHouse();
});

afterAll(() => house.stop());

const cli = (...argv: string[]): Promise<Outcome> => invoke(['flow', ...argv, '--data', house.folder]);
const lastCall = (): unknown => house.api.calls.at(-1);

it('list shows what comes with Homerule and what it has to be told', async () => {
  const { out } = await cli('list');
  expect(out).toMatch(
    /^NAME +STATE +FLOW +SETTINGS\npresence-lighting +added +Presence lighting \/ 人来灯亮 +LAMP=lamp/,
  );
});

it('add deploys one, with settings and anew', async () => {
  expect(await cli('add', 'presence-lighting')).toMatchObject({ code: 0, err: '' });
  expect(lastCall()).toMatchObject({ what: 'flowSeeds.add', args: ['presence-lighting', {}] });
  const { out } = await cli('add', 'presence-lighting', 'LAMP=desk', 'PATH=a=b', '--replace');
  expect(lastCall()).toMatchObject({
    args: ['presence-lighting', { replace: true, settings: { LAMP: 'desk', PATH: 'a=b' } }],
  });
  expect(out).toBe(
    'presence-lighting: 3 nodes added, 2 left as they were, 0 put back; see it at /red/#flow/homerule-presence-lighting\n',
  );
  expect(await cli('add', 'presence-lighting', 'LAMP')).toMatchObject({ code: 2 });
});

it('versions lists the last deploys, and restore goes back to one', async () => {
  expect((await cli('versions')).out).toMatch(/^VERSION +DEPLOYED +BY +TYPE +NODES\n2 +/);
  expect((await cli('versions', '--diff')).out).toMatch(/^# version 2 of .*\n# /);
  expect(await cli('restore', '2')).toMatchObject({ code: 0, out: 'deployed version 2 again\n' });
  expect(lastCall()).toMatchObject({ what: 'flows.restore', args: ['2', {}] });
});

it('status, start and stop speak of the process', async () => {
  expect((await cli('status')).out).toMatch(/^NODE-RED +running\nsince +/);
  await cli('start', '--safe');
  expect(lastCall()).toMatchObject({ what: 'flows.start', args: [{ safe: true }] });
  await cli('stop');
  expect(lastCall()).toMatchObject({ what: 'flows.stop' });
});

it('prints for programs', async () => {
  expect(JSON.parse((await cli('status', '--json')).out)).toMatchObject({ state: 'running' });
  expect(JSON.parse((await cli('list', '--json')).out)).toMatchObject([{ name: 'presence-lighting' }]);
});
