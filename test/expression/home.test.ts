// The functions of the home, the examples of the function table, and how a scope is read.
import { describe, expect, test } from 'vitest';
import {
  compileExpression,
  emptyHome,
  functionTable,
  type HomeView,
  LocalTime,
  type Scope,
  unread,
} from '../../src/expression/index.ts';

const at = Date.parse('2026-01-05T12:30:45Z');

const values = new Map<string, unknown>([
  ['home/kitchen/lux', 12],
  ['home/door', { contact: false }],
  ['home/off', false],
  ['home/null', null],
]);

const lamp = { id: 'lamp', name: 'Lamp', room: 'hall', online: true, properties: { on: true } };

function homeIn(zone: string): HomeView {
  return {
    ...emptyHome,
    zone,
    state: (topic) => values.get(topic),
    states: (filter) => [
      { topic: filter.replace('+', 'kitchen'), params: { room: 'kitchen' }, value: 12, at },
    ],
    last: (topic) =>
      values.has(topic)
        ? { value: values.get(topic), at, by: { origin: 'client', id: 'panel' }, previous: 11 }
        : undefined,
    changedAt: (topic, path) => (values.has(topic) ? at - (path === undefined ? 45_000 : 90_000) : undefined),
    sun: () => ({ up: false, elevation: -25, sunrise: at - 40_000_000, dusk: at - 5_000_000 }),
    calendar: {
      isHoliday: (date) => date === '2026-10-01',
      isWorkday: (date) => date !== '2026-10-01' && date !== '2026-01-04',
    },
    over: ({ topic }, { from, to, isEndIncluded }) => ({
      count: topic === 'home/kitchen/lux' ? (to - from) / 60_000 : 0,
      changes: isEndIncluded ? 1 : 0,
      mean: 11.5,
      first: to - at,
    }),
    at: (_query, instant) => (instant === at - 3_600_000 ? 11 : undefined),
    secret: (name) => (name === 'gate' ? 'open-it' : undefined),
    variable: (name) => ({ mode: 'away', none: undefined })[name],
    device: (id) => (id === lamp.id ? lamp : undefined),
    devices: (label) => (label === 'heater' ? [] : [lamp]),
  };
}

function scopeAt(instant: string | number, zone = 'Asia/Shanghai'): Scope {
  const time = typeof instant === 'string' ? Date.parse(instant) : instant;
  return { values: [{ x: 1 }], read: () => undefined, at: time, home: homeIn(zone), seed: 7 };
}

function evaluate(
  source: string,
  scope: Scope = scopeAt(at),
  names: readonly string[] = ['payload', 'missing'],
): unknown {
  const { expression, problems } = compileExpression(source, { names });
  if (expression === undefined) throw new Error(JSON.stringify(problems));
  return expression.evaluate(scope);
}

test.each(functionTable.map((one) => [one.example.source, one.example.result] as const))(
  'example of the table: %s is %j',
  (source, result) => {
    expect(evaluate(source)).toStrictEqual(result);
  },
);

test.each([
  ['$state("home/door").contact', false],
  ['$state("home/off", true)', false],
  ['$state("home/null", 5)', null],
  ['$state("home/none")', undefined],
  ['$state("home/none", 28)', 28],
  ['$state("home/" & "off")', false],
  ['$state(missing)', undefined],
  ['$states("home/{room}/lux")[value > 3].params.room', 'kitchen'],
  ['$count($states("home/+/lux"))', 1],
  ['$since("home/door")', 45],
  ['$since("home/none")', undefined],
  ['$since("home/none") > 5', undefined],
  ['$since("home/door", "contact")', 90],
  ['$since(missing, "contact")', undefined],
  ['$last("home/door").(value.contact & previous & by.id)', 'false11panel'],
  ['$last("home/none")', undefined],
  ['$var("mode")', 'away'],
  ['$var("none")', undefined],
  ['$var("none", 3)', 3],
  ['$var(missing, 3)', undefined],
  ['$device("lamp").room', 'hall'],
  ['$device(missing)', undefined],
  ['$devices().name', 'Lamp'],
  ['$devices("heater")', []],
  ['$devices(missing)', undefined],
  ['$sun().elevation', -25],
  ['$exists($sun().sunset)', false],
  ['$secret("gate") = "open-it"', true],
  ['payload.x in [1] and "a" in $secret("gate")', false],
  ['$holiday()', false],
  ['$over("home/kitchen/lux", "1h30m").(count & changes)', '901'],
  ['$over("home/kitchen/lux", 60).count', 1],
  ['$over("home/kitchen/lux", "today").count', 20 * 60 + 30.75],
  ['$over("home/kitchen/lux", "yesterday").(count & " " & first)', '1440 -73845000'],
  ['$over("home/kitchen/lux", [$millis() - 120000, $millis()], "a.b").count', 2],
  ['$over(missing, "1h")', undefined],
  ['$over("home/kitchen/lux", missing)', undefined],
  ['$at("home/kitchen/lux", $millis() - 3600000)', 11],
  ['$at("home/kitchen/lux", "-2h")', undefined],
  ['$at("home/kitchen/lux", missing)', undefined],
  ['$holiday(missing)', undefined],
  ['$workday("2026-01-04")', false],
  ['["2026-10-01", "2026-10-02"].$workday($)', [false, true]],
])('%s is %j', (source, result) => {
  expect(evaluate(source)).toStrictEqual(result);
});

test.each([
  ['$states("home/#/x")', 'bad-filter'],
  ['$state(5)', 'T0410'],
  ['$state()', 'T0410'],
  ['$device("stove")', 'unknown-device'],
  ['$secret("none") = 1', 'unknown-secret'],
  ['$over("a", "a while")', 'bad-window'],
  ['$over("a", "-5m")', 'bad-window'],
  ['$over("a", [5, 3])', 'bad-window'],
  ['$over("a", [1])', 'bad-window'],
  ['$at("a", "1h")', 'bad-instant'],
  ['$at("a", $millis() + 1)', 'bad-instant'],
  ['$holiday("tomorrow")', 'bad-date'],
  ['$workday("10-01")', 'bad-date'],
  ['$holiday("2026-02-30")', 'bad-date'],
])('%s fails with %s', (source, code) => {
  expect(() => evaluate(source)).toThrow(expect.objectContaining({ code, name: 'HomeruleError' }));
});

test('without a place the sun is an error that says what to set', () => {
  const scope = { ...scopeAt(at), home: emptyHome };
  expect(() => evaluate('$sun().up', scope)).toThrow(
    expect.objectContaining({ code: 'no-place', message: expect.stringContaining('place.latitude') }),
  );
});

test.each([
  ['$sun().up', true],
  ['$holiday()', true],
  ['$since("a", "b")', true],
  ['$var("a")', false],
  ['$last("a").value', false],
  ['$device("lamp").online', false],
])('%s reads the clock: %s', (source, readsClock) => {
  expect(compileExpression(source).expression?.dependencies.clock !== undefined).toBe(readsClock);
});

describe('local time', () => {
  test.each(['Asia/Shanghai', 'Europe/Berlin', 'America/Havana', 'America/Asuncion', 'Australia/Lord_Howe'])(
    'a day of %s begins at the first instant with its date',
    (zone) => {
      const time = new LocalTime(zone);
      const start = Date.parse('2026-01-01T12:00:00Z');
      for (let n = 0; n < 366 * 2; n++) {
        const instant = start + n * 43_200_000;
        const begin = time.startOfDay(instant);
        expect(time.date(begin)).toBe(time.date(instant));
        expect(time.date(begin - 1) < time.date(begin)).toBe(true);
      }
    },
  );

  test.each([
    ['2026-01-05T12:30:45Z', 'Asia/Shanghai', '20:30:45', '2026-01-05', 1],
    ['2026-01-05T16:00:00Z', 'Asia/Shanghai', '00:00:00', '2026-01-06', 2],
    ['2026-01-04T15:59:59.999Z', 'Asia/Shanghai', '23:59:59', '2026-01-04', 7],
    ['2026-03-29T00:59:59Z', 'Europe/Berlin', '01:59:59', '2026-03-29', 7],
    ['2026-03-29T01:00:00Z', 'Europe/Berlin', '03:00:00', '2026-03-29', 7],
    ['2026-10-25T00:59:59Z', 'Europe/Berlin', '02:59:59', '2026-10-25', 7],
    ['2026-10-25T01:00:00Z', 'Europe/Berlin', '02:00:00', '2026-10-25', 7],
    ['2026-10-03T15:30:00Z', 'Australia/Lord_Howe', '02:30:00', '2026-10-04', 7],
    ['2026-06-01T00:00:00Z', 'Asia/Kathmandu', '05:45:00', '2026-06-01', 1],
    ['1969-12-31T23:59:59Z', 'UTC', '23:59:59', '1969-12-31', 3],
  ])('%s in %s', (instant, zone, time, date, weekday) => {
    const scope = scopeAt(instant, zone);
    expect(['$time()', '$date()', '$weekday()'].map((source) => evaluate(source, scope))).toStrictEqual([
      time,
      date,
      weekday,
    ]);
  });

  test('agrees with Intl at every quarter hour of a year, whatever the order of the questions', () => {
    const format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Australia/Lord_Howe',
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    const home = homeIn('Australia/Lord_Howe');
    const start = Date.parse('2026-01-01T00:00:00Z');
    for (let n = 0; n < 35_040; n += 7) {
      const time = start + ((n * 13) % 35_040) * 900_000 + 61_000;
      const scope = { ...scopeAt(time), home };
      expect(evaluate('$date() & " " & $time()', scope)).toBe(format.format(time));
    }
  });
});

describe('the scope', () => {
  test('a value that was left unread is asked for when it is read, and only then', () => {
    const asked: number[] = [];
    const slots: unknown[] = [unread, 'x'];
    const scope: Scope = {
      ...scopeAt(at),
      values: slots,
      read: (slot) => {
        asked.push(slot);
        slots[slot] = { n: 5 };
        return slots[slot];
      },
    };
    expect(evaluate('topic = "y" and payload.n = 5', scope, ['payload', 'topic'])).toBe(false);
    expect(asked).toStrictEqual([]);
    expect(evaluate('payload.n = 5 and $payload.n < 6', scope, ['payload', 'topic'])).toBe(true);
    expect(asked).toStrictEqual([0]);
  });

  test('a binding has a name with and without $, unless a function has it', () => {
    const scope = { ...scopeAt(at), values: [{ n: 5 }, 'bound'] };
    expect(evaluate('$payload.n + payload.n', scope, ['payload', 'time'])).toBe(10);
    expect(evaluate('[time, $time()]', scope, ['payload', 'time'])).toStrictEqual(['bound', '20:30:45']);
  });

  test('the root as a whole holds the bindings that have a value', () => {
    const scope = { ...scopeAt(at), values: [{ n: 5 }, undefined, 'c'] };
    expect(evaluate('$', scope, ['a', 'b', 'c'])).toStrictEqual({ a: { n: 5 }, c: 'c' });
    expect(evaluate('a.(n + $$.a.n)', scope, ['a', 'b', 'c'])).toBe(10);
    expect(evaluate('$count(*)', scope, ['a', 'b', 'c'])).toBe(2);
  });

  test('the same seed gives the same numbers, another seed others', () => {
    const numbers = (seed: number) =>
      evaluate('[$random(), $random(), $shuffle([1..9])]', { ...scopeAt(at), seed });
    expect(numbers(7)).toStrictEqual(numbers(7));
    expect(numbers(7)).not.toStrictEqual(numbers(8));
  });
});
