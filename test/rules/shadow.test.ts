// What the ledger says of shadow rules, in a house where others go on: rules, people, devices.
import { expect, test } from 'vitest';
import { promotedText, ShadowLedger, type ShadowRow } from '../../src/rules/index.ts';
import { MapRows, RuleWorld } from '../support/rule-world.ts';

const time = Date.parse('2026-03-02T12:00:00Z');
const second = 1000;

class ShadowHouse {
  readonly rows = new MapRows<ShadowRow>((row) => row.id);
  readonly world: RuleWorld;
  ledger: ShadowLedger;

  constructor(...rules: readonly string[]) {
    this.world = new RuleWorld({
      time,
      formats: [],
      onShadow: (effect) => this.ledger.shadowed(effect),
      onState: (state) => this.ledger.stateKept(state),
      onDevice: (device) => this.ledger.deviceChanged(device),
    });
    this.ledger = this.#make();
    for (const rule of rules) this.world.save(rule);
  }

  #make(): ShadowLedger {
    const { world, rows } = this;
    let count = 0;
    return new ShadowLedger({
      rows,
      ids: { next: () => `deed${++count}` },
      states: { find: (topic) => world.states.find(topic) },
      devices: { find: (id) => world.devices.roster.find(id) },
    });
  }

  restart(): void {
    this.ledger = this.#make();
    this.ledger.load([...this.rows.rows.values()], this.world.clock.now());
  }

  publish(topic: string, payload: unknown, by = 'phone'): void {
    this.world.publish({ topic, payload, by });
  }

  /** Oldest first: `target value verdict by`. */
  told(rule = 'shade'): string[] {
    return this.ledger
      .list(rule, this.world.clock.now())
      .map(({ target, value, verdict, realBy }) => [target, value, verdict, realBy].filter(Boolean).join(' '))
      .reverse();
  }
}

const shade = `id: shade
shadow: true
triggers: [{ message: t }]
actions: [{ publish: fan/set, payload: "{{ payload > 25 ? 'ON' : 'OFF' }}" }]
`;

test('what nobody brought about is missed, what somebody did in time is matched', () => {
  const house = new ShadowHouse(shade);
  house.publish('t', 30);
  expect(house.told()).toEqual(['fan/set "ON" pending']);
  house.world.advance(59 * second);
  house.publish('fan/set', 'ON');
  house.world.advance(61 * second);
  house.publish('t', 10);
  house.world.advance(61 * second);
  house.publish('fan/set', 'OFF');
  expect(house.told().slice(0, 2)).toEqual(['fan/set "ON" matched client phone', 'fan/set "OFF" missed']);
});

test('what somebody did shortly before is matched, what has long been so is so already', () => {
  const house = new ShadowHouse(shade);
  house.publish('fan/set', 'ON');
  house.world.advance(30 * second);
  house.publish('t', 30);
  house.world.advance(120 * second);
  house.publish('t', 31);
  expect(house.told()).toEqual(['fan/set "ON" matched client phone', 'fan/set "ON" already client phone']);
});

test('another rule may bring it about; that is nothing done by hand', () => {
  const house = new ShadowHouse(
    shade,
    'id: old\ntriggers: [{ message: t }]\nactions: [{ delay: 5s }, { publish: fan/set, payload: "ON" }]',
  );
  house.publish('t', 30);
  house.world.advance(300 * second);
  expect(house.told()).toEqual(['fan/set "ON" matched rule old']);
});

test('what people do and the rule would not have done is told, once it is certain', () => {
  const house = new ShadowHouse(shade);
  house.publish('t', 30);
  house.publish('fan/set', 'ON');
  house.world.advance(300 * second);
  house.publish('fan/set', 'OFF', 'anna');
  house.publish('fan/set', 'OFF', 'anna');
  house.world.advance(10 * second);
  expect(house.told()).toEqual(['fan/set "ON" matched client phone']);
  house.world.advance(60 * second);
  expect(house.told()).toEqual(['fan/set "ON" matched client phone', 'fan/set "OFF" by-hand client anna']);
  house.publish('fan/set', 'ON', 'anna');
  house.world.advance(20 * second);
  house.publish('t', 30);
  house.world.advance(100 * second);
  expect(house.told().at(-1)).toBe('fan/set "ON" matched client anna');
});

test('devices are compared by what they report', () => {
  const house = new ShadowHouse(
    'id: shade\nshadow: true\ntriggers: [{ message: t }]\nactions: [{ set: lamp, properties: { on: true } }]',
  );
  const reads = { topic: 'lamp', read: "payload.state = 'ON'" };
  const command = { topic: 'lamp/set', write: "{ 'state': value ? 'ON' : 'OFF' }" };
  const document = {
    name: 'Lamp',
    properties: [{ id: 'on', name: 'On', kind: 'boolean' as const, reports: [reads], command }],
  };
  house.world.command({ do: 'device', change: { change: 'map', id: 'lamp', document, version: 1 } });
  house.publish('lamp', { state: 'OFF' }, 'lamp-1');
  house.publish('t', 1);
  house.world.advance(10 * second);
  house.publish('lamp', { state: 'ON' }, 'lamp-1');
  house.world.advance(100 * second);
  house.publish('lamp', { state: 'OFF' }, 'lamp-1');
  house.world.advance(100 * second);
  expect(house.told()).toEqual([
    'lamp {"on":true} matched client lamp-1',
    'lamp {"on":false} by-hand client lamp-1',
  ]);
});

test('variables are compared, events and calls are only told', () => {
  const house = new ShadowHouse(
    'id: shade\nshadow: true\ntriggers: [{ message: t }]\nactions: [{ var: { mode: away } }, { emit: gone, data: 1 }, { notify: phone, message: bye }]',
  );
  house.publish('t', 1);
  house.world.command({ do: 'variable', name: 'mode', value: 'away' });
  expect(house.told()).toEqual([
    'mode "away" matched api test',
    'gone 1 uncompared',
    'notify {"channels":["phone"],"message":"bye"} uncompared',
  ]);
});

test('what was open at a restart goes on: it may still come, but that nobody did it is not known', () => {
  const house = new ShadowHouse(shade);
  house.publish('t', 30);
  house.world.advance(10 * second);
  house.restart();
  expect(house.told()).toEqual(['fan/set "ON" pending']);
  house.publish('fan/set', 'ON', 'anna');
  expect(house.told()).toEqual(['fan/set "ON" matched client anna']);
  house.publish('t', 1);
  house.restart();
  house.world.advance(100 * second);
  expect(house.told()[1]).toBe('fan/set "OFF" unknown');
  house.restart();
  expect(house.told()[1]).toBe('fan/set "OFF" unknown');
});

test('what came about before the restart, unnoticed, is found as it was left; too late is not known', () => {
  const house = new ShadowHouse(shade);
  const pending = (): ShadowRow[] =>
    [...house.rows.rows.values()].map((row) => ({ ...row, verdict: 'pending', realAt: null, realBy: null }));
  house.publish('t', 30);
  house.world.advance(20 * second);
  house.publish('fan/set', 'ON', 'anna');
  for (const row of pending()) house.rows.put(row);
  house.world.advance(600 * second);
  house.restart();
  expect(house.told()).toEqual(['fan/set "ON" matched client anna']);
  house.publish('t', 1);
  house.world.advance(100 * second);
  house.publish('fan/set', 'OFF', 'anna');
  for (const row of pending().slice(1)) house.rows.put(row);
  house.restart();
  expect(house.told()[1]).toBe('fan/set "OFF" unknown');
});

test('the ledger outlives a restart; a rule that goes takes its own along', () => {
  const house = new ShadowHouse(shade);
  house.publish('t', 30);
  house.world.advance(100 * second);
  expect(house.told()).toEqual(['fan/set "ON" missed']);
  house.restart();
  house.world.advance(second);
  house.publish('fan/set', 'OFF', 'anna');
  house.world.advance(100 * second);
  expect(house.told()).toEqual(['fan/set "ON" missed', 'fan/set "OFF" by-hand client anna']);
  house.ledger.deleteRule('shade');
  expect([house.told(), house.rows.rows.size]).toEqual([[], 0]);
});

test('of each rule a thousand are kept', () => {
  const house = new ShadowHouse(shade);
  for (let count = 0; count < 1100; count++) {
    house.world.advance(second);
    house.publish('t', count % 2 === 0 ? 30 : 10);
  }
  expect([house.told().length, house.rows.rows.size]).toEqual([1000, 1000]);
});

test.each([
  ['id: a\nshadow: true # for a week\n# why\nactions: [] # all\n', 'id: a\n# why\nactions: [] # all\n'],
  ['shadow: true\nid: a', 'id: a'],
  ['id: a\nshadow: true', 'id: a\n'],
  ['{ id: a, shadow: true, actions: [{ log: x }] }', '{id: a, actions: [{log: x}]}\n'],
  ['id: a\nshadow: false', undefined],
  ['id: a\n', undefined],
  ['- shadow: true', undefined],
  ['id: a\nactions:\n  - let: { shadow: true }\n', undefined],
])('a promoted rule keeps the rest of its text: %j', (text, promoted) => {
  expect(promotedText(text)).toBe(promoted);
});
