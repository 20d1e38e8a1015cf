// The whole house with flows that go wrong: MQTT clients feel nothing, flows are back; and what is left of Node-RED when the
// house is killed.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FlowsView } from '../../src/api/index.ts';
import { cpuTimeOf } from '../../src/flows/cpu-time.ts';
import type { TestHouse } from '../support/house.ts';
import { freshFolder, get, house } from '../support/house-visit.ts';
import { Pings } from '../support/pings.ts';
import { functionFlow } from './flows-house.ts';

const calmPings = 300;

/** Flows that do nothing until their button is pressed. */
function withFlows(code: string): string {
  const folder = freshFolder();
  mkdirSync(join(folder, 'nodered'));
  const flows = functionFlow(code).map((node) => ('once' in node ? { ...node, once: false } : node));
  writeFileSync(join(folder, 'nodered/flows.json'), JSON.stringify(flows));
  writeFileSync(join(folder, 'homerule.yaml'), 'flows: { patience: 2s, memory: 128 }\n');
  return folder;
}

const stateOf = ({ url }: TestHouse): Promise<FlowsView> => get<FlowsView>(`${url}/api/v1/flows`);

async function running(at: TestHouse, restarts: number): Promise<FlowsView> {
  await expect
    .poll(() => stateOf(at), { timeout: 40_000, interval: 50 })
    .toMatchObject({ state: 'running', restarts });
  return stateOf(at);
}

/** Once the flows are there: they start a little later than the process answers. */
async function press({ url }: TestHouse): Promise<void> {
  const headers = { origin: url, 'content-type': 'application/json' };
  const pressed = () => fetch(`${url}/red/inject/begin`, { method: 'POST', headers, body: '{}' });
  await expect.poll(async () => (await pressed()).status, { timeout: 10_000, interval: 20 }).toBe(200);
}

describe('a flow that goes wrong', () => {
  it.each([
    ['rejects a promise', 'Promise.reject(new Error("nobody catches this"));'],
    ['loops in a timer', 'setTimeout(() => { while (true) {} }, 10);'],
    [
      'leaks memory',
      'const all = []; setInterval(() => all.push(new Array(1e6).fill({}).map(() => ({}))), 1);',
    ],
  ])(
    '%s: nobody who speaks MQTT feels it, and flows are back',
    async (what, code) => {
      const at = await house(withFlows(code));
      await running(at, 0);
      const pings = await Pings.open(at.mqttPort);
      const calm = await pings.many((count) => count >= calmPings);
      await press(at);
      const from = performance.now();
      let isBack = false;
      const back = running(at, 1).finally(() => {
        isBack = true;
      });
      const beset = await pings.many((count) => isBack && count >= calmPings);
      await back;
      const ms = (times: readonly number[]): string =>
        (times[Math.floor(times.length * 0.99)] ?? 0).toFixed(1);
      console.info(
        `${what}: back after ${Math.round(performance.now() - from)} ms; p99 of a ping ${ms(calm)} → ${ms(beset)} ms`,
      );
      expect(pings.losses).toBe(0);
    },
    60_000,
  );
});

describe('the process', () => {
  it('does not outlive a house that was killed', async () => {
    const at = await house(withFlows('return msg;'));
    const { pid = 0 } = await running(at, 0);
    await at.kill();
    await expect.poll(() => existsSync(`/proc/${pid}`), { timeout: 10_000, interval: 20 }).toBe(false);
  });

  it('that loops does, until the next house ends it', async () => {
    const folder = withFlows('setTimeout(() => { while (true) {} }, 10);');
    const at = await house(folder);
    const { pid = 0 } = await running(at, 0);
    await press(at);
    const before = cpuTimeOf(pid) ?? 0;
    await expect.poll(() => cpuTimeOf(pid), { timeout: 10_000, interval: 20 }).toBeGreaterThan(before + 100);
    await at.kill();
    const next = await house(folder);
    await expect.poll(() => existsSync(`/proc/${pid}`), { timeout: 10_000, interval: 20 }).toBe(false);
    expect(next.output()).toContain('of a house that was killed');
  });

  it('is not there without flows, nor when it is switched off', async () => {
    const at = await house();
    expect(await stateOf(at)).toMatchObject({ state: 'stopped' });
    expect((await stateOf(at)).pid).toBeUndefined();
    const folder = withFlows('return msg;');
    writeFileSync(join(folder, 'homerule.yaml'), 'flows: { enabled: false }\n');
    const off = await house(folder);
    expect(await stateOf(off)).toMatchObject({ state: 'off', restarts: 0 });
    expect((await fetch(`${off.url}/red/`, { headers: { accept: 'text/html' } })).status).toBe(409);
    expect((await fetch(`${off.url}/endpoint/x`)).status).toBe(409);
  });
});
