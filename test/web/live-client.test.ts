// The live connection comes back by itself and forgets no subscription.
import { describe, expect, test } from 'vitest';
import type { LiveItems } from '../../web/src/api/types.ts';
import { LiveClient } from '../../web/src/live/live-client.ts';
import { FakeSocket } from './support.tsx';

interface World {
  readonly client: LiveClient;
  readonly sockets: FakeSocket[];
  readonly pauses: number[];
  /** Ends the pause that is under way. */
  wake(): void;
  latest(): FakeSocket;
}

function makeWorld(): World {
  const sockets: FakeSocket[] = [];
  const pauses: number[] = [];
  let waiting: (() => void) | undefined;
  const client = new LiveClient({
    url: 'ws://house/api/v1/live',
    open: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket;
    },
    after: (ms, call) => {
      pauses.push(ms);
      waiting = call;
      return () => {
        waiting = undefined;
      };
    },
    random: () => 0.5,
  });
  const latest = (): FakeSocket => {
    const socket = sockets.at(-1);
    if (!socket) throw new Error('no socket was opened');
    return socket;
  };
  return { client, sockets, pauses, latest, wake: () => waiting?.() };
}

function collect(client: LiveClient) {
  const got: LiveItems['topics'][] = [];
  const seen = { got, gaps: 0 };
  const undo = client.subscribe('topics', 'home/+', {
    items: (items) => got.push(...items),
    gap: () => {
      seen.gaps += 1;
    },
  });
  return { ...seen, undo, gaps: () => seen.gaps };
}

describe('live client', () => {
  test('subscribes when the socket opens and hands items to the right listener', () => {
    const { client, latest } = makeWorld();
    const { got } = collect(client);
    client.start();
    latest().open();
    expect(client.state).toBe('live');
    expect(latest().sent).toEqual([{ op: 'sub', id: 's1', channel: 'topics', filter: 'home/+' }]);
    latest().say({ op: 'items', id: 's1', items: [{ topic: 'home/a' }] });
    latest().say({ op: 'items', id: 's9', items: [{ topic: 'home/b' }] });
    expect(got.map(({ topic }) => topic)).toEqual(['home/a']);
  });

  test('reconnects with growing pauses, subscribes again and reports the gap', () => {
    const { client, sockets, pauses, latest, wake } = makeWorld();
    const { gaps } = collect(client);
    client.start();
    latest().open();
    const before = gaps();
    latest().drop();
    expect(client.state).toBe('reconnecting');
    wake();
    latest().drop();
    wake();
    latest().drop();
    wake();
    expect(pauses).toEqual([400, 800, 1600]);
    latest().open();
    expect(client.state).toBe('live');
    expect(sockets).toHaveLength(4);
    expect(latest().sent).toEqual([{ op: 'sub', id: 's1', channel: 'topics', filter: 'home/+' }]);
    expect(gaps()).toBe(before + 1);
    latest().drop();
    expect(pauses.at(-1)).toBe(400);
  });

  test('never pauses longer than a good quarter of a minute', () => {
    const { client, pauses, latest, wake } = makeWorld();
    client.start();
    for (let round = 0; round < 12; round += 1) {
      latest().drop();
      wake();
    }
    expect(Math.max(...pauses)).toBe(15_000);
  });

  test('a slow reader hears of what it lost', () => {
    const { client, latest } = makeWorld();
    const { gaps } = collect(client);
    client.start();
    latest().open();
    const before = gaps();
    latest().say({ op: 'items', id: 's1', items: [], lagged: 7 });
    expect(gaps()).toBe(before + 1);
  });

  test('an ended subscription is told to the server and not renewed', () => {
    const { client, latest, wake } = makeWorld();
    const { undo } = collect(client);
    client.start();
    latest().open();
    undo();
    expect(latest().sent.at(-1)).toEqual({ op: 'unsub', id: 's1' });
    latest().drop();
    wake();
    latest().open();
    expect(latest().sent).toEqual([]);
  });

  test('hurry ends a pause at once; stop ends all', () => {
    const { client, sockets, latest } = makeWorld();
    client.start();
    latest().drop();
    client.hurry();
    expect(sockets).toHaveLength(2);
    client.hurry();
    expect(sockets).toHaveLength(2);
    const last = latest();
    client.stop();
    expect(last.isClosed).toBe(true);
    last.drop();
    client.hurry();
    expect(sockets).toHaveLength(2);
  });

  test('an event of a socket that was replaced is ignored', () => {
    const { client, sockets, latest, wake } = makeWorld();
    const { got } = collect(client);
    client.start();
    latest().open();
    latest().drop();
    wake();
    latest().open();
    sockets[0]?.say({ op: 'items', id: 's1', items: [{ topic: 'home/old' }] });
    sockets[0]?.drop();
    expect(got).toEqual([]);
    expect(client.state).toBe('live');
  });
});
