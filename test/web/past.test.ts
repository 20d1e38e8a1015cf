// What was and what hangs together, without a screen: addresses, times, readings, the graph and its places.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FindingView } from '../../web/src/api/types.ts';
import { isStates, pointsOf, stretchesOf, valueAt } from '../../web/src/history/readings.ts';
import { addressOf, hasSeries, mostSeries, seriesOf } from '../../web/src/history/series.ts';
import { addressOfRange, rangeOf, shownTimeOf, stepped } from '../../web/src/history/shown-time.ts';
import { componentsOf, type Graph, type MapEdge, marksOf, part, reached } from '../../web/src/map/graph.ts';
import { layoutOf, nodeHeight, nodeWidth } from '../../web/src/map/layout.ts';
import { nearestMark } from '../../web/src/parts/chart/lane-data.ts';
import { moved, zoomed } from '../../web/src/parts/chart/range.ts';

const hour = 3_600_000;
const now = Date.parse('2027-01-15T08:00:00Z');

describe('series in the address', () => {
  test('any topic and any path come back as they went in', () => {
    const topic = fc.string({ minLength: 1 }).filter((text) => !/[+#]/.test(text));
    const series = fc.uniqueArray(fc.record({ topic, path: fc.string() }), {
      maxLength: mostSeries,
      selector: ({ topic: name, path }) => JSON.stringify([name, path]),
    });
    fc.assert(
      fc.property(series, (names) => {
        expect(seriesOf(addressOf(names))).toEqual(names);
      }),
    );
  });

  test('nothing is there twice, and a broken address is no reason to fail', () => {
    expect(seriesOf('a#x+a#x+b')).toHaveLength(2);
    expect(seriesOf(undefined)).toEqual([]);
    expect(seriesOf('a#%')).toEqual([{ topic: 'a', path: '%' }]);
    expect(hasSeries(seriesOf('a#x'), { topic: 'a', path: 'x' })).toBe(true);
  });
});

describe('the shown time', () => {
  test.each([
    [{}, '24h'],
    [{ span: '7d' }, '7d'],
    [{ span: 'constructor' }, '24h'],
    [{ span: '1h', from: 'x', to: 'y' }, '1h'],
  ])('%j goes on with now over %s', (address, span) => {
    expect(shownTimeOf(address)).toEqual({ follows: true, span });
  });

  test('two moments stand still', () => {
    const address = addressOfRange([now - 2 * hour, now - hour], now);
    const shown = shownTimeOf(address);
    expect(shown).toEqual({ follows: false, range: [now - 2 * hour, now - hour] });
    expect(rangeOf(shown, now + 5 * hour)).toEqual([now - 2 * hour, now - hour]);
  });

  test('nobody goes beyond now, and who comes back to now goes on with it', () => {
    expect(shownTimeOf(addressOfRange([now - hour, now + hour], now))).toMatchObject({
      range: [now - 2 * hour, now],
    });
    const back = stepped({ follows: true, span: '1h' }, -1, now);
    expect(shownTimeOf(back)).toMatchObject({ follows: false, range: [now - 2 * hour, now - hour] });
    expect(stepped(shownTimeOf(back), 1, now)).toEqual({ span: '1h' });
  });

  test('what is under the hand stays there while it zooms', () => {
    const [from, to] = zoomed([0, 1_000_000], 250_000, 0.5);
    expect((250_000 - from) / (to - from)).toBeCloseTo(0.25);
    expect(zoomed([0, 1_000], 500, 1e-9)[1]).toBeGreaterThan(zoomed([0, 1_000], 500, 1e-9)[0]);
    expect(moved([0, 10], 5)).toEqual([5, 15]);
  });
});

describe('readings', () => {
  const point = (at: number, last: number | string | boolean, changes = 1) => ({
    at,
    count: 1,
    changes,
    last,
  });

  test('numbers are a line, with the band between least and greatest', () => {
    const drawn = {
      widthMs: 10,
      points: [{ at: 1, count: 3, changes: 2, last: 5, min: 1, max: 9, mean: 4 }],
    };
    expect(isStates(drawn)).toBe(false);
    expect(pointsOf(drawn)).toEqual([{ at: 1, value: 4, min: 1, max: 9 }]);
  });

  test('a value that stayed for long does not creep to the next', () => {
    const stretch = (at: number, mean: number, last: number) => {
      return { at, count: 2, changes: 1, mean, last, min: last, max: mean };
    };
    const points = [stretch(0, 75, 0), stretch(10, 8, 2), stretch(500, 90, 90)];
    expect(pointsOf({ widthMs: 10, points }).map(({ at, value, min }) => [at, value, min])).toEqual([
      [0, 75, 0],
      [10, 8, 2],
      [20, 2, 2],
      [499, 2, 2],
      [500, 90, 90],
    ]);
    expect(pointsOf({ widthMs: 0, points })).toHaveLength(3);
  });

  test('texts and booleans are states that last until the next', () => {
    const points = [point(1, 'ON'), point(4, 'ON'), point(6, 'OFF'), point(8, 'OFF', 5)];
    expect(isStates({ points })).toBe(true);
    expect(stretchesOf(points, [0, 10])).toEqual([
      { from: 1, to: 6, text: 'ON', isMixed: false },
      { from: 6, to: 8, text: 'OFF', isMixed: false },
      { from: 8, to: 10, text: 'OFF', isMixed: true },
    ]);
  });

  test('a value holds from its time on', () => {
    const points = [point(5, 1), point(9, 2)];
    expect([4, 5, 8, 9, 99].map((at) => valueAt(points, at))).toEqual([undefined, 1, 1, 2, 2]);
  });

  test('a hand means the nearest tick within its reach', () => {
    const marks = [10, 20].map((at) => ({ key: String(at), at, tone: 'good' as const }));
    expect(nearestMark(marks, 17, 5)?.key).toBe('20');
    expect(nearestMark(marks, 50, 5)).toBeUndefined();
  });
});

function graphOf(...edges: readonly (readonly [from: string, to: string, does: MapEdge['does']])[]): Graph {
  const ids = [...new Set(edges.flatMap((edge) => edge.slice(0, 2)))];
  return {
    nodes: ids.map((id) => ({
      id,
      kind: id.startsWith('rule') ? 'rule' : 'topic',
      name: id.split(' ')[1] ?? '',
    })),
    edges: edges.map(([from, to, does]) => ({ from, to, does })),
  };
}

function finding(code: FindingView['code'], rules: readonly string[], to = ''): FindingView {
  const path = rules.map((rule) => ({ rule, path: 'actions[0]', to }));
  return { code, severity: 'warning', rules, path, words: '', params: {} };
}

describe('the graph', () => {
  const pingPong = graphOf(
    ['topic a', 'rule ping', 'wakes'],
    ['rule ping', 'topic b', 'writes'],
    ['topic b', 'rule pong', 'wakes'],
    ['rule pong', 'topic a', 'writes'],
    ['topic a', 'rule other', 'read'],
    ['rule other', 'topic c', 'writes'],
  );

  test('so many steps around a node, in both directions', () => {
    expect([...reached(pingPong, ['topic c'], 2)]).toEqual(['topic c', 'rule other', 'topic a']);
    expect(part(pingPong, reached(pingPong, ['topic c'], 1)).edges).toHaveLength(1);
  });

  test('a loop is all that goes round, not what it touches', () => {
    const { loops, conflicts } = marksOf(pingPong, [finding('loop', ['ping', 'pong'])]);
    expect(loops).toEqual(new Set(['rule ping', 'rule pong', 'topic a', 'topic b']));
    expect(conflicts.size).toBe(0);
  });

  test('a conflict is its rules and what they write', () => {
    const { conflicts } = marksOf(pingPong, [finding('conflicting-writers', ['ping', 'other'], 'b')]);
    expect([...conflicts]).toEqual(['rule ping', 'rule other', 'topic b']);
  });

  test('parts that nothing joins are apart, and none is lost', () => {
    const graph = graphOf(
      ['topic a', 'rule one', 'wakes'],
      ['topic b', 'rule two', 'wakes'],
      ['rule two', 'topic c', 'writes'],
    );
    expect(componentsOf(graph).map(({ nodes }) => nodes.length)).toEqual([3, 2]);
  });

  test('two hundred rules get places of their own', () => {
    const edges = Array.from({ length: 200 }, (_, index) => [
      [`topic in${index % 40}`, `rule r${index}`, 'wakes'] as const,
      [`rule r${index}`, `topic out${index % 60}`, 'writes'] as const,
    ]).flat();
    const graph = graphOf(...edges);
    const { nodes, edges: drawn } = layoutOf(graph);
    expect(nodes).toHaveLength(300);
    expect(drawn).toHaveLength(400);
    const places = new Set(
      nodes.map(({ x, y }) => `${Math.round(x / nodeWidth)} ${Math.round((y / nodeHeight) * 2)}`),
    );
    expect(places.size).toBe(300);
  });
});
