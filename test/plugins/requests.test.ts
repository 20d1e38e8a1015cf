// Requests under `/plugins/ID`, functions, and devices that plugins bring: in both kinds of process.
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import type { PluginHttpAnswer } from '../../src/api/index.ts';
import { VirtualClock } from '../../src/base/index.ts';
import type { Plugins } from '../../src/plugins/index.ts';
import { routeFor } from '../../src/plugins/routes.ts';
import { TestPluginHouse } from './plugin-house.ts';

const fixtures = fileURLToPath(new URL('../fixtures/plugins', import.meta.url));

let house: TestPluginHouse;
let plugins: Plugins;

async function withUseful(where: string): Promise<void> {
  house = await TestPluginHouse.make(where === 'inside' ? fixtures : '/nowhere');
  plugins = await house.host();
  if (where !== 'inside') await plugins.install(`${fixtures}/useful`);
  await plugins.enable('useful');
}

async function ask(method: 'GET' | 'POST', path: string, body = ''): Promise<PluginHttpAnswer> {
  const request = { method, path, query: { name: 'you' }, body };
  return plugins.routeFor('useful', request).answer(request);
}

afterEach(async () => {
  await plugins.stop();
  expect(house.listeners).toBe(0);
  expect([...house.brought], 'devices that plugins brought are gone').toEqual([]);
  await house.remove();
});

describe.each(['inside', 'own process'])('a plugin in %s', (where) => {
  it('answers requests as it said, each for whoever may', async () => {
    await withUseful(where);
    const json = 'application/json';
    expect(await ask('GET', '/hello')).toEqual({ status: 200, type: json, text: '{"hello":"you"}' });
    expect(await ask('POST', '/try/echo', '[1]')).toEqual({ status: 201, type: json, text: '[1]' });
    expect(await ask('GET', '/try/table')).toMatchObject({ type: 'text/csv', text: 'a,b\r\n1,2\r\n' });
    expect(await ask('GET', '/try/empty')).toEqual({ status: 204, type: json, text: '' });
    const request = { method: 'POST', path: '/try/echo', query: {}, body: '' } as const;
    expect(plugins.routeFor('useful', request).needs).toBe('operate');
    await expect(ask('GET', '/try/page')).rejects.toMatchObject({
      code: 'plugin-failed',
      message: expect.stringContaining('type: expected application/json, text/plain, text/csv'),
    });
    await expect(ask('GET', '/try/throws')).rejects.toMatchObject({
      code: 'plugin-failed',
      message: expect.stringContaining('it went wrong'),
    });
    await expect(ask('POST', '/hello')).rejects.toMatchObject({ code: 'plugin-missing' });
    expect(plugins.counters()).toMatchObject({ pluginRequests: 6, pluginRequestsFailed: 2 });
    await plugins.disable('useful');
    await expect(ask('GET', '/hello')).rejects.toMatchObject({ code: 'plugin-unavailable' });
  });

  it('is asked no more than 32 things at once', async () => {
    await withUseful(where);
    const waiting = Array.from({ length: 32 }, () => ask('GET', '/try/never').catch(() => 'gone'));
    await expect(ask('GET', '/hello')).rejects.toMatchObject({ code: 'plugin-limit' });
    expect(waiting).toHaveLength(32);
  });

  it('offers functions that are in force as long as it is on, also before it runs', async () => {
    await withUseful(where);
    expect([...house.functions]).toEqual([['useful', ['useful_twice']]]);
    await plugins.act('useful', 'do', { task: 'offer', name: 'more', source: 'function() { 1 }' });
    expect(house.functions.get('useful')).toEqual(['useful_twice', 'useful_more']);
    const offer = (name: string, source: string) =>
      plugins.act('useful', 'do', { task: 'offer', name, source });
    await expect(offer('bad', '1 + 1')).rejects.toThrow(/cannot be read/);
    await expect(offer('bad_name', 'function() { 1 }')).rejects.toThrow(/letters and digits/);
    await plugins.stop();
    house.functions.clear();
    plugins = await house.host({ isStarted: false });
    expect(house.functions.get('useful')).toEqual(['useful_twice', 'useful_more']);
    await plugins.start();
    expect(house.functions.get('useful')).toEqual(['useful_twice']);
    await plugins.configure('useful', { greeting: 'none' });
    expect(house.functions.size).toBe(0);
    await plugins.configure('useful', {});
    await plugins.disable('useful');
    expect(house.functions.size).toBe(0);
  });

  it('brings devices by source, and they are gone with it', async () => {
    await withUseful(where);
    const bring = (source: string, devices: unknown) =>
      plugins.act('useful', 'do', { task: 'describe', source, devices });
    const lamp = { id: 'lamp', properties: [] };
    await bring('hall', [lamp]);
    await bring('attic', [lamp, lamp]);
    expect([...house.brought]).toEqual([
      ['useful/hall', [lamp]],
      ['useful/attic', [lamp, lamp]],
    ]);
    await bring('attic', []);
    expect([...house.brought.keys()]).toEqual(['useful/hall']);
    const many = Array.from({ length: 1000 }, () => lamp);
    await expect(bring('attic', many)).rejects.toThrow(/at most 1000 devices/);
    await plugins.disable('useful');
    expect(house.brought.size).toBe(0);
    await plugins.enable('useful');
    await bring('hall', [lamp]);
  });
});

it('a request that is not answered in time is given up', async () => {
  const clock = new VirtualClock(0);
  house = await TestPluginHouse.make(fixtures, clock);
  plugins = await house.host();
  await plugins.enable('useful');
  const answer = ask('GET', '/try/never');
  const given = expect(answer).rejects.toMatchObject({ code: 'plugin-timeout' });
  clock.advance(30_000);
  await given;
});

const route = (method: 'GET' | 'POST', path: string) => ({ method, path, needs: 'read' }) as const;

it.each([
  ['GET', '/a', '/a'],
  ['GET', '/a/b', '/a/*'],
  ['GET', '/a/b/c', '/a/b/*'],
  ['GET', '/a/b/', '/a/b/*'],
  ['POST', '/a', undefined],
  ['GET', '/b', undefined],
  ['GET', '/', '/'],
] as const)('%s %s is answered by %s', (method, path, expected) => {
  const routes = [route('GET', '/a/*'), route('GET', '/a/b/*'), route('GET', '/a'), route('GET', '/')];
  expect(routeFor(routes, { method, path })?.path).toBe(expected);
});
