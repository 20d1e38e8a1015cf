// Rules and flows over real sockets: a WebSocket client plays the flow, the engine and the use cases are the real ones.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AuditLog } from '../../src/api/access/audit-log.ts';
import { GuardedApi } from '../../src/api/access/guarded-api.ts';
import { LoopGuard } from '../../src/api/access/loop-guard.ts';
import { Events } from '../../src/api/events.ts';
import { FlowCalls } from '../../src/api/flow-calls.ts';
import {
  type Actor,
  type Api,
  type AuditView,
  type FlowCallView,
  flowsActor,
  type LiveChannel,
  type LiveItems,
} from '../../src/api/index.ts';
import { Topics } from '../../src/api/topics.ts';
import { ProcessIds, SystemClock, silentLogger } from '../../src/base/index.ts';
import { LiveServer } from '../../src/live/index.ts';
import { PromptCommits } from '../support/commits.ts';
import { FakeApi } from '../support/fake-api.ts';
import { flowsView } from '../support/fake-views.ts';
import { type Answer, ask, type HttpHouse, jsonOf, startHttpHouse } from '../support/http-house.ts';
import { LiveClient } from '../support/live-client.ts';
import { MapRows, RuleWorld } from '../support/rule-world.ts';

const clock = new SystemClock();

/** The use cases between rules and flows, guarded as in the house; whoever comes is `actor`. */
class LinkedApi extends FakeApi {
  readonly world = new RuleWorld({ time: clock.now() });
  readonly loops = new LoopGuard();
  override actor: Actor | undefined = flowsActor('');
  override readonly flowCalls = new FlowCalls({ clock, flows: { view: () => flowsView() } });
  override readonly events: Events;
  override readonly topics: Topics;
  readonly log = new AuditLog({
    rows: new MapRows<AuditView>((row) => row.id),
    commits: new PromptCommits(),
    clock,
    ids: new ProcessIds(clock, 1),
  });

  constructor() {
    super();
    const { world } = this;
    world.services.set('flow', (request, call) => this.flowCalls.call(request, call));
    this.events = new Events({ live: world.live, clock: world.clock, commits: new PromptCommits() });
    const broker = {
      publish: (message: Parameters<typeof world.live.accept>[0]) => void world.live.accept(message),
      announce: () => undefined,
      retainedTopics: () => [],
      isHeard: () => false,
      isRetained: () => false,
      clearRetained: () => undefined,
    };
    this.topics = new Topics(world.states, broker, { find: () => undefined });
  }

  override as(actor: Actor = flowsActor('')): Api {
    return new GuardedApi(this, actor, { log: this.log, loops: this.loops });
  }

  override watch<Channel extends LiveChannel>(
    _channel: Channel,
    filter = '',
    listener: (item: LiveItems[Channel]) => void,
  ): () => void {
    return this.flowCalls.listen(filter, listener as (item: FlowCallView) => void);
  }
}

let api: LinkedApi;
let house: HttpHouse;
let live: LiveServer;
let flow: LiveClient;

beforeEach(async () => {
  api = new LinkedApi();
  house = await startHttpHouse({
    door: api,
    upgrades: { '/api/v1/live': (upgrade) => live.handleUpgrade(upgrade) },
  });
  live = new LiveServer({ door: api, clock, log: silentLogger, version: '1' });
  await live.start(new AbortController().signal);
  flow = new LiveClient(`ws://127.0.0.1:${house.port}/api/v1/live`);
  await flow.next();
});

afterEach(async () => {
  flow.socket.terminate();
  await live.stop();
  await house.stop();
});

function post(path: string, body: object, headers: Record<string, string> = {}): Promise<Answer> {
  const all = { 'Content-Type': 'application/json', ...headers };
  return ask(house, `/api/v1${path}`, { method: 'POST', body: JSON.stringify(body), headers: all });
}

async function nextCall(): Promise<FlowCallView> {
  const { items = [] } = await flow.next();
  return items[0] as FlowCallView;
}

const headersOf = ({ cause, depth }: FlowCallView): Record<string, string> => ({
  'X-Homerule-Cause': cause,
  'X-Homerule-Depth': String(depth),
  'X-Homerule-Node': 'n1',
});

test('a rule calls a flow and goes on with its answer', async () => {
  expect(await flow.ask({ op: 'sub', id: 's', channel: 'flows', filter: 'double' })).toMatchObject({
    op: 'subscribed',
  });
  const action = '{ flow: double, data: { n: 4 }, wait: true }';
  api.world.save(`id: a\ntriggers: [{ message: p }]\nactions: [${action}, { log: "{{ flow.result }}" }]`);
  api.world.publish({ topic: 'p', payload: 1 });
  const call = await nextCall();
  expect(call).toMatchObject({ flow: 'double', data: { n: 4 }, wait: true, depth: 1, rule: 'a' });
  expect(call.cause).toBe(call.run);
  expect((await post(`/flows/calls/${call.call}`, { ok: true, value: 8 })).status).toBe(204);
  expect(api.world.logged).toEqual(['a: 8']);
  expect((await post(`/flows/calls/${call.call}`, { ok: true, value: 8 })).status).toBe(404);
});

test('rule → flow → rule is cut at sixteen, with a problem, a count and a line in the audit', async () => {
  await flow.ask({ op: 'sub', id: 's', channel: 'flows', filter: 'again' });
  api.world.save('id: a\nmode: parallel\ntriggers: [{ message: p }]\nactions: [{ flow: again }]');
  api.world.publish({ topic: 'p', payload: 0 });
  const depths: number[] = [];
  for (let turn = 0; turn < 8; turn++) {
    const call = await nextCall();
    depths.push(call.depth);
    expect((await post('/publish', { topic: 'p', payload: turn }, headersOf(call))).status).toBe(204);
  }
  expect(depths).toEqual([1, 3, 5, 7, 9, 11, 13, 15]);
  const last = api.world.traces.at(-1);
  expect(last).toMatchObject({ status: 'failed', error: { code: 'depth' } });
  expect(last?.trigger).toMatchObject({ origin: 'flow', by: 'flows/n1', depth: 16 });
  expect(last?.trigger.cause).toBe(api.world.traces.at(-2)?.id);

  const deep = { 'X-Homerule-Depth': '16', 'X-Homerule-Cause': 'run-9' };
  const refused = await post('/events/e', {}, deep);
  expect(jsonOf(refused)).toMatchObject({ status: 409, code: 'too-deep' });
  expect(api.loops.cut).toBe(1);
  expect(api.log.list({}).items[0]).toMatchObject({ who: 'flows', outcome: 'failed', detail: 'too-deep' });
});

test('a topic tells what led to its message, for flows that hear it there', async () => {
  api.world.save('id: a\ntriggers: [{ message: p }]\nactions: [{ publish: lamp/set, payload: 1 }]');
  const headers = { 'X-Homerule-Cause': 'run-7', 'X-Homerule-Depth': '4' };
  await post('/publish', { topic: 'p', payload: 1 }, headers);
  expect(api.topics.get('p')).toMatchObject({ origin: 'flow', by: 'flows', depth: 5, cause: 'run-7' });
  const run = api.world.traces[0]?.id;
  expect(api.topics.get('lamp/set')).toMatchObject({ origin: 'rule', depth: 6, cause: run });
  api.world.publish({ topic: 'lamp/set', payload: 2 });
  expect(api.topics.get('lamp/set')).not.toHaveProperty('depth');
});

test('an event of a flow wakes rules, which know where it comes from', async () => {
  api.world.save(
    'id: e\ntriggers: [{ event: bell }]\nactions: [{ log: "{{ payload.door & trigger.origin }}" }]',
  );
  const headers = { 'X-Homerule-Cause': 'run-7', 'X-Homerule-Depth': '4' };
  expect((await post('/events/bell', { data: { door: 'front ' } }, headers)).status).toBe(204);
  expect(api.world.logged).toEqual(['e: front flow']);
  expect(api.world.traces[0]?.trigger).toMatchObject({ by: 'flows', depth: 5, cause: 'run-7' });
});

test('what it says of its cause is believed of the flows of the house alone, and has to be readable', async () => {
  const { status, body } = await post('/events/e', {}, { 'X-Homerule-Depth': 'deep' });
  expect([status, JSON.parse(body.toString()).code]).toEqual([400, 'bad-header']);
  api.actor = { name: 'anna', role: 'admin', may: ['read', 'operate'], address: '' };
  api.world.save('id: e\ntriggers: [{ event: e }]\nactions: [{ log: "{{ trigger.origin }}" }]');
  expect((await post('/events/e', {}, { 'X-Homerule-Depth': '99' })).status).toBe(204);
  expect(api.world.logged).toEqual(['e: api']);
});

test('only the flows of the house and administrators take calls', async () => {
  api.actor = { name: 'eva', role: 'editor', may: ['read', 'operate', 'edit'], address: '' };
  const other = new LiveClient(`ws://127.0.0.1:${house.port}/api/v1/live`);
  await other.next();
  const answer = await other.ask({ op: 'sub', id: 's', channel: 'flows', filter: 'f' });
  other.socket.terminate();
  expect(answer).toMatchObject({ op: 'error', code: 'not-allowed' });
  expect((await post('/flows/calls/c', { ok: true })).status).toBe(403);
});

test('a flow whose connection ends has lost its calls', async () => {
  await flow.ask({ op: 'sub', id: 's', channel: 'flows', filter: 'f' });
  const lost = new Promise<void>((resolve) => {
    api.world.services.set('flow', (request, call) => {
      const answer = api.flowCalls.call(request, call);
      answer.catch(() => setImmediate(resolve));
      return answer;
    });
  });
  api.world.save('id: a\ntriggers: [{ message: p }]\nactions: [{ flow: f, wait: true }]');
  api.world.publish({ topic: 'p', payload: 0 });
  await nextCall();
  flow.socket.terminate();
  await lost;
  expect(api.world.traces.at(-1)).toMatchObject({ status: 'failed', error: { code: 'flow-lost' } });
});
