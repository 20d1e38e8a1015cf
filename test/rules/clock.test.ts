// The wall clock is set while rules wait: a delay is a time that passes, a schedule follows the clock on the wall.
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { RuleWorld } from '../support/rule-world.ts';

const minute = 60_000;

interface Given {
  readonly world: RuleWorld;
  readonly setClock: (ms: number) => void;
}

const start = Date.parse('2026-03-02T12:00:30Z');

/** A house whose wall clock can be set; its monotonic clock goes on. */
function house(...rules: readonly object[]): Given {
  const world = new RuleWorld({ time: start });
  const setClock = world.setClock.bind(world);
  for (const rule of rules) world.save(stringify(rule));
  return { world, setClock };
}

const lamp = { id: 'lamp', triggers: [{ message: 'p' }], actions: [{ delay: '5m' }, { log: 'off' }] };
const tick = { id: 'tick', triggers: [{ every: '1m' }], actions: [{ log: '{{ $time() }}' }] };

test('set back by an hour, a delay takes as long as it was to', () => {
  const { world, setClock } = house(lamp);
  world.publish({ topic: 'p', payload: 1 });
  world.advance(2 * minute);
  setClock(-60 * minute);
  world.advance(3 * minute - 1);
  expect(world.logged).toEqual([]);
  world.advance(1);
  expect(world.logged).toEqual(['lamp: off']);
  expect(world.traces[0]?.steps[0]).toMatchObject({ durationMs: 5 * minute, result: '5m' });
});

test('set back by an hour, a delay is right even when the next thing is a message', () => {
  const { world, setClock } = house(lamp, { ...lamp, id: 'second', triggers: [{ message: 'q' }] });
  world.publish({ topic: 'p', payload: 1 });
  world.advance(2 * minute);
  setClock(-60 * minute);
  world.publish({ topic: 'q', payload: 1 });
  world.advance(3 * minute);
  expect(world.logged).toEqual(['lamp: off']);
  world.advance(2 * minute);
  expect(world.logged).toEqual(['lamp: off', 'second: off']);
});

test('set back by an hour and then a restart: the row knows', () => {
  const { world, setClock } = house(lamp);
  world.publish({ topic: 'p', payload: 1 });
  setClock(-60 * minute);
  world.advance(minute);
  const [row] = world.rows.runs.rows.values();
  expect(row?.due).toBe(world.clock.now() + 4 * minute);
});

test('set back by an hour, every minute stays every minute', () => {
  const { world, setClock } = house(tick);
  world.advance(minute);
  setClock(-60 * minute);
  world.advance(3 * minute);
  expect(world.logged).toEqual(['tick: 12:01:00', 'tick: 11:02:00', 'tick: 11:03:00', 'tick: 11:04:00']);
});

test('set back by seconds, a schedule does not fire twice', () => {
  const { world, setClock } = house({ ...tick, triggers: [{ at: '12:01' }] });
  world.advance(31_000);
  setClock(-5000);
  world.advance(10 * minute);
  expect(world.logged).toEqual(['tick: 12:01:00']);
});

test('set forward by an hour, a delay takes as long as it was to; a schedule in between was missed', () => {
  const { world, setClock } = house(lamp, { ...tick, triggers: [{ at: '12:30' }] });
  world.publish({ topic: 'p', payload: 1 });
  world.advance(minute);
  setClock(60 * minute);
  world.advance(4 * minute - 1);
  expect(world.logged).toEqual([]);
  world.advance(1);
  expect(world.logged).toEqual(['lamp: off']);
  expect(world.traces.map(({ rule, status, reason }) => [rule, status, reason])).toEqual([
    ['tick', 'refused', 'missed'],
    ['lamp', 'finished', undefined],
  ]);
  expect(world.traces[1]?.steps[0]).toMatchObject({ durationMs: 5 * minute, result: '5m' });
});

test('set forward by seconds, a message right behind it begins a delay that is right, as is the one before', () => {
  const { world, setClock } = house(lamp, { ...lamp, id: 'second', triggers: [{ message: 'q' }] });
  world.publish({ topic: 'p', payload: 1 });
  world.advance(minute);
  setClock(5000);
  world.advance(1000);
  world.publish({ topic: 'q', payload: 1 });
  world.advance(4 * minute - 1001);
  expect(world.logged).toEqual([]);
  world.advance(1);
  expect(world.logged).toEqual(['lamp: off']);
  world.advance(minute + 999);
  expect(world.logged).toEqual(['lamp: off']);
  world.advance(1);
  expect(world.logged).toEqual(['lamp: off', 'second: off']);
});

test('set forward over its time, what is to be made up for is so, and what came a moment ago comes', () => {
  const caught = { id: 'caught', triggers: [{ at: '12:30', catchUp: 'latest' }], actions: [{ log: 'x' }] };
  const { world, setClock } = house(caught, { ...tick, triggers: [{ at: '13:00' }] });
  world.advance(minute);
  setClock(59 * minute);
  world.publish({ topic: 'news', payload: 1 });
  world.advance(1000);
  expect(world.logged).toEqual(['caught: x', 'tick: 13:00:30']);
});

test('a machine that slept for an hour: what is due is due at once and says that it is late', () => {
  const { world } = house(lamp, { ...tick, triggers: [{ at: '12:30' }] });
  world.publish({ topic: 'p', payload: 1 });
  world.sleep(60 * minute);
  world.advance(minute);
  expect(world.logged).toEqual(['lamp: off']);
  expect(world.traces.map(({ rule, status, reason }) => [rule, status, reason])).toEqual([
    ['lamp', 'finished', undefined],
    ['tick', 'refused', 'missed'],
  ]);
  expect(world.inputs.map(({ kind }) => kind)).not.toContain('clock');
});

test('a machine that slept and was set right when it woke: each counts as what it is', () => {
  const { world, setClock } = house(lamp);
  world.publish({ topic: 'p', payload: 1 });
  world.sleep(2 * minute);
  setClock(-30 * minute);
  world.advance(3 * minute - 1);
  expect(world.logged).toEqual([]);
  world.advance(1);
  expect(world.logged).toEqual(['lamp: off']);
});

const evening = {
  id: 'evening',
  triggers: [{ message: 'p' }],
  actions: [{ wait: { at: '12:30' } }, tick.actions[0]],
};

test('a wait for a time of day follows the clock, whichever way it is set', () => {
  for (const [ms, logged] of [
    [-60 * minute, 'evening: 12:30:00'],
    [10 * minute, 'evening: 12:30:00'],
    [40 * minute, 'evening: 12:41:30'],
    [3 * 24 * 60 * minute, 'evening: 12:30:00'],
  ] as const) {
    const { world, setClock } = house(evening);
    world.publish({ topic: 'p', payload: 1 });
    world.advance(minute);
    setClock(ms);
    world.publish({ topic: 'news', payload: 1 });
    world.advance(100 * minute);
    expect(world.logged, `set by ${ms}`).toEqual([logged]);
  }
});

test('a wait for a time of day that an expression gives no more fails when the clock is set', () => {
  const read = {
    ...evening,
    actions: [{ wait: { at: "{{ $state('when') & $substring($time(), 0, 0) }}" } }],
  };
  const { world, setClock } = house(read);
  world.publish({ topic: 'when', payload: '12:30' });
  world.publish({ topic: 'p', payload: 1 });
  setClock(-60 * minute);
  world.publish({ topic: 'when', payload: 'never' });
  expect(world.traces.map(({ status, reason }) => `${status} ${reason}`)).toEqual(['failed bad-time']);
});

test('set back by an hour, limits and breakers count from the new time', () => {
  const { world, setClock } = house({ ...lamp, actions: [{ log: 'x' }], limit: { runs: 1, in: '10m' } });
  world.publish({ topic: 'p', payload: 1 });
  setClock(-60 * minute);
  world.publish({ topic: 'p', payload: 1 });
  world.publish({ topic: 'p', payload: 1 });
  expect(world.logged).toEqual(['lamp: x', 'lamp: x']);
});

test('set back, what is held takes as long as it was to', () => {
  const held = { id: 'held', triggers: [{ change: 't', to: 1, for: '5m' }], actions: [{ log: 'done' }] };
  const { world, setClock } = house(held);
  world.publish({ topic: 't', payload: 1 });
  world.advance(2 * minute);
  setClock(-60 * minute);
  world.advance(3 * minute - 1);
  expect(world.logged).toEqual([]);
  world.advance(1);
  expect(world.logged).toEqual(['held: done']);
});

test('set back, a silence takes as long as it was to', () => {
  const silent = { id: 'silent', triggers: [{ silence: 't', for: '5m' }], actions: [{ log: 'done' }] };
  const waits = {
    id: 'waits',
    triggers: [{ event: 'go' }],
    actions: [{ wait: silent.triggers[0] }, lamp.actions[1]],
  };
  const { world, setClock } = house(silent, waits);
  world.signal({ signal: 'event', name: 'go' });
  world.publish({ topic: 't', payload: 1 });
  world.advance(2 * minute);
  setClock(-60 * minute);
  world.advance(3 * minute - 1);
  expect(world.logged).toEqual([]);
  world.advance(1);
  expect(world.logged).toEqual(['waits: off', 'silent: done']);
  world.publish({ topic: 't', payload: 1 });
  world.advance(5 * minute);
  expect(world.logged.slice(2)).toEqual(['silent: done']);
});

test('set back over its instant, a time of day turns a condition again', () => {
  const late = {
    id: 'late',
    triggers: [{ becomes: "$time() >= '12:30'" }],
    actions: [{ log: '{{ $time() }}' }],
  };
  const { world, setClock } = house(late);
  world.advance(45 * minute);
  expect(world.logged.splice(0)).toEqual(['late: 12:30:00']);
  setClock(-30 * minute);
  world.advance(60 * minute);
  expect(world.logged).toEqual(['late: 12:30:00']);
});

test('set back, what is looked at each second still is', () => {
  const odd = {
    id: 'odd',
    triggers: [{ becomes: '$millis() % 60000 = 7000' }],
    actions: [{ log: '{{ $time() }}' }],
  };
  const { world, setClock } = house(odd);
  world.advance(minute);
  setClock(-30 * minute);
  world.advance(2 * minute);
  expect(world.logged).toEqual(['odd: 12:01:07', 'odd: 11:32:07', 'odd: 11:33:07']);
});

test('a step is an input: the same inputs decide the same, and leave the same waiting', () => {
  const caught = { id: 'caught', triggers: [{ at: '11:30', catchUp: 'all' }], actions: [{ log: 'x' }] };
  const held = { id: 'held', triggers: [{ change: 'p', to: 1, for: '20m' }], actions: [{ log: 'held' }] };
  const { world, setClock } = house(lamp, tick, caught, held);
  world.publish({ topic: 'p', payload: 1 });
  world.advance(2 * minute);
  setClock(-60 * minute);
  world.advance(40 * minute);
  world.publish({ topic: 'p', payload: 2 });
  expect(world.inputs.filter(({ kind }) => kind === 'clock')).toMatchObject([{ stepMs: -60 * minute }]);
  const again = new RuleWorld({ time: start, library: world.library, isStill: true });
  for (const { seq: _seq, ...input } of world.inputs) if (input.kind !== 'startup') again.decide(input);
  const rowsOf = ({ rows: { runs, triggers } }: RuleWorld): unknown => [
    [...runs.rows.values()].map(({ rule, due }) => [rule, due]),
    [...triggers.rows.values()],
  ];
  expect(again.logged).toEqual(world.logged);
  expect(rowsOf(again)).toEqual(rowsOf(world));
});

test('set back by an hour, what was made up for is so once, also over a restart', () => {
  const caught = {
    id: 'caught',
    triggers: [{ at: '12:10', catchUp: 'all' }],
    actions: [{ log: '{{ $time() }}' }],
  };
  const { world, setClock } = house(caught);
  world.advance(15 * minute);
  setClock(-60 * minute);
  world.advance(30 * minute);
  world.restart(0);
  world.advance(60 * minute);
  expect(world.logged).toEqual(['caught: 12:10:00', 'caught: 12:10:00']);
});

/** A machine that begins at the epoch until somebody tells it the time. */
function unset(...rules: readonly object[]): Given {
  const world = new RuleWorld({ time: 30_000, plausibleFrom: Date.parse('2026-01-01T00:00:00Z') });
  const setClock = world.setClock.bind(world);
  for (const rule of rules) world.save(stringify(rule));
  return { world, setClock };
}

test('before the clock was set nothing comes due; then waits keep what is left and schedules follow it', () => {
  const caught = { id: 'caught', triggers: [{ at: '00:05', catchUp: 'all' }], actions: [{ log: 'x' }] };
  const { world, setClock } = unset(lamp, tick, caught);
  world.advance(60 * minute);
  world.publish({ topic: 'p', payload: 1 });
  world.advance(2 * minute);
  expect(world.logged).toEqual([]);
  setClock(start - world.clock.now());
  world.advance(3 * minute - 1);
  expect(world.logged.splice(0)).toEqual(['tick: 12:01:00', 'tick: 12:02:00', 'tick: 12:03:00']);
  world.advance(1);
  expect(world.logged).toEqual(['lamp: off']);
  expect(world.traces.map(({ rule, status }) => `${rule} ${status}`)).not.toContain('tick refused');
});

test('before the clock was set a message is heard, and its time is right as soon as the clock is', () => {
  const { world, setClock } = unset({ ...lamp, actions: [{ log: '{{ $date() }}' }] });
  world.publish({ topic: 'p', payload: 1 });
  setClock(start - world.clock.now());
  world.publish({ topic: 'p', payload: 1 });
  expect(world.logged).toEqual(['lamp: 1970-01-01', 'lamp: 2026-03-02']);
  expect(world.inputs.map(({ kind }) => kind)).toContain('clock');
});

test('a machine that stops for seconds between two readings of its clocks was not set', () => {
  const { world } = house(lamp);
  const { clock } = world;
  const now = clock.now.bind(clock);
  const monotonic = clock.monotonic.bind(clock);
  let stoppedMs = 0;
  let left = 2;
  clock.now = () => {
    const read = now() + stoppedMs;
    if (left-- > 0) stoppedMs += 3000;
    return read;
  };
  clock.monotonic = () => monotonic() + stoppedMs;
  clock.uptime = clock.monotonic;
  world.advance(2 * minute);
  world.publish({ topic: 'p', payload: 1 });
  expect(world.inputs.map(({ kind }) => kind)).not.toContain('clock');
});
