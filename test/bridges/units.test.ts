// The parts of a bridge that need no broker: lines, mapping, settings, waits, echoes, trails.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HomeruleError, matchesFilter, VirtualClock } from '../../src/base/index.ts';
import { parseAddress } from '../../src/bridges/address.ts';
import { Attempts } from '../../src/bridges/attempts.ts';
import { Backoff } from '../../src/bridges/backoff.ts';
import { Echoes } from '../../src/bridges/echoes.ts';
import { type BridgeDocument, parseSettings } from '../../src/bridges/settings.ts';
import { parseTopicLine, type TopicLine } from '../../src/bridges/topic-line.ts';
import { TopicMap } from '../../src/bridges/topic-map.ts';
import { isLoop, trailOf, withTrail } from '../../src/bridges/trail.ts';

function line(text: string): TopicLine {
  const parsed = parseTopicLine(text);
  if (typeof parsed === 'string') throw new Error(parsed);
  return parsed;
}

describe('a topic line', () => {
  // The table of mosquitto.conf(5), and its defaults.
  test.each([
    ['pattern out 0 L/ R/', { direction: 'out', localFilter: 'L/pattern', remoteFilter: 'R/pattern' }],
    ['pattern in 1 L/ ""', { direction: 'in', qos: 1, localFilter: 'L/pattern', remoteFilter: 'pattern' }],
    [
      'pattern both 2 "" R/',
      { direction: 'both', qos: 2, localFilter: 'pattern', remoteFilter: 'R/pattern' },
    ],
    ['pattern', { direction: 'out', qos: 0, localFilter: 'pattern', remoteFilter: 'pattern' }],
    ['"" both 0 local remote', { localFilter: 'local', remoteFilter: 'remote' }],
    [
      '  # both 2 local/topic/   remote/topic/ ',
      { localFilter: 'local/topic/#', remoteFilter: 'remote/topic/#' },
    ],
  ])('%s', (text, expected) => {
    expect(parseTopicLine(text)).toMatchObject(expected);
  });

  test.each([
    ['"" both 0 local', 'an empty pattern needs both prefixes'],
    ['"" both 0 "" remote', 'an empty pattern needs both prefixes'],
    ['a sideways', 'expected in, out or both, got "sideways"'],
    ['a out 3', 'expected QoS 0, 1 or 2, got "3"'],
    ['a out 0 x y z', 'it has 6 words, the most is 5'],
    ['# out 0 a/+/ b/', 'a prefix holds no wildcard'],
    ['a/#/b out', '# must be the last level'],
    ['# out 0 home', '# must stand alone'],
  ])('%s is refused', (text, why) => {
    expect(parseTopicLine(text)).toContain(why);
  });
});

describe('the mapping', () => {
  const level = fc.constantFrom('a', 'b', 'home', '');
  const topic = fc.array(level, { minLength: 1, maxLength: 4 }).map((levels) => levels.join('/'));
  const prefix = fc.constantFrom('""', 'x/', 'far/away/', 'a/');
  const pattern = fc.constantFrom('#', 'a/#', '+/b', 'a', 'home/+/#');

  test('there and back is where it was, and only for topics under the filter', () => {
    fc.assert(
      fc.property(topic, prefix, prefix, pattern, (name, local, remote, filter) => {
        const text = `${filter} both 1 ${local} ${remote}`;
        const { localFilter, localPrefix } = line(text);
        const map = new TopicMap([line(text)]);
        const own = localPrefix + name;
        const there = own === '' ? undefined : map.toRemote(own);
        if (own !== '' && !matchesFilter(localFilter, own)) expect(there).toBeUndefined();
        if (there !== undefined) expect(map.toLocal(there.topic)?.topic).toBe(own);
      }),
    );
  });

  test.each([
    ['# both', 'homerule/status'],
    ['+/status both', 'homerule/status'],
    ['# both', '$SYS/broker/uptime'],
  ])('%s does not reach %s', (text, name) => {
    const map = new TopicMap([line(text)]);
    expect(map.toRemote(name)).toBeUndefined();
    expect(map.toLocal(name)).toBeUndefined();
  });

  test('what a pattern names goes out, and comes in only elsewhere', () => {
    const map = new TopicMap([
      line('# out 0 homerule/ far/'),
      line('# in 0 sys/ $SYS/'),
      line('x in 0 homerule/'),
    ]);
    expect(map.toRemote('homerule/status')?.topic).toBe('far/status');
    expect(map.toLocal('$SYS/broker/uptime')?.topic).toBe('sys/broker/uptime');
    expect(map.toLocal('x')).toBeUndefined();
  });

  test('the first line that matches decides; a filter is subscribed to with its highest QoS', () => {
    const map = new TopicMap([
      line('a/# both 0 "" one/'),
      line('# both 2 "" two/'),
      line('a/# in 1 "" one/'),
    ]);
    expect(map.toRemote('a/x')).toEqual({ topic: 'one/a/x', qos: 0 });
    expect(map.toRemote('b')).toEqual({ topic: 'two/b', qos: 2 });
    expect([...map.remoteFilters]).toEqual([
      ['one/a/#', 1],
      ['two/#', 2],
    ]);
  });
});

describe('settings', () => {
  const least: BridgeDocument = { name: 'cloud', addresses: ['mqtt.example'], topics: ['# out'] };

  test('have the defaults of mosquitto', () => {
    expect(parseSettings(least)).toMatchObject({
      cleanSession: false,
      keepalive: '60s',
      notifications: true,
      restartTimeout: { base: '5s', cap: '30s' },
      roundRobin: false,
    });
  });

  test.each([
    [{ ...least, password: 'geheim' }, 'username: a password needs a username'],
    [{ ...least, adress: 'x' }, 'Unrecognized key'],
    [{ ...least, addresses: ['geheim@x'] }, 'addresses.0: expected HOST'],
    [{ ...least, name: 'a b' }, 'name: expected 1 to 64 characters'],
    [{ ...least, keepalive: '1s' }, 'keepalive: expected a duration from 5s to 18h'],
    [{ ...least, topics: [] }, 'topics'],
    ['nothing', 'bridge'],
  ])('%j: %s', (document, why) => {
    expect(() => parseSettings(document)).toThrow(HomeruleError);
    expect(() => parseSettings(document)).toThrow(why);
    expect(() => parseSettings(document)).not.toThrow('geheim');
  });

  test.each([
    ['mqtt.example', { host: 'mqtt.example', port: undefined }],
    ['10.0.0.1:1884', { host: '10.0.0.1', port: 1884 }],
    ['[fd00::1]:1884', { host: 'fd00::1', port: 1884 }],
    ['fd00::1', undefined],
    ['host:0', undefined],
    ['host:65536', undefined],
    ['mqtt://host', undefined],
  ])('address %s', (text, expected) => {
    expect(parseAddress(text)).toEqual(expected);
  });
});

describe('attempts', () => {
  test('waits stay between base and cap and grow no faster than threefold', () => {
    const randoms = fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(randoms, (values) => {
        let index = 0;
        const backoff = new Backoff({ baseMs: 5, capMs: 30, random: () => values[index++] ?? 0 });
        let last = 5;
        for (const _ of values) {
          const next = backoff.next();
          expect(next).toBeGreaterThanOrEqual(5);
          expect(next).toBeLessThanOrEqual(Math.min(30, last * 3));
          last = next;
        }
      }),
    );
  });

  const attempts = (more: Partial<BridgeDocument>) =>
    new Attempts(parseSettings({ name: 'x', addresses: ['a', 'b', 'c'], topics: ['#'], ...more }), () => 0);

  test('all addresses are tried before a wait, an older version before the next address', () => {
    const next = attempts({});
    const tried: string[] = [];
    for (const isVersion of [true, false, false, true, false]) {
      tried.push(`${next.address}${next.version}`);
      tried.push(String(next.failed(isVersion)));
    }
    expect(tried).toEqual(['a5', '0', 'a4', '0', 'b5', '0', 'c5', '0', 'c4', '5000']);
    expect(next.address).toBe('a');
  });

  test('a lost connection goes back to the first address, or with round robin on to the next', () => {
    for (const [roundRobin, expected, primary] of [
      [false, 'a', 'a'],
      [true, 'c', undefined],
    ] as const) {
      const next = attempts({ roundRobin });
      next.failed(false);
      next.succeeded();
      expect(next.primary).toBe(primary);
      expect(next.lost()).toBe(5000);
      expect(next.address).toBe(expected);
    }
  });
});

test('an expected echo is left out as often as it was sent, and not after its time', () => {
  const clock = new VirtualClock(0);
  const echoes = new Echoes(clock);
  const payload = Buffer.from('on');
  echoes.expect('a', payload);
  echoes.expect('a', payload);
  expect(echoes.take('b', payload)).toBe(false);
  expect([echoes.take('a', payload), echoes.take('a', payload), echoes.take('a', payload)]).toEqual([
    true,
    true,
    false,
  ]);
  echoes.expect('a', payload);
  clock.advance(300_001);
  expect(echoes.take('a', payload)).toBe(false);
});

test('a trail keeps other properties, knows a house that it holds, and ends somewhere', () => {
  const one = withTrail({ contentType: 'text', userProperties: { x: '1' } }, 'a');
  expect(one).toEqual({ contentType: 'text', userProperties: { x: '1', 'homerule-via': ['a'] } });
  expect(trailOf({ userProperties: { 'homerule-via': 'b' } })).toEqual(['b']);
  expect([isLoop(one, 'a'), isLoop(one, 'b'), isLoop(undefined, 'a')]).toEqual([true, false, false]);
  let long = withTrail(undefined, 'x0');
  for (let count = 1; count < 16; count++) long = withTrail(long, `x${count}`);
  expect(isLoop(long, 'never there')).toBe(true);
});
