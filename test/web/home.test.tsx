// The overview: what needs attention, what is told, and who may touch what.
import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import type {
  BridgeView,
  DeviceView,
  RuleSummary,
  RunSummary,
  TraceEffect,
} from '../../web/src/api/types.ts';
import { mattersOf } from '../../web/src/home/attention.ts';
import { type Deed, deedOf } from '../../web/src/home/effect-words.ts';
import { deviceEventsOf, eventsOf } from '../../web/src/home/events.ts';
import { FavouriteDevices } from '../../web/src/home/favourites.tsx';
import { hoursOf } from '../../web/src/home/hours.ts';
import { statusOf } from '../../web/src/home/status.ts';
import { makeTestHouse, show } from './support.tsx';

function rule(id: string, more: Partial<RuleSummary> = {}): RuleSummary {
  return {
    id,
    name: id,
    description: '',
    labels: [],
    enabled: true,
    mode: 'single',
    version: 1,
    savedAt: 0,
    counters: {},
    waiting: 0,
    breaker: 'closed',
    ...more,
  } as RuleSummary;
}

function run(id: string, more: Partial<RunSummary> = {}): RunSummary {
  return { id, rule: 'r', version: 1, at: 0, status: 'finished', verb: 'message', ...more } as RunSummary;
}

function device(id: string, more: Partial<DeviceView> = {}): DeviceView {
  return {
    id,
    version: 1,
    name: id,
    labels: [],
    hidden: false,
    note: '',
    format: 'learned',
    key: id,
    createdAt: 0,
    gone: false,
    properties: [],
    problems: [],
    ...more,
  } as DeviceView;
}

const battery = {
  id: 'battery',
  name: 'battery',
  kind: 'number',
  reported: true,
  commandable: false,
  value: 9,
};
const on = { id: 'on', name: 'on', kind: 'boolean', reported: true, commandable: true, value: false };
const nothing = { rules: [], devices: [], bridges: [], findings: [] };

describe('needs attention', () => {
  test.each([
    ['a failed run', { rules: [rule('a', { last: run('1', { status: 'failed' }) })] }, ['failed']],
    ['a rule that is off', { rules: [rule('a', { enabled: false, breaker: 'open' })] }, []],
    ['a breaker', { rules: [rule('a', { breaker: 'half-open' })] }, ['breaker']],
    ['a device that is away', { devices: [device('d', { online: false })] }, ['offline']],
    ['a device that is gone', { devices: [device('d', { gone: true, online: false })] }, ['gone']],
    ['a hidden device', { devices: [device('d', { hidden: true, online: false })] }, []],
    ['a low battery', { devices: [device('d', { properties: [battery as never] })] }, ['battery']],
    [
      'a bridge that is down',
      {
        bridges: [
          { name: 'b', settings: { enabled: true }, state: 'waiting', since: 5 } as unknown as BridgeView,
        ],
      },
      ['bridge'],
    ],
    [
      'a bridge that is off',
      { bridges: [{ name: 'b', settings: { enabled: false }, state: 'off' } as unknown as BridgeView] },
      [],
    ],
    [
      'a warning, not a note',
      {
        findings: ['warning', 'note'].map(
          (severity) => ({ severity, rules: ['a'], path: [], params: {} }) as never,
        ),
      },
      ['finding'],
    ],
  ])('%s', (_name, part, kinds) => {
    expect(mattersOf({ ...nothing, ...part }).map(({ kind }) => kind)).toEqual(kinds);
  });

  const unheard = (at: string, filter = 'home/x') =>
    ({ code: 'unknown-topic', severity: 'warning', rules: ['a'], path: [at], params: { filter } }) as never;
  const rivals = (one: string, other: string) => {
    const params = { one, oneTopic: 't', other, otherTopic: 't' };
    return {
      code: 'conflicting-writers',
      severity: 'warning',
      rules: [one, other],
      path: [],
      params,
    } as never;
  };
  test.each([
    ['at two places of a rule is said once', [unheard('triggers[0]'), unheard('actions[0]')], 1],
    ['of two topics is said twice', [unheard('triggers[0]'), unheard('triggers[1]', 'home/y')], 2],
    ['from either of two rules is said once', [rivals('a', 'b'), rivals('b', 'a')], 1],
    ['of two pairs is said twice', [rivals('a', 'b'), rivals('a', 'c')], 2],
  ])('a finding %s', (_what, findings, count) => {
    expect(mattersOf({ ...nothing, findings })).toHaveLength(count);
  });

  test('the worst stands first, of the same kind the latest', () => {
    const failed = (id: string, at: number) => rule(id, { last: run(id, { status: 'failed', at }) });
    const matters = mattersOf({
      ...nothing,
      devices: [device('d', { online: false })],
      rules: [failed('old', 1), failed('new', 2)],
    });
    expect(matters.map((one) => ('rule' in one ? one.rule.id : one.kind))).toEqual(['new', 'old', 'offline']);
  });
});

test('events are the runs that did something, those in a row as one', () => {
  const runs = [
    run('1', { rule: 'a' }),
    run('2', { rule: 'a', status: 'conditions-failed' }),
    run('3', { rule: 'a' }),
    run('4', { rule: 'b', status: 'failed' }),
    run('5', { rule: 'a' }),
  ];
  expect(eventsOf(runs, 2).map((event) => [event.run.id, event.times])).toEqual([
    ['1', 2],
    ['4', 1],
  ]);
});

describe('what a run did is told without its request', () => {
  const http = { url: 'http://meter/power', method: 'GET', headers: {}, timeoutMs: 2000 };
  test.each<[Partial<TraceEffect>, Deed]>([
    [
      { kind: 'call', name: 'http', payload: http },
      { kind: 'home.effect.http', value: 'http://meter/power' },
    ],
    [
      { kind: 'call', name: 'notify', payload: { channels: ['phone'], message: 'open' } },
      { kind: 'home.effect.notify', value: 'open' },
    ],
    [
      { kind: 'call', name: 'plugin', payload: { plugin: 'tv', action: 'on', with: {} } },
      { kind: 'home.effect.plugin', value: 'tv/on' },
    ],
    [
      { kind: 'call', name: 'run', payload: { rule: 'b', payload: null } },
      { kind: 'home.effect.run', value: 'b', rule: 'b' },
    ],
    [
      { kind: 'call', name: 'new', payload: { url: 'x' } },
      { kind: undefined, value: 'new' },
    ],
    [
      { kind: 'log', text: 'too hot' },
      { kind: 'home.effect.log', value: 'too hot' },
    ],
    [
      { kind: 'variable', name: 'n', payload: 3 },
      { kind: 'home.effect.variable', value: 'n 3' },
    ],
    [
      { kind: 'command', name: 'b', text: 'disable' },
      { kind: 'home.effect.disable', value: 'b', rule: 'b' },
    ],
  ])('%j', (effect, deed) => {
    expect(deedOf({ id: '1', kind: 'log', ...effect })).toEqual(deed);
  });
});

test('devices that came, went or are new are told, the latest first; hidden and old ones are not', () => {
  const hour = 3_600_000;
  const devices = [
    device('new', { createdAt: 10 * hour, online: true, presenceAt: 10 * hour + 5 }),
    device('back', { online: true, presenceAt: 9 * hour }),
    device('away', { online: false, presenceAt: 11 * hour }),
    device('hidden', { online: false, presenceAt: 11 * hour, hidden: true }),
    device('silent'),
  ];
  expect(deviceEventsOf(devices, hour).map(({ kind, device: { id } }) => `${kind} ${id}`)).toEqual([
    'went away',
    'new new',
    'came back',
  ]);
});

describe('the row of chips', () => {
  const bridge = (state: string, enabled = true): BridgeView =>
    ({ settings: { enabled }, state }) as BridgeView;
  const machine = { addresses: [], memoryBytes: 1, loopDelayMs: 0 };
  const ask = (more: object): string[] =>
    statusOf({ ...nothing, system: undefined, live: 'live', now: 0, ...more }).map(
      ({ name, tone, count, all }) => [name, tone, count, all].filter((word) => word !== undefined).join(' '),
    );
  const well = ['broker good 0', 'engine good 0'];

  test.each([
    ['an empty house', {}, well],
    ['no link to the house', { live: 'reconnecting' }, ['broker watch', 'engine good 0']],
    [
      'a paused rule',
      { rules: [rule('a', { breaker: 'open' }), rule('b')] },
      ['broker good 0', 'engine watch 1'],
    ],
    [
      'bridges',
      { bridges: [bridge('connected'), bridge('failed'), bridge('off', false)] },
      [...well, 'links bad 1 2'],
    ],
    [
      'devices',
      { devices: [device('a', { online: false }), device('b'), device('c', { hidden: true })] },
      [...well, 'devices watch 1 2'],
    ],
    [
      'a disk that is nearly full, a certificate that is over',
      {
        system: {
          counters: { connections: 3, engineFaults: 1 },
          machine: {
            ...machine,
            disk: { freeBytes: 1e9, totalBytes: 9e9 },
            certificate: { names: [], endsAt: -1, isOwn: true },
          },
        },
      },
      ['broker good 3', 'engine bad', 'disk watch', 'certificate bad'],
    ],
  ])('%s', (_what, more, expected) => {
    expect(ask(more)).toEqual(expected);
  });
});

test('the strip holds 24 hours, the current one last', () => {
  const now = 100 * 3_600_000 + 5;
  const hours = hoursOf([run('1', { at: now }), run('2', { at: now - 90 * 3_600_000 })], now);
  expect(hours).toHaveLength(24);
  expect(hours.at(-1)).toEqual({ at: now - 5, did: 1, not: 0, failed: 0 });
  expect(hours.reduce((sum, hour) => sum + hour.did, 0)).toBe(1);
});

describe('favourites', () => {
  const lamp = device('lamp', { properties: [on as never] });
  const houseOf = (may: readonly string[]) =>
    makeTestHouse((call) =>
      call.path === '/session'
        ? { body: { needsSetup: false, user: { name: 'a', role: 'admin', may } } }
        : {},
    );

  test('a touch switches the device', async () => {
    const { house, calls } = houseOf(['read', 'operate']);
    await show(<FavouriteDevices devices={[lamp]} />, { house });
    await userEvent.click(await screen.findByRole('switch', { name: /lamp/ }));
    await waitFor(() => expect(calls.at(-1)?.path).toBe('/devices/lamp/set'));
    expect(calls.at(-1)?.body).toBe('{"properties":{"on":true}}');
  });

  test('who only looks sees no control', async () => {
    const { house } = houseOf(['read']);
    await show(<FavouriteDevices devices={[lamp]} />, { house });
    await screen.findByRole('link', { name: /lamp/ });
    expect(screen.queryByRole('switch')).toBeNull();
  });

  test('the choice stays in this browser', async () => {
    const { house } = houseOf(['read']);
    await show(<FavouriteDevices devices={[lamp, device('clock')]} />, { house });
    await userEvent.click(await screen.findByRole('button', { name: 'Choose' }));
    await userEvent.click(screen.getByRole('button', { name: 'clock' }));
    await userEvent.click(screen.getByRole('button', { name: 'Done' }));
    await screen.findByRole('link', { name: /clock/ });
    expect(house.storage.getItem('homerule.favourites')).toBe('["lamp","clock"]');
  });
});
