// Node-RED's process and who keeps it running, with the real one: when it starts, what is told of it, deploys and the way
// back, and flows that end it in every way they can.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { opened, readCredentialFile } from '../../src/flows/credential-file.ts';
import { type FlowsUnderTest, functionFlow, makeFlows, type TestOptions } from './flows-house.ts';

/** Node-RED takes its time to start on a busy machine, and most tests start it several times. */
vi.setConfig({ testTimeout: 180_000 });

let under: FlowsUnderTest | undefined;
afterEach(async () => {
  await under?.stop();
  under = undefined;
});

async function begun(options: TestOptions = {}): Promise<FlowsUnderTest> {
  under = makeFlows(options);
  await under.flows.start(new AbortController().signal);
  return under;
}

const harmless = functionFlow('return msg;');

function isAlive(pid: number): boolean {
  return existsSync(`/proc/${pid}/stat`) && !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
}

describe('when it runs', () => {
  it.each([
    ['no file', undefined],
    ['an empty tab', [{ id: 'tab', type: 'tab', label: 'empty' }]],
  ])('with %s there is no process', async (_, present) => {
    const { flows, log } = await begun(present && { present });
    expect(flows.view()).toMatchObject({ state: 'stopped', restarts: 0 });
    expect(flows.view().pid).toBeUndefined();
    expect(log).toEqual([]);
  });

  it('with flows it starts by itself, on a socket for one user, and stops with the house', async () => {
    const { flows, dir, until, log } = await begun({ present: harmless });
    expect(flows.view().state).toBe('starting');
    await until(() => log.some(({ text }) => text === 'Started flows'));
    await until(() => flows.view().state === 'running');
    const { pid = 0 } = flows.view();
    expect(statSync(join(dir, 'run/flows.sock')).mode & 0o777).toBe(0o600);
    expect(statSync(join(dir, 'nodered')).mode & 0o777).toBe(0o700);
    expect(readFileSync(`/proc/${pid}/environ`, 'utf8')).not.toMatch(/hf_test|never told/);
    await flows.stop();
    expect(isAlive(pid)).toBe(false);
  });

  it('off by configuration it never runs', async () => {
    const { flows } = await begun({ present: harmless, isEnabled: false });
    expect(flows.view().state).toBe('off');
    await expect(flows.run({ isSafe: false })).rejects.toMatchObject({ code: 'flows-off' });
    await expect(flows.admin({ method: 'GET', path: '/flows', by: 'anna' })).rejects.toThrow('flows.enabled');
    expect(flows.view().pid).toBeUndefined();
  });

  it('stopped by a person only a person starts it', async () => {
    const { flows } = await begun();
    await flows.run({ isSafe: false });
    await flows.halt();
    flows.wake();
    expect(flows.view().state).toBe('stopped');
    await flows.run({ isSafe: true });
    expect(flows.view().state).toBe('safe');
  });
});

describe('deploys', () => {
  const deploy = (flows: readonly object[], rev?: string) =>
    ({ method: 'POST', path: '/flows', by: 'anna', body: { flows, ...(rev && { rev }) } }) as const;

  it('each is kept with who made it, the last twenty, and a stale one is refused', async () => {
    const { flows, deeds, until } = await begun();
    const revs: unknown[] = [];
    for (let turn = 1; turn <= 22; turn++)
      revs.push(await flows.admin(deploy(functionFlow(`return ${turn};`))));
    await until(() => deeds.length === 22);
    expect(deeds.at(-1)).toEqual({
      ...{ who: 'anna', action: 'flows.set', target: '/flows', detail: 'full', isRefused: false },
    });
    await flows.halt();
    const versions = await flows.versions();
    expect(versions.length).toBeLessThanOrEqual(20);
    expect(versions.at(-1)).toMatchObject({ by: 'anna', type: 'full' });
    expect(JSON.stringify(versions.at(-1)?.flows)).toContain('return 22;');
    await flows.run({ isSafe: false });
    const [{ rev: old }, { rev }] = [revs[3], revs.at(-1)] as [{ rev: string }, { rev: string }];
    await expect(flows.admin(deploy(harmless, old))).rejects.toMatchObject({ code: 'flows-changed' });
    await flows.admin(deploy(harmless, rev));
  });

  it('flows that were changed while it was away are kept as found', async () => {
    const { flows, dir } = await begun();
    writeFileSync(join(dir, 'nodered/flows.json'), JSON.stringify(harmless));
    await flows.start(new AbortController().signal);
    expect(await flows.versions()).toMatchObject([{ version: 1, by: '', type: 'found' }]);
    await flows.halt();
    writeFileSync(join(dir, 'nodered/flows.json'), JSON.stringify(functionFlow('return null;')));
    await flows.run({ isSafe: false });
    expect(await flows.versions()).toMatchObject([{ version: 1 }, { version: 2, by: '', type: 'found' }]);
  });
});

describe('credentials of nodes', () => {
  const secret = 'never told';
  const broker = (id: string, password?: string) => ({
    ...{ id, type: 'mqtt-broker', broker: '127.0.0.1', port: '1', autoConnect: false },
    ...(password !== undefined && { credentials: { user: id, password } }),
  });
  const deploy = (nodes: readonly object[]) =>
    ({ method: 'POST', path: '/flows', by: 'anna', body: { flows: [...harmless, ...nodes] } }) as const;

  async function known({ dir }: FlowsUnderTest, key = secret): Promise<unknown> {
    const sealed = await readCredentialFile(join(dir, 'nodered/flows_cred.json'));
    return sealed && opened(sealed, key);
  }

  it('of nodes that were deleted come back with a restored deploy, those of others stay as they are', async () => {
    const all = await begun();
    const { flows, dir } = all;
    await flows.admin(deploy([broker('first', 'old 1'), broker('second', 'old 2')]));
    const [before] = await flows.versions();
    await flows.admin(deploy([broker('first', 'new 1'), broker('second')]));
    await flows.admin(deploy([broker('first')]));
    expect(await known(all)).toEqual({ first: { user: 'first', password: 'new 1' } });
    if (before === undefined) throw new Error('the first deploy is not kept');
    await flows.restore(before, { by: 'anna' });
    expect(await known(all)).toEqual({
      first: { user: 'first', password: 'new 1' },
      second: { user: 'second', password: 'old 2' },
    });
    expect(await known(all, 'another')).toBeUndefined();
    const kept = readdirSync(join(dir, 'nodered/versions')).map((name) =>
      join(dir, 'nodered/versions', name),
    );
    for (const path of kept) {
      expect(statSync(path).mode & 0o777).toBe(0o600);
      expect(readFileSync(path, 'utf8')).not.toMatch(/old|new 1/);
    }
    expect(JSON.stringify(await flows.versions())).not.toContain('credentials');
  });

  it('that were typed anew, with nothing else changed, are those that come back', async () => {
    const all = await begun();
    const { flows } = all;
    for (const password of ['old', 'new']) {
      await flows.admin(deploy([broker('one', password)]));
      await flows.versions();
    }
    const [kept, ...more] = await flows.versions();
    expect(more).toEqual([]);
    await flows.admin(deploy([]));
    expect(await known(all)).toEqual({});
    if (kept === undefined) throw new Error('the deploy is not kept');
    await flows.restore(kept, { by: 'anna' });
    expect(await known(all)).toEqual({ one: { user: 'one', password: 'new' } });
  });
});

describe('flows that go wrong', () => {
  /** However slowly it starts: a crash counts as one of many. */
  const timing = { firstPauseMs: 50, crashesWithinMs: 600_000 };
  const quick = { patienceMs: 2000, timing } as const;
  const patient = { patienceMs: 30_000, timing } as const;

  it.each([
    [
      'reject a promise',
      'Promise.reject(new Error("nobody catches this"));',
      /nobody catches this/,
      3,
      patient,
    ],
    ['loop in a timer', 'setTimeout(() => { while (true) {} }, 10);', /hangs/, 1, quick],
    [
      'hold too much memory',
      'const all = []; setInterval(() => all.push(new Array(1e6).fill({}).map(() => ({}))), 1);',
      /more than 128 MB$/,
      1,
      patient,
    ],
  ])('that %s at every start end it until it starts without them', async (_, code, reason, crashes, pace) => {
    const options = { ...pace, timing: { ...timing, crashes }, memoryMb: 128 };
    const { flows, until } = await begun({ ...options, present: functionFlow(code) });
    await until(() => flows.view().state === 'safe');
    expect(flows.view()).toMatchObject({
      restarts: crashes,
      lastError: { message: expect.stringMatching(reason) },
    });
    await flows.admin({ method: 'POST', path: '/flows', by: 'anna', body: { flows: harmless } });
    await until(() => flows.view().state === 'running');
  });

  it('that throw or loop where Node-RED can stop them end nothing', async () => {
    const { flows, until, log } = await begun(quick);
    await flows.run({ isSafe: false });
    const nodes = functionFlow('setTimeout(() => { throw new Error("later"); }, 1); while (true) {}');
    await flows.admin({ method: 'POST', path: '/flows', by: 'anna', body: { flows: nodes } });
    await until(() => log.some(({ text }) => text.includes('timed out')));
    expect(flows.view()).toMatchObject({ state: 'running', restarts: 0 });
  });

  it('a process that ends even without its flows is given up until somebody starts it', async () => {
    const { flows, until } = await begun({ ...patient, nodesDir: '/nowhere' });
    await flows.run({ isSafe: true });
    for (let turn = 1; turn <= 3; turn++) {
      await until(() => flows.view().state === 'safe');
      process.kill(flows.view().pid ?? 0, 'SIGKILL');
      await until(() => flows.view().state !== 'safe');
    }
    expect(flows.view().state).toBe('crashed');
    flows.wake();
    expect(flows.view().state).toBe('crashed');
    await flows.run({ isSafe: false });
    expect(flows.view().state).toBe('running');
  });
});
