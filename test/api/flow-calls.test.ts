// Calls of rules into flows: who gets them, what becomes of those that nobody takes or answers, and their bounds.
import { expect, test } from 'vitest';
import { flowsActor } from '../../src/api/access/actor.ts';
import { FlowCalls } from '../../src/api/flow-calls.ts';
import type { FlowCallView } from '../../src/api/index.ts';
import { VirtualClock } from '../../src/base/index.ts';
import { flowsView } from '../support/fake-views.ts';

class CallHouse {
  readonly clock = new VirtualClock(1_000_000);
  readonly calls = new FlowCalls({ clock: this.clock, flows: { view: () => flowsView() } });
  readonly stop = new AbortController();
  readonly ended: string[] = [];
  #count = 0;

  /** What becomes of it is told in `ended`: `c1 value` or `c1 code`. */
  call(flow: string, more: { wait?: boolean; timeoutMs?: number } = {}): string {
    const id = `c${++this.#count}`;
    const asked = { id, rule: 'r', run: 'run-1', depth: 3, signal: this.stop.signal };
    this.calls.call({ flow, data: { n: 1 }, wait: true, ...more }, asked).then(
      (value) => void this.ended.push(`${id} ${JSON.stringify(value)}`),
      (error: { code?: string }) => void this.ended.push(`${id} ${error.code ?? String(error)}`),
    );
    return id;
  }

  listen(flow: string): { readonly heard: FlowCallView[]; leave(): void } {
    const heard: FlowCallView[] = [];
    return { heard, leave: this.calls.listen(flow, (call) => void heard.push(call)) };
  }

  async takeEnded(): Promise<string[]> {
    await new Promise((resolve) => setImmediate(resolve));
    return this.ended.splice(0);
  }
}

test('who listens gets the call with its cause and depth, and the first answer counts', async () => {
  const house = new CallHouse();
  const one = house.listen('forecast');
  const two = house.listen('forecast');
  const other = house.listen('lights');
  house.call('forecast');
  const call = { call: 'c1', flow: 'forecast', data: { n: 1 }, wait: true, cause: 'run-1', depth: 3 };
  expect(one.heard).toEqual([{ ...call, rule: 'r', run: 'run-1' }]);
  expect(two.heard).toEqual(one.heard);
  expect(other.heard).toEqual([]);
  await house.calls.answer(flowsActor(''), 'c1', { ok: true, value: 7 });
  await expect(house.calls.answer(flowsActor(''), 'c1', { ok: true, value: 8 })).rejects.toMatchObject({
    code: 'flow-call-missing',
  });
  expect(await house.takeEnded()).toEqual(['c1 7']);
});

test('what a flow answers may be an error, and may be nothing', async () => {
  const house = new CallHouse();
  house.listen('f');
  await house.calls.answer(flowsActor(''), house.call('f'), { ok: false, code: 'no-sun', message: 'night' });
  await house.calls.answer(flowsActor(''), house.call('f'), { ok: true });
  expect(await house.takeEnded()).toEqual(['c1 no-sun', 'c2 null']);
});

test('a call that waits for no answer is done when a flow has it', async () => {
  const house = new CallHouse();
  const { heard } = house.listen('f');
  house.call('f', { wait: false });
  expect(heard).toHaveLength(1);
  expect(await house.takeEnded()).toEqual(['c1 null']);
  expect(house.calls.counters()['flowCallsOpen']).toBe(0);
});

test('a flow that comes within ten seconds has the call; after that it fails, with why', async () => {
  const house = new CallHouse();
  house.call('late');
  house.call('late', { wait: false });
  house.call('never');
  house.call('never', { timeoutMs: 2000 });
  house.clock.advance(2000);
  expect(await house.takeEnded()).toEqual(['c4 flow-missing']);
  house.clock.advance(7999);
  const { heard } = house.listen('late');
  expect(heard.map(({ call }) => call)).toEqual(['c1', 'c2']);
  house.clock.advance(1);
  expect(await house.takeEnded()).toEqual(['c2 null', 'c3 flow-missing']);
  await house.calls.answer(flowsActor(''), 'c1', { ok: true, value: 'late' });
  expect(await house.takeEnded()).toEqual(['c1 "late"']);
});

test('says which flow is missing and how Node-RED is', async () => {
  const clock = new VirtualClock(0);
  const calls = new FlowCalls({ clock, flows: { view: () => flowsView({ state: 'off' }) } });
  const asked = { id: 'c', rule: 'r', run: 'x', depth: 1, signal: new AbortController().signal };
  const answer = calls.call({ flow: 'lights', data: null, wait: false }, asked);
  clock.advance(10_000);
  await expect(answer).rejects.toThrow(
    'no flow "lights" listened within 10 s; Node-RED is off by configuration (flows.enabled)',
  );
});

test('calls of flows that went are lost, unless another one has them', async () => {
  const house = new CallHouse();
  const one = house.listen('f');
  house.call('f');
  const two = house.listen('f');
  house.call('f');
  one.leave();
  expect(await house.takeEnded()).toEqual(['c1 flow-lost']);
  two.leave();
  expect(await house.takeEnded()).toEqual(['c2 flow-lost']);
  expect(house.calls.counters()).toMatchObject({ flowCallsOpen: 0, flowCallsLost: 2 });
});

test('a flow that does not answer in time frees its place', async () => {
  const house = new CallHouse();
  house.listen('f');
  house.call('f', { timeoutMs: 30_000 });
  house.call('f');
  house.clock.advance(30_000);
  expect(await house.takeEnded()).toEqual(['c1 flow-timeout']);
  house.clock.advance(86_400_000);
  expect(await house.takeEnded()).toEqual(['c2 flow-timeout']);
});

test('so many are open at once and no more; all end with the house', async () => {
  const house = new CallHouse();
  for (let count = 0; count < 1001; count++) house.call('f');
  expect(await house.takeEnded()).toEqual(['c1001 too-many-calls']);
  expect(house.calls.counters()).toMatchObject({ flowCallsOpen: 1000, flowCallsRefused: 1 });
  house.stop.abort();
  expect(await house.takeEnded()).toHaveLength(1000);
  expect(house.calls.counters()['flowCallsOpen']).toBe(0);
});
