// What an expression depends on: paths, topics, variables, devices, the clock.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileExpression, type Dependencies, mergedDependencies } from '../../src/expression/index.ts';
import { expressions, inputs, ownOutcome } from './generated.ts';

const names = ['payload', 'topic', 'params', 'limit'];

function dependenciesOf(source: string): Dependencies {
  const { expression, problems } = compileExpression(source, { names });
  if (expression === undefined) throw new Error(JSON.stringify(problems));
  return expression.dependencies;
}

/** Paths with dots, in order. */
const shown = ({ paths }: Dependencies): unknown =>
  paths === 'all' ? paths : paths.map((path) => path.join('.')).toSorted();

const pathCases: readonly (readonly [source: string, paths: string[] | 'all'])[] = [
  ['1 + 1', []],
  ['payload.x > 1 and $topic = "t"', ['payload.x', 'topic']],
  ['payload.a.b + payload.a', ['payload.a']],
  ['$payload.x', ['payload.x']],
  ['$.payload.x', ['payload.x']],
  ['$$.params.x', ['params.x']],
  ['payload.a ? payload.b : payload.c ?? limit', ['limit', 'payload.a', 'payload.b', 'payload.c']],
  ['payload.rows[battery < $limit].name', ['limit', 'payload.rows']],
  ['payload.rows[limit < 3].name', ['payload.rows']],
  ['payload.rows[0]', ['payload.rows']],
  ['payload.rows.(a + $$.limit)', ['limit', 'payload.rows']],
  ['payload.rows^(>b).c', ['payload.rows']],
  ['payload.rows{a: b}', ['payload.rows']],
  ['payload.*', ['payload']],
  ['payload.**.x', ['payload']],
  ['($p := payload; $p.x)', ['payload']],
  ['$map(payload.rows, function($r) { $r.a > limit })', ['limit', 'payload.rows']],
  ['[payload.a, {"b": payload.b}]', ['payload.a', 'payload.b']],
  ['-(payload.a)', ['payload.a']],
  ['topic ~> $uppercase()', ['topic']],
  ['$string(topic)', ['topic']],
  ['payload.rows.$string()', ['payload.rows']],
  ['payload.rows@$r[$r.a = limit].b', ['payload']],
  ['payload.rows#$i.{"n": $i, "t": topic}', ['payload.rows']],
  ['payload.rows.(%.a)', ['payload']],
  ['payload.rows.(%.%.a)', 'all'],
  ['payload@$p.limit', 'all'],
  ['payload ~> |rows|{"max": $$.limit}|', ['limit', 'payload']],
  ['$map(payload.rows, $power(?, $limit))', ['limit', 'payload.rows']],
  ['payload[$$ = 1]', 'all'],
  ['$lookup($, topic)', 'all'],
  ['$keys()', 'all'],
  ['*', 'all'],
];

test.each(pathCases)('%s reads the paths %j', (source, paths) => {
  expect(shown(dependenciesOf(source))).toStrictEqual(paths);
});

const topicCases: readonly (readonly [source: string, topics: string[] | 'all', isDynamic: boolean])[] = [
  ['payload', [], false],
  ['$state("home/mode") = "away"', ['home/mode'], false],
  ['$state(("home/mode"), 1)', ['home/mode'], false],
  ['"home/lux" ~> $state()', ['home/lux'], false],
  ['$since("a/b") > 5 and $state("c")', ['a/b', 'c'], false],
  ['$states("home/+/lux").value', ['home/+/lux'], false],
  ['$states("home/{room}/lux")[value > 5].params.room', ['home/+/lux'], false],
  ['$state("home/" & params.room & "/lux")', ['home/+/lux'], true],
  ['$state("home/x" & $params.room & "/lux")', ['home/+/lux'], true],
  ['$state("home/" & payload.room & "/lux")', ['home/#'], true],
  ['$state("home/k" & payload.room)', ['home/#'], true],
  ['$state("room" & 1 & "/lux")', ['room1/lux'], false],
  ['$state(params.room & "/lux")', 'all', true],
  ['$state(topic)', 'all', true],
  ['$map(payload, $state)', 'all', true],
  ['payload.topics.$state($)', 'all', true],
  ['payload.rows.$state("home/" & params.room & "/x")', ['home/#'], true],
  ['($state := function($x) { $x }; $state("t"))', 'all', true],
  ['$state("a/#/b")', 'all', true],
];

test.each(topicCases)('%s reads the topics %j', (source, topics, isDynamic) => {
  expect(dependenciesOf(source)).toMatchObject({ topics, isDynamic });
});

const second = { comparisons: [], tick: 'second' };
const compared = (...comparisons: unknown[]): unknown => ({ comparisons });
const clockCases: readonly (readonly [source: string, clock: unknown])[] = [
  ['payload.x > 1', undefined],
  ['$fromMillis(payload)', undefined],
  ['$time() >= "22:00:00"', compared({ function: 'time', args: [], operator: '>=', constant: '22:00:00' })],
  ['"22" <= $time()', compared({ function: 'time', args: [], operator: '>=', constant: '22' })],
  ['5 > $weekday()', compared({ function: 'weekday', args: [], operator: '<', constant: 5 })],
  ['$weekday() in [6, 7]', compared({ function: 'weekday', args: [], operator: 'in', constant: [6, 7] })],
  ['$since("t") > 60', compared({ function: 'since', args: ['t'], operator: '>', constant: 60 })],
  [
    'payload.on and ($time() < "06" or $date() = "2026-01-05")',
    compared(
      { function: 'time', args: [], operator: '<', constant: '06' },
      { function: 'date', args: [], operator: '=', constant: '2026-01-05' },
    ),
  ],
  [
    '$time() > "22" and $millis() % 2 = 0',
    { comparisons: [{ function: 'time', args: [], operator: '>', constant: '22' }], tick: 'second' },
  ],
  ['$time() > $state("t")', second],
  ['$since(topic) > 60', second],
  ['$since("t") + 1 > 60', second],
  ['6 in $weekday()', second],
  ['$time() in payload.times', second],
  ['$time() ~> $substring(0, 5) = "22:00"', second],
  ['$time ~> $type()', second],
  ['($time := function() { 1 }; $time() > 5)', second],
];

test.each(clockCases)('%s reads the clock: %j', (source, clock) => {
  expect(dependenciesOf(source).clock).toEqual(clock);
});

test.each([
  ['$random() > 0.5', true],
  ['$shuffle([1, 2])', true],
  ['$sum([1, 2])', false],
])('%s is random: %s', (source, isRandom) => {
  expect(dependenciesOf(source).isRandom).toBe(isRandom);
});

const deviceCases: readonly (readonly [source: string, reads: object])[] = [
  ['payload.x', { devices: [], labels: [], readsSeen: false }],
  [
    '$device("a").properties.on and $device("b").online',
    { devices: ['a', 'b'], labels: [], isDynamic: false },
  ],
  ['"a" ~> $device()', { devices: ['a'], labels: [] }],
  ['$device(payload.id).online', { devices: 'all', labels: [], isDynamic: true }],
  ['$map(payload.ids, $device)', { devices: 'all', labels: [] }],
  ['$count($devices("light")[properties.on])', { devices: [], labels: ['light'], isDynamic: true }],
  ['$devices("a") or $devices("b")', { labels: ['a', 'b'] }],
  ['$count($devices())', { devices: [], labels: 'all', readsSeen: false }],
  ['"light" ~> $devices', { labels: 'all' }],
  ['$devices(payload.label)', { labels: 'all' }],
  ['$device("a").seen', { devices: ['a'], readsSeen: true }],
  ['$max($devices().seen)', { labels: 'all', readsSeen: true }],
  ['$devices("a")[seen > 5].name', { readsSeen: true }],
  ['$map($devices(), function($d) { $lookup($d, "seen") })', { readsSeen: true }],
  ['$device("a").*', { readsSeen: true }],
  ['$eval("1")', { devices: 'all', labels: 'all', readsSeen: true }],
];

test.each(deviceCases)('%s reads of devices %j', (source, reads) => {
  expect(dependenciesOf(source)).toMatchObject(reads);
});

test('several expressions together depend on what any of them does', () => {
  const sources = ['payload.a.b and $state("x")', 'payload.a', '$random() > $since("y")', '$time() > "22"'];
  expect(mergedDependencies(sources.map(dependenciesOf))).toStrictEqual({
    paths: [['payload', 'a']],
    topics: ['x', 'y'],
    variables: [],
    devices: [],
    labels: [],
    readsSeen: false,
    clock: {
      comparisons: [{ function: 'time', args: [], operator: '>', constant: '22' }],
      tick: 'second',
    },
    isRandom: true,
    isDynamic: false,
  });
});

/** What an input holds at a path, as an expression sees it: from `$` on, an empty list is not the same as nothing. */
const at = (input: unknown, path: readonly string[]): unknown => {
  const source = path.map((name) => `\`${name}\``).join('.');
  return [ownOutcome(source, input), ownOutcome(`$.${source}`, input)];
};

describe('properties', () => {
  test('two inputs that agree in the paths give the same', () => {
    let decided = 0;
    fc.assert(
      fc.property(expressions, inputs.value, inputs.value, (source, first, second) => {
        const { expression } = compileExpression(source);
        const { paths = 'all', isRandom = true } = expression?.dependencies ?? {};
        if (paths === 'all' || isRandom) return;
        const pick = (input: unknown): string => JSON.stringify(paths.map((path) => [at(input, path)]));
        if (pick(first) !== pick(second)) return;
        decided++;
        expect(ownOutcome(source, first)).toStrictEqual(ownOutcome(source, second));
      }),
      { numRuns: 5000 },
    );
    expect(decided).toBeGreaterThan(50);
  });
});
