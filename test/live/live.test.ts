// The live protocol over real sockets, behind the real gate of the HTTP server; only the clock stands still.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ClientOptions } from 'ws';
import { HomeruleError, VirtualClock } from '../../src/base/index.ts';
import { LiveServer } from '../../src/live/index.ts';
import { liveLimits } from '../../src/live/limits.ts';
import { FakeApi } from '../support/fake-api.ts';
import { ruleSummary, runView, timerView, topicView } from '../support/fake-views.ts';
import { type HttpHouse, recordingLogger, startHttpHouse } from '../support/http-house.ts';
import { LiveClient } from '../support/live-client.ts';

let house: HttpHouse;
let live: LiveServer;
let api: FakeApi;
let clock: VirtualClock;
const clients: LiveClient[] = [];

beforeEach(async () => {
  api = new FakeApi();
  clock = new VirtualClock(1_000_000);
  house = await startHttpHouse({
    upgrades: { '/api/v1/live': (upgrade) => live.handleUpgrade(upgrade) },
  });
  live = new LiveServer({ door: api, clock, log: recordingLogger(house.log), version: '0.1.0' });
  await live.start(new AbortController().signal);
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.socket.terminate();
  await live.stop();
  await house.stop();
});

async function connect(options: ClientOptions = {}): Promise<LiveClient> {
  const client = new LiveClient(`ws://127.0.0.1:${house.port}/api/v1/live`, options);
  clients.push(client);
  expect(await client.next()).toEqual({ op: 'hello', version: '0.1.0' });
  return client;
}

async function subscribe(client: LiveClient, channel: string, more: object = {}): Promise<void> {
  expect(await client.ask({ op: 'sub', id: channel, channel, ...more })).toEqual({
    op: 'subscribed',
    id: channel,
  });
}

/** Comes after everything that the client has sent so far. */
async function settle(client: LiveClient): Promise<void> {
  expect(await client.ask({ op: 'unsub', id: 'nobody' })).toMatchObject({ code: 'subscription-missing' });
}

describe('a subscription', () => {
  test('of every item gets equal ones in order; over its bound it is told, and it is counted', async () => {
    const client = await connect();
    await subscribe(client, 'rules', { every: true });
    const surplus = 7;
    const all = liveLimits.eventsPerSubscription + surplus;
    for (let i = 0; i < all; i++)
      api.emit('rules', { change: i % 2 === 0 ? 'enabled' : 'disabled', rule: ruleSummary('fan') });
    let heard = 0;
    while (heard < all - surplus) {
      clock.advance(liveLimits.batchEveryMs);
      const { items = [], lagged = 0 } = await client.next();
      expect(lagged).toBe(heard === 0 ? surplus : 0);
      for (const item of items)
        expect(item).toMatchObject({ change: (surplus + heard++) % 2 === 0 ? 'enabled' : 'disabled' });
    }
    expect(live.counters()).toMatchObject({ lagged: surplus, eventsDropped: surplus });
  });

  test('gets what happens, from the moment it is confirmed', async () => {
    const client = await connect();
    api.emit('topics', topicView('before'));
    await subscribe(client, 'topics', { filter: 'home/#' });
    expect([...api.watchers].map(({ channel, filter }) => ({ channel, filter }))).toEqual([
      { channel: 'topics', filter: 'home/#' },
    ]);
    api.emit('topics', topicView('home/a', { payload: '1' }));
    api.emit('topics', topicView('home/b'));
    api.emit('topics', topicView('home/a', { payload: '2' }));
    clock.advance(0);
    expect(await client.next()).toEqual({
      op: 'items',
      id: 'topics',
      items: [topicView('home/b'), topicView('home/a', { payload: '2' })],
    });
  });

  test('of rules keeps the latest change of each rule', async () => {
    const client = await connect();
    await subscribe(client, 'rules');
    api.emit('rules', { change: 'saved', rule: ruleSummary('fan') });
    api.emit('rules', { change: 'saved', rule: ruleSummary('lamp') });
    api.emit('rules', { change: 'deleted', id: 'fan' });
    clock.advance(0);
    const { items } = await client.next();
    expect(items).toEqual([
      { change: 'saved', rule: ruleSummary('lamp') },
      { change: 'deleted', id: 'fan' },
    ]);
  });

  test('of runs, timers and the system keeps the latest of each', async () => {
    const client = await connect();
    for (const channel of ['runs', 'timers', 'system']) await subscribe(client, channel);
    api.emit('runs', runView('run-1', { status: 'running' }));
    api.emit('runs', runView('run-1', { status: 'waiting' }));
    api.emit('timers', { change: 'armed', timer: timerView('run-1') });
    api.emit('timers', { change: 'gone', timer: timerView('run-1') });
    api.emit('system', api.systemView);
    api.emit('system', { ...api.systemView, now: 99_000 });
    clock.advance(0);
    const events = [await client.next(), await client.next(), await client.next()];
    expect(events.map(({ id, items }) => ({ id, items }))).toEqual([
      { id: 'runs', items: [runView('run-1', { status: 'waiting' })] },
      { id: 'timers', items: [{ change: 'gone', timer: timerView('run-1') }] },
      { id: 'system', items: [{ ...api.systemView, now: 99_000 }] },
    ]);
  });

  test('ends with unsub, and with the connection', async () => {
    const client = await connect();
    await subscribe(client, 'topics');
    await subscribe(client, 'runs');
    api.emit('topics', topicView('a'));
    client.send({ op: 'unsub', id: 'topics' });
    await settle(client);
    expect(api.watchers.size).toBe(1);
    clock.advance(1000);
    await settle(client);
    expect(client.heard.filter(({ op }) => op === 'items')).toEqual([]);
    await subscribe(client, 'topics');
    client.socket.terminate();
    await client.closed;
    await live.stop();
    expect(api.watchers.size).toBe(0);
  });

  test('can be made anew after a reconnect; what happened between is not replayed', async () => {
    const first = await connect();
    await subscribe(first, 'topics');
    first.socket.close();
    await first.closed;
    api.emit('topics', topicView('between'));
    const second = await connect();
    await subscribe(second, 'topics');
    api.emit('topics', topicView('after'));
    clock.advance(1000);
    expect(await second.next()).toMatchObject({ items: [topicView('after')] });
  });

  test('of one client does not disturb another', async () => {
    const [one, two] = [await connect(), await connect()];
    await subscribe(one, 'topics');
    await subscribe(two, 'topics');
    one.socket.terminate();
    await one.closed;
    api.emit('topics', topicView('a'));
    clock.advance(0);
    expect(await two.next()).toMatchObject({ items: [topicView('a')] });
  });
});

describe('a bad request is answered and the connection kept', () => {
  test.each<[string, string, object]>([
    ['no JSON', '{"op":', { code: 'bad-request' }],
    ['null', 'null', { code: 'bad-request' }],
    ['an empty frame', '', { code: 'bad-request' }],
    ['deep JSON', '['.repeat(30_000), { code: 'bad-request' }],
    ['an unknown op', '{"op":"dance","id":"x"}', { code: 'bad-request', id: 'x' }],
    ['an unknown channel', '{"op":"sub","id":"x","channel":"secrets"}', { code: 'bad-request', id: 'x' }],
    [
      'a prototype channel',
      '{"op":"sub","id":"x","channel":"constructor"}',
      { code: 'bad-request', id: 'x' },
    ],
    ['an id that is no text', '{"op":"sub","id":7,"channel":"topics"}', { code: 'bad-request' }],
    ['an id that is too long', `{"op":"unsub","id":"${'x'.repeat(101)}"}`, { code: 'bad-request' }],
    ['an extra field', '{"op":"unsub","id":"x","__proto__":{}}', { code: 'bad-request', id: 'x' }],
    [
      'a bad filter',
      '{"op":"sub","id":"x","channel":"topics","filter":"a/#/b"}',
      { code: 'bad-filter', id: 'x' },
    ],
    ['an unknown id', '{"op":"unsub","id":"x"}', { code: 'subscription-missing', id: 'x' }],
  ])('%s', async (_, text, expected) => {
    const client = await connect();
    const answer = await client.ask(text);
    expect(answer).toMatchObject({ op: 'error', message: expect.any(String), ...expected });
    expect(answer.id).toBe('id' in expected ? expected.id : undefined);
    await subscribe(client, 'rules');
  });

  test('a binary frame', async () => {
    const client = await connect();
    client.socket.send(Buffer.from('{"op":"unsub","id":"x"}'));
    expect(await client.next()).toMatchObject({ op: 'error', code: 'bad-request' });
  });

  test('the same id twice', async () => {
    const client = await connect();
    await subscribe(client, 'topics');
    const again = await client.ask({ op: 'sub', id: 'topics', channel: 'runs' });
    expect(again).toMatchObject({ op: 'error', id: 'topics', code: 'subscription-exists' });
    expect(api.watchers.size).toBe(1);
  });

  test('one subscription too many', async () => {
    const client = await connect();
    for (let i = 0; i < liveLimits.subscriptionsPerSocket; i++) {
      expect(await client.ask({ op: 'sub', id: `s${i}`, channel: 'topics' })).toMatchObject({
        op: 'subscribed',
      });
    }
    const more = await client.ask({ op: 'sub', id: 'more', channel: 'topics' });
    expect(more).toMatchObject({ op: 'error', id: 'more', code: 'too-many-subscriptions' });
    client.send({ op: 'unsub', id: 's0' });
    expect(await client.ask({ op: 'sub', id: 'more', channel: 'topics' })).toMatchObject({
      op: 'subscribed',
    });
  });

  test.each([
    ['a bug of the house', new TypeError('secret')],
    ['a bug that was seen', new HomeruleError('oops', 'bug', 'secret')],
  ])('%s is logged and not told', async (_, failure) => {
    api.watch = () => {
      throw failure;
    };
    const client = await connect();
    const answer = await client.ask({ op: 'sub', id: 'x', channel: 'topics' });
    expect(answer).toEqual({
      op: 'error',
      id: 'x',
      code: 'internal',
      message: expect.not.stringContaining('secret'),
    });
    expect(house.log.filter(({ level }) => level === 'error')).toHaveLength(1);
  });
});

describe('limits', () => {
  test('a request larger than 64 KB closes its connection with 1009', async () => {
    const client = await connect();
    client.send('x'.repeat(liveLimits.requestBytes + 1));
    expect(await client.closed).toBe(1009);
  });

  test('compression is not agreed to', async () => {
    const client = new LiveClient(`ws://127.0.0.1:${house.port}/api/v1/live`, { perMessageDeflate: true });
    clients.push(client);
    await client.next();
    expect(client.socket.extensions).toBe('');
  });

  test('a foreign page is refused before there is a socket', async () => {
    const url = `ws://127.0.0.1:${house.port}/api/v1/live`;
    expect(await new LiveClient(url, { origin: 'http://evil.example' }).refused()).toBe(403);
    expect(await new LiveClient(url, { headers: { Host: 'evil.example' } }).refused()).toBe(421);
    expect(live.counters().sockets).toBe(0);
  });

  test('one socket too many is refused with 503, and there is room again when one goes', async () => {
    for (let i = 0; i < liveLimits.sockets; i++) await connect();
    const url = `ws://127.0.0.1:${house.port}/api/v1/live`;
    expect(await new LiveClient(url).refused()).toBe(503);
    expect(live.counters()).toMatchObject({ sockets: liveLimits.sockets, refused: 1 });
    const [first] = clients;
    first?.socket.close();
    await first?.closed;
    while (live.counters().sockets === liveLimits.sockets) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    await connect();
  });

  test('who does not answer pings is closed', async () => {
    const [dead, well] = [await connect({ autoPong: false }), await connect()];
    const pinged = new Promise((resolve) => well.socket.once('ping', resolve));
    clock.advance(liveLimits.pingEveryMs);
    await pinged;
    await settle(well);
    clock.advance(liveLimits.pingEveryMs);
    expect(await dead.closed).toBe(1006);
    await settle(well);
    expect(live.counters()).toMatchObject({ sockets: 1, closedSlow: 1 });
  });

  test('who does not read is told how much was lost, or closed after half a minute', async () => {
    const [late, gone] = [await connect(), await connect()];
    await subscribe(late, 'topics');
    await subscribe(gone, 'topics');
    late.socket.pause();
    gone.socket.pause();
    const payload = 'x'.repeat(60_000);
    const rounds = 200;
    const perRound = 5;
    // Far more than the buffers of the system hold, in less than the half minute.
    for (let round = 0; round < rounds; round++) {
      for (let i = 0; i < perRound; i++) api.emit('topics', topicView(`t/${round}/${i}`, { payload }));
      clock.advance(liveLimits.batchEveryMs);
      await new Promise((resolve) => setImmediate(resolve));
    }
    late.socket.resume();
    late.send({ op: 'unsub', id: 'nobody' });
    while ((await late.next()).op !== 'error');
    clock.advance(liveLimits.batchEveryMs);
    const { lagged = 0 } = await late.next();
    const received = late.heard.reduce((sum, event) => sum + (event.items?.length ?? 0), 0);
    expect(lagged).toBeGreaterThan(0);
    expect(received + lagged).toBe(rounds * perRound);
    expect(live.counters()).toMatchObject({ sockets: 2, lagged, closedSlow: 0 });
    clock.advance(liveLimits.slowForMs);
    gone.socket.resume();
    expect(await gone.closed).toBe(1006);
    await settle(late);
    expect(live.counters()).toMatchObject({ sockets: 1, closedSlow: 1 });
  });
});

test('who asks on and on without reading the answers is cut off', async () => {
  const client = await connect();
  client.socket.pause();
  const request = JSON.stringify({ op: 'unsub', id: 'x'.repeat(100) });
  let isClosed = false;
  for (let i = 0; i < 300_000 && !isClosed; i++) {
    client.socket.send(request);
    if (i % 1000 === 0) await new Promise((resolve) => setImmediate(resolve));
    isClosed = live.counters().closedSlow > 0;
  }
  expect(live.counters()).toMatchObject({ closedSlow: 1 });
});

test('stop says goodbye, and nobody is let in after it', async () => {
  const client = await connect();
  await subscribe(client, 'topics');
  await live.stop();
  expect(await client.closed).toBe(1001);
  expect(await new LiveClient(`ws://127.0.0.1:${house.port}/api/v1/live`).refused()).toBe(503);
});

test('stop does not wait for who does not answer', async () => {
  const client = await connect();
  client.socket.pause();
  const stopped = live.stop();
  clock.advance(liveLimits.closeWithinMs);
  await expect(stopped).resolves.toBeUndefined();
  expect(live.counters().sockets).toBe(0);
});
