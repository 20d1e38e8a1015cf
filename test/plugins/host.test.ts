// The contract, in both kinds of process, and what becomes of plugins that go wrong.
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { callLimits, type Plugins } from '../../src/plugins/index.ts';
import { TestPluginHouse } from './plugin-house.ts';

const fixtures = fileURLToPath(new URL('../fixtures/plugins', import.meta.url));

let house: TestPluginHouse;
let plugins: Plugins;

/** `inside`: as a shipped plugin. `own process`: installed. */
async function withPlugin(id: string, where: string): Promise<void> {
  if (where === 'inside') {
    house = await TestPluginHouse.make(fixtures);
    plugins = await house.host();
    return;
  }
  house = await TestPluginHouse.make('/nowhere');
  plugins = await house.host();
  const installed = await plugins.install(`${fixtures}/${id}`);
  expect(installed).toMatchObject({
    id,
    origin: 'installed',
    isIsolated: true,
    enabled: false,
    state: 'off',
  });
}

afterEach(async () => {
  await plugins.stop();
  expect(house.listeners, 'what plugins registered is gone').toBe(0);
  await house.remove();
});

describe.each(['inside', 'own process'])('a plugin in %s', (where) => {
  it('hears, publishes, emits, answers and keeps', async () => {
    await withPlugin('useful', where);
    const on = await plugins.enable('useful');
    expect(on).toMatchObject({
      state: 'running',
      enabled: true,
      actions: ['add', 'do'],
      channels: ['pager'],
    });
    house.say('useful/in/one', 'good morning');
    const answer = await house.published.until(({ topic }) => topic === 'useful/out/one');
    expect(answer).toMatchObject({ origin: 'bridge', by: 'plugin/useful', qos: 1, retain: false });
    expect(answer.payload).toEqual({ heard: 'good morning', by: 'client-1', greeting: 'hello' });
    house.change({ device: 'lamp', property: 'on', value: true, origin: 'client', by: 'lamp' });
    const event = await house.events.until(({ name }) => name === 'useful/changed');
    expect(event).toMatchObject({ data: { device: 'lamp', value: true }, by: 'plugin/useful' });
    expect(await plugins.act('useful', 'add', { a: 2 })).toBe(3);
    expect(await plugins.act('useful', 'do', { task: 'devices' })).toMatchObject([{ id: 'lamp' }]);
    await plugins.act('useful', 'do', { task: 'set', id: 'lamp', properties: { on: true } });
    expect(house.sets).toEqual([{ id: 'lamp', properties: { on: true }, by: 'plugin/useful' }]);
    expect(await plugins.act('useful', 'do', { task: 'secret', name: 'shared' })).toBe('in the clear');
    expect(await plugins.act('useful', 'do', { task: 'later' })).toBe('later');
    await plugins.notify(['pager'], { message: 'water' });
    await plugins.notify(['useful/pager'], { message: 'fire' });
    expect(house.events.all.filter(({ name }) => name === 'useful/paged').map(({ data }) => data)).toEqual([
      { message: 'water' },
      { message: 'fire' },
    ]);
    const reply = await plugins.running('useful')?.ask('request', 'GET /hello', { query: { name: 'you' } });
    expect(reply).toEqual({ status: 200, body: { hello: 'you' } });
    await plugins.act('useful', 'do', { task: 'sick' });
    expect(plugins.get('useful')).toMatchObject({ health: 'degraded', words: 'the cloud is away' });
  });

  it('keeps what it stored, its configuration and its secrets over a restart', async () => {
    await withPlugin('useful', where);
    await plugins.configure('useful', { greeting: 'hi', key: 'open sesame' });
    expect(JSON.stringify(await house.rows.all())).not.toContain('sesame');
    await plugins.enable('useful');
    await plugins.act('useful', 'do', { task: 'remember', value: { n: 1 } });
    await plugins.stop();
    plugins = await house.host();
    expect(plugins.get('useful')).toMatchObject({ state: 'running', config: { greeting: 'hi', key: {} } });
    expect(await plugins.act('useful', 'do', { task: 'recall' })).toEqual({ n: 1 });
    expect(await plugins.act('useful', 'do', { task: 'keys' })).toEqual(['kept']);
    expect(await plugins.act('useful', 'do', { task: 'key' })).toBe('open sesame');
    await plugins.configure('useful', {});
    expect([...house.secrets.keys()]).toEqual(['shared']);
  });

  it.each([
    ['publish', { topic: 'elsewhere' }, /may not publish on "elsewhere"/],
    ['publish', { topic: '$SYS/x' }, /the house's own/],
    ['subscribe', { filter: 'useful/in/#' }, /may not subscribe to "useful\/in\/#"/],
    ['secret', { name: 'other' }, /may not read the secret "other"/],
  ])('may not %s what its manifest does not say', async (task, input, words) => {
    await withPlugin('useful', where);
    await plugins.enable('useful');
    await expect(plugins.act('useful', 'do', { task, ...input })).rejects.toThrow(words);
  });

  it('answers a wrong call, a missing action and its own error with words', async () => {
    await withPlugin('useful', where);
    await expect(plugins.act('useful', 'add', {})).rejects.toThrow(/not running/);
    await plugins.enable('useful');
    await expect(plugins.act('useful', 'add', { a: 'x' })).rejects.toThrow(/a: .*number/);
    await expect(plugins.act('useful', 'subtract', {})).rejects.toThrow(/does not offer/);
    await expect(plugins.act('useful', 'do', { task: 'fail' })).rejects.toThrow('it went wrong');
    await expect(plugins.notify(['phone'], { message: 'x' })).rejects.toThrow(/there are: pager/);
    const several = plugins.notify(['phone', 'pager', 'fax'], { message: 'x' });
    await expect(several).rejects.toThrow(/"phone".*; .*"fax"/);
    await house.events.until(({ name }) => name === 'useful/paged');
    await plugins.disable('useful');
    expect(plugins.get('useful')).toMatchObject({ state: 'off', enabled: false, reason: '', actions: [] });
  });

  it('is refused a configuration that its schema does not allow, and nothing changes', async () => {
    await withPlugin('failing', where);
    await expect(plugins.configure('failing', { how: 'well' })).rejects.toThrow(/how: .*expected one of/);
    await expect(plugins.enable('failing')).rejects.toThrow(/how/);
    expect(plugins.get('failing')).toMatchObject({ state: 'off', config: {} });
  });

  it('says why it could not be set up', async () => {
    await withPlugin('failing', where);
    await plugins.configure('failing', { how: 'setup' });
    const view = await plugins.enable('failing');
    expect(view).toMatchObject({ state: 'failed', enabled: false });
    expect(view.reason).toContain('no place to stand');
  });

  it('is switched off when its handlers throw and throw', async () => {
    await withPlugin('failing', where);
    await plugins.configure('failing', { how: 'throw' });
    await plugins.enable('failing');
    for (let i = 0; i < 21; i++) house.say('failing/now', 'x');
    const row = await house.states.until(({ reason }) => reason !== '');
    expect(row).toMatchObject({ enabled: false, reason: expect.stringContaining('cannot be handled') });
    expect(plugins.get('failing')).toMatchObject({ state: 'failed', figures: { errors: 21 } });
  });

  it('is switched off when it floods the house', async () => {
    await withPlugin('failing', where);
    await plugins.configure('failing', { how: 'flood' });
    await plugins.enable('failing');
    const from = performance.now();
    house.say('failing/now', 'x');
    const row = await house.states.until(({ reason }) => reason !== '');
    expect(row.reason).toContain('flood');
    const { burst, perSecond } = callLimits;
    const most = burst + (perSecond * (performance.now() - from + 1000)) / 1000;
    expect(house.published.all.length).toBeLessThan(most);
  });
});

describe('a plugin in a process of its own', () => {
  it.each([
    ['hang', 'hangs'],
    ['reject', 'nobody waits for it'],
    ['exit', 'code 3'],
    ['memory', 'ended'],
  ])('that goes wrong by %s is started again', async (how, words) => {
    await withPlugin('failing', 'own process');
    await plugins.configure('failing', { how });
    await plugins.enable('failing');
    const before = plugins.running('failing')?.pid;
    house.say('failing/now', 'x');
    await expect.poll(() => plugins.get('failing').reason, { timeout: 15_000 }).toContain(words);
    await expect.poll(() => plugins.get('failing').state, { timeout: 15_000 }).toBe('running');
    expect(plugins.running('failing')?.pid).not.toBe(before);
    expect(plugins.get('failing').figures.crashes).toBe(1);
  });

  it('is given up when it crashes again and again', async () => {
    await withPlugin('failing', 'own process');
    await plugins.configure('failing', { how: 'exit' });
    await plugins.enable('failing');
    for (let crash = 1; crash <= 4; crash++) {
      await expect.poll(() => plugins.get('failing').state, { timeout: 15_000 }).toBe('running');
      house.say('failing/now', 'x');
      await expect.poll(() => plugins.get('failing').figures.crashes, { timeout: 15_000 }).toBe(crash);
    }
    const view = plugins.get('failing');
    expect(view).toMatchObject({ state: 'failed', enabled: false });
    expect(view.reason).toContain('4 crashes');
  }, 40_000);

  it('is removed with its rows, values and secrets', async () => {
    await withPlugin('useful', 'own process');
    await plugins.configure('useful', { key: 'x' });
    await plugins.enable('useful');
    await plugins.act('useful', 'do', { task: 'remember', value: 1 });
    await plugins.remove('useful');
    expect(plugins.list()).toEqual([]);
    expect(await house.rows.all()).toEqual([]);
    expect(await house.values.all()).toEqual([]);
    expect([...house.secrets.keys()]).toEqual(['shared']);
  });
});
