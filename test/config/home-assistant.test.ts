// Automations of Home Assistant as rules: what each kind becomes, and that nothing is dropped without a word.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { checkRuleTexts } from '../../src/api/index.ts';
import { type TranslatedRule, translateHomeAssistant } from '../../src/config/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'homerule-automations-'));
afterAll(() => rmSync(folder, { recursive: true }));

const entities = `
binary_sensor.hall: { topic: z/hall, path: occupancy, values: { "on": true, "off": false } }
light.hall: { topic: z/lamp, path: state, values: { "on": "ON", "off": "OFF" }, command: z/lamp/set }
switch.pump: { topic: pump, values: { "on": "1", "off": "0" }, command: pump/set }
sensor.lux: { topic: z/lux, path: illuminance }
light.desk: { device: desk, property: "on", values: { "on": true, "off": false } }
input_boolean.night: { variable: isNight, values: { "on": true, "off": false } }
`;

function written(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const entitiesFile = written('entities.yaml', entities);

function translate(automations: unknown): readonly TranslatedRule[] {
  const text = typeof automations === 'string' ? automations : stringify(automations);
  return translateHomeAssistant(written('automations.yaml', text), entitiesFile);
}

interface Rule {
  readonly enabled?: boolean;
  readonly triggers: readonly unknown[];
  readonly conditions?: readonly unknown[];
  readonly actions: readonly unknown[];
  readonly [more: string]: unknown;
}

/** Of one automation: the rule, and remarks as `LINE KIND` */
function one(yaml: string): { rule: Rule; remarks: string[] } {
  const [translated] = translate(yaml);
  const { remarks = [], yaml: text = '' } = translated ?? {};
  return { rule: parse(text) as Rule, remarks: remarks.map(({ line, kind }) => `${line} ${kind}`) };
}

/** An object that is written with `then` looks like a promise. */
const then = (actions: readonly unknown[]): object => Object.fromEntries([['then', actions]]);
const wake = 'triggers: [{ trigger: homeassistant, event: start }]';

describe('triggers', () => {
  test.each([
    [
      '{ trigger: state, entity_id: binary_sensor.hall, to: "on" }',
      { change: 'z/hall', path: 'occupancy', to: true },
    ],
    [
      '{ platform: state, entity_id: binary_sensor.hall, from: "off", not_to: "on", for: "00:05:00", id: a, alias: b }',
      { change: 'z/hall', path: 'occupancy', from: false, notTo: true, for: '5m', id: 'a', note: 'b' },
    ],
    [
      '{ trigger: state, entity_id: light.hall, attribute: brightness }',
      { change: 'z/lamp', path: 'brightness' },
    ],
    [
      '{ trigger: state, entity_id: light.desk, to: "on" }',
      { becomes: '$device("desk").properties.on = true' },
    ],
    ['{ trigger: state, entity_id: input_boolean.night }', { change: 'homerule/var/isNight' }],
    [
      '{ trigger: numeric_state, entity_id: sensor.lux, below: 10, for: { minutes: 2 } }',
      { becomes: '$state("z/lux").illuminance < 10', for: '2m' },
    ],
    ['{ trigger: time, at: "7:30" }', { at: '07:30' }],
    ['{ trigger: time, at: "07:30:00", weekday: [mon, tue] }', { at: '07:30:00', days: ['mon', 'tue'] }],
    ['{ trigger: time_pattern, minutes: "/5" }', { cron: '0 */5 * * * *' }],
    ['{ trigger: time_pattern, hours: 3 }', { cron: '0 0 3 * * *' }],
    ['{ trigger: sun, event: sunset, offset: "-00:30:00" }', { sun: 'sunset', offset: '-30m' }],
    ['{ trigger: mqtt, topic: a/b, payload: "ON" }', { message: 'a/b', when: 'raw = "ON"' }],
    [
      '{ trigger: mqtt, topic: a, payload: press, value_template: "{{ value_json.click }}" }',
      { message: 'a', when: 'payload.click = "press"' },
    ],
    [
      '{ trigger: event, event_type: ring, event_data: { who: post } }',
      { event: 'ring', when: 'payload.who = "post"' },
    ],
    ['{ trigger: homeassistant, event: shutdown }', { shutdown: true }],
    ['{ trigger: webhook, webhook_id: door }', { webhook: 'door' }],
    [
      `{ trigger: template, value_template: "{{ is_state('light.hall', 'on') }}" }`,
      { becomes: '$state("z/lamp").state = "ON"' },
    ],
  ])('%s', (trigger, expected) => {
    const { rule } = one(`- { alias: t, triggers: [${trigger}], actions: [{ stop: x }] }`);
    expect(rule.triggers).toEqual([expected]);
    expect(rule.enabled).toBeUndefined();
  });

  test.each([
    '{ trigger: zone, entity_id: person.a, zone: zone.home }',
    '{ trigger: device, device_id: abc, type: turned_on }',
    '{ trigger: calendar, event: start }',
    '{ trigger: nonsense }',
    '{ trigger: state, entity_id: light.desk }',
    '{ trigger: state, entity_id: light.desk, from: "off", to: "on" }',
    '{ trigger: mqtt, topic: a, encoding: latin1 }',
    '{ trigger: time, at: { entity_id: sensor.next, offset: "-1:00" } }',
  ])('%s is listed, and the rule is switched off', (trigger) => {
    const { rule, remarks } = one(`- alias: t\n  triggers:\n    - ${trigger}\n  actions: [{ stop: x }]`);
    expect(remarks).toContain('3 untranslated');
    expect(rule.enabled).toBe(false);
  });
});

describe('conditions', () => {
  test.each([
    ['{ condition: state, entity_id: light.hall, state: "on" }', '$state("z/lamp").state = "ON"'],
    [
      '{ condition: state, entity_id: light.hall, state: ["on", unknown] }',
      '$state("z/lamp").state in ["ON", "unknown"]',
    ],
    [
      '{ condition: state, entity_id: light.hall, state: "on", for: { minutes: 1 } }',
      '$state("z/lamp").state = "ON" and $since("z/lamp", "state") >= 60',
    ],
    [
      '{ condition: numeric_state, entity_id: sensor.lux, above: 1, below: 5 }',
      '$state("z/lux").illuminance > 1 and $state("z/lux").illuminance < 5',
    ],
    ['{ condition: time, after: "22:00", before: "6:00" }', '$time() >= "22:00:00" or $time() < "06:00:00"'],
    [
      '{ condition: time, after: "08:00", before: "20:00", weekday: [sat, sun] }',
      '($time() >= "08:00:00" and $time() < "20:00:00") and $weekday() in [6, 7]',
    ],
    ['{ condition: sun, after: sunset, after_offset: "-1:00:00" }', '$millis() >= $sun().sunset - 3600000'],
    ['{ condition: trigger, id: [a, b] }', 'trigger.id in ["a", "b"]'],
    [
      '{ or: [{ condition: trigger, id: a }, { condition: trigger, id: b }] }',
      { any: ['trigger.id = "a"', 'trigger.id = "b"'] },
    ],
    [
      '{ condition: not, conditions: [{ condition: trigger, id: a }] }',
      { not: { any: ['trigger.id = "a"'] } },
    ],
  ])('%s', (condition, expected) => {
    const { rule } = one(`- { alias: c, ${wake}, conditions: [${condition}], actions: [{ stop: x }] }`);
    expect(rule.conditions).toEqual([expected]);
  });

  test('a condition that is lost inside a group is listed with its line', () => {
    const lost = `- alias: c
  ${wake}
  conditions:
    - or:
        - { condition: trigger, id: a }
        - { condition: zone, entity_id: person.a, zone: zone.home }
  actions: [{ stop: x }]`;
    const { rule, remarks } = one(lost);
    expect(remarks).toEqual(['6 untranslated']);
    expect(rule).toMatchObject({ enabled: false, conditions: [{ any: ['trigger.id = "a"'] }] });
  });
});

describe('templates', () => {
  test.each([
    [
      "states('sensor.lux') | float(0) > 5",
      '($exists($state("z/lux").illuminance) ? $number($state("z/lux").illuminance) : 0) > 5',
    ],
    ["states.light.hall.state == 'on'", '$state("z/lamp").state = "ON"'],
    ["'on' != states('light.hall')", '"ON" != $state("z/lamp").state'],
    ["states('light.hall') in ['on', 'off']", '$state("z/lamp").state in ["ON", "OFF"]'],
    ["not is_state('light.hall', 'on')", '$not($state("z/lamp").state = "ON")'],
    [
      "state_attr('light.hall', 'brightness') | int >= 3",
      '$floor($number($state("z/lamp").brightness)) >= 3',
    ],
    [
      'now().hour >= 22 or now().hour < 6',
      '$number($substring($time(), 0, 2)) >= 22 or $number($substring($time(), 0, 2)) < 6',
    ],
    ['trigger.payload_json.a.b == 1', 'trigger.payload.a.b = 1'],
    ["trigger.payload == 'x'", 'trigger.raw = "x"'],
    ['(1 + 2) * 3 == 9 and true', '(1 + 2) * 3 = 9 and true'],
    ['1 - (2 - 3) == 2', '1 - (2 - 3) = 2'],
    ['(5.55 | round(1)) == 5.6', '$round(5.55, 1) = 5.6'],
    ['1 if true else 2', 'true ? 1 : 2'],
    ['n > 3', 'n > 3'],
    ["'on' if n[0] == 1 else 'off'", 'n[0] = 1 ? "on" : "off"'],
  ])('%s', (template, expected) => {
    const automation = {
      alias: 't',
      variables: { n: 1 },
      triggers: [],
      conditions: [`{{ ${template} }}`],
      actions: [],
    };
    const [rule] = translate([automation]);
    expect((parse(rule?.yaml ?? '') as Rule).conditions).toEqual([expected]);
  });

  test.each([
    '{% if a %}1{% endif %}',
    '{{ states.light | count }}',
    "{{ expand('group.x') | list }}",
    '{{ unknown_name }}',
    '{{ 1 + }}',
    "{{ 'a' is callable }}",
    '{{ "unclosed }}',
  ])('%s is listed', (template) => {
    const [rule] = translate([{ alias: 't', triggers: [], conditions: [template], actions: [] }]);
    expect(rule?.remarks).toMatchObject([{ kind: 'untranslated' }]);
  });
});

describe('actions', () => {
  test.each([
    [
      '{ action: light.turn_on, target: { entity_id: light.hall }, data: { brightness: 255 } }',
      { publish: 'z/lamp/set', payload: { state: 'ON', brightness: 254 } },
    ],
    [
      '{ service: light.turn_on, entity_id: light.desk, data: { brightness_pct: 40 } }',
      { set: 'desk', properties: { on: true, brightness: 40 } },
    ],
    [
      '{ action: switch.toggle, target: { entity_id: switch.pump } }',
      { publish: 'pump/set', payload: '{{ $state("pump") = "1" ? "0" : "1" }}' },
    ],
    [
      '{ action: input_boolean.turn_off, target: { entity_id: input_boolean.night } }',
      { var: { isNight: false } },
    ],
    [
      '{ action: mqtt.publish, data: { topic: "a/{{ trigger.id }}", payload: "x", qos: 1, retain: true } }',
      { publish: 'a/{{ trigger.id }}', payload: 'x', qos: 1, retain: true },
    ],
    [
      '{ action: notify.phone, data: { title: T, message: M } }',
      { notify: 'phone', title: 'T', message: 'M' },
    ],
    ['{ delay: "00:00:05" }', { delay: '5s' }],
    ['{ delay: { hours: 1, seconds: 30 } }', { delay: '1h30s' }],
    [
      `{ wait_template: "{{ is_state('light.hall', 'off') }}", timeout: 60, continue_on_timeout: false }`,
      { wait: '$state("z/lamp").state = "OFF"', timeout: 60, onTimeout: 'stop' },
    ],
    [
      '{ wait_for_trigger: [{ trigger: mqtt, topic: a }], timeout: { minutes: 1 } }',
      { wait: [{ message: 'a' }], timeout: '1m' },
    ],
    [
      '{ choose: [{ conditions: [{ condition: trigger, id: a }], sequence: [{ stop: a }] }], default: [{ stop: b }] }',
      { choose: [{ when: 'trigger.id = "a"', ...then([{ stop: 'a' }]) }], else: [{ stop: 'b' }] },
    ],
    [
      '{ if: "{{ true }}", then: [{ stop: a }], else: { stop: b, error: true } }',
      { if: 'true', ...then([{ stop: 'a' }]), else: [{ fail: 'b' }] },
    ],
    ['{ repeat: { count: 3, sequence: [{ delay: 1 }] } }', { repeat: { times: 3 }, do: [{ delay: 1 }] }],
    [
      '{ repeat: { for_each: [a, b], sequence: [{ delay: 1 }] } }',
      { repeat: { each: ['a', 'b'] }, do: [{ delay: 1 }] },
    ],
    [
      '{ parallel: [{ delay: 1 }, { sequence: [{ delay: 2 }, { delay: 3 }] }] }',
      { parallel: [[{ delay: 1 }], [{ delay: 2 }, { delay: 3 }]] },
    ],
    ['{ variables: { n: "{{ 1 + 1 }}" } }', { let: { n: '{{ 1 + 1 }}' } }],
    ['{ event: ping, event_data: { a: 1 } }', { emit: 'ping', data: { a: 1 } }],
    ['{ condition: trigger, id: a }', { if: { not: 'trigger.id = "a"' }, ...then([{ stop: 'condition' }]) }],
    [
      '{ action: automation.turn_off, target: { entity_id: automation.hall_light } }',
      { disable: 'hall-light' },
    ],
    [
      '{ stop: done, alias: why, continue_on_error: true }',
      { stop: 'done', note: 'why', onError: 'continue' },
    ],
  ])('%s', (action, expected) => {
    const { rule } = one(`- { alias: a, ${wake}, actions: [${action}] }`);
    expect(rule.actions).toEqual([expected]);
    expect(rule.enabled).toBeUndefined();
  });

  test('a scene that an automation makes is captured and restored; another one is listed', () => {
    const { rule, remarks } = one(`- alias: a
  ${wake}
  actions:
    - { action: scene.create, data: { scene_id: before, snapshot_entities: [light.desk] } }
    - { action: scene.turn_on, target: { entity_id: scene.before } }
    - { scene: scene.movie }`);
    expect(rule.actions).toEqual([{ capture: 'before', devices: ['desk'] }, { restore: 'before' }]);
    expect(remarks).toEqual(['6 untranslated']);
  });

  test.each([
    '{ action: light.turn_on, target: { area_id: hall } }',
    '{ action: light.turn_on, target: { entity_id: all } }',
    '{ action: light.turn_on, target: { entity_id: light.hall }, data: { effect: rainbow } }',
    '{ action: light.turn_on, target: { entity_id: sensor.lux } }',
    '{ action: script.goodnight }',
    '{ action: light.turn_on }',
    '{ device_id: abc, type: turn_on }',
    '{ action: mqtt.publish, data: { topic: a, payload: "{% if x %}1{% endif %}" } }',
    '{ delay: 1, response_variable: x }',
    '{ delay: never }',
    '{ choose: 1 }',
    '{}',
  ])('%s is listed', (action) => {
    const { rule, remarks } = one(`- alias: a\n  ${wake}\n  actions:\n    - ${action}`);
    expect(remarks.filter((remark) => remark.endsWith('untranslated'))).toEqual(['4 untranslated']);
    expect(rule.enabled).toBe(false);
  });
});

describe('automations', () => {
  test('modes, names and variables', () => {
    const { rule } = one(
      `- alias: Küche: Licht!
  description: d
  mode: queued
  max: 5
  variables: { limit: "{{ 3 }}" }
  trigger: { platform: mqtt, topic: a }
  condition: "{{ trigger.payload_json > limit }}"
  action: { stop: x }`.replace('Küche: Licht!', '"Küche: Licht!"'),
    );
    expect(rule).toEqual({
      id: 'ku-che-licht',
      name: 'Küche: Licht!',
      description: 'd',
      mode: 'queued',
      max: 5,
      variables: { limit: '{{ 3 }}' },
      triggers: [{ message: 'a' }],
      conditions: ['trigger.payload > limit'],
      actions: [{ stop: 'x' }],
    });
  });

  test('two of the same name get two ids; what was guessed is told once', () => {
    const twice = ['- alias: a', '  triggers: []', '  actions: []'].join('\n');
    expect(translate(`${twice}\n${twice}\n`).map(({ id }) => id)).toEqual(['a', 'a-2']);
    const [rule] = translate([
      {
        alias: 'g',
        triggers: [],
        conditions: ["{{ is_state('switch.x', 'on') and is_state('switch.x', 'on') }}"],
        actions: [],
      },
    ]);
    expect(rule?.remarks.map(({ kind }) => kind)).toEqual(['guessed']);
  });

  test('whatever stands there, it is translated or listed, and never a surprise', () => {
    const word = fc.constantFrom('state', 'on', 'light.x', '{{ 1 }}', '{{', '', '5', 'choose', '00:05');
    const key = fc.constantFrom(
      ...'trigger entity_id to action data condition conditions choose repeat delay if then variables'.split(
        ' ',
      ),
    );
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        word,
        fc.integer(),
        fc.constant(null),
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(key, tie('tree'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(tree, tree, tree, (triggers, conditions, actions) => {
        const rules = translate([{ alias: 'x', triggers, conditions, actions }]);
        expect(rules).toHaveLength(1);
        expect(parse(rules[0]?.yaml ?? '')).toHaveProperty('triggers');
      }),
      { numRuns: 300 },
    );
  });

  test('what is translated is a rule', () => {
    const triggers = [
      '{ trigger: sun, event: sunset, offset: "-00:30:00" }',
      '{ trigger: time_pattern, minutes: "/5" }',
      '{ trigger: webhook, webhook_id: door, allowed_methods: [POST] }',
      '{ trigger: state, entity_id: light.desk, to: "on", for: 5 }',
    ];
    const conditions = `"{{ is_state('light.hall', 'on') }}"`;
    const automation = `- { alias: r, triggers: [${triggers}], conditions: ${conditions}, actions: [{ stop: x }] }`;
    const [rule] = translate(automation);
    expect(checkRuleTexts([rule?.yaml ?? ''])[0]).toMatchObject({ rule: { id: 'r' }, problems: [] });
  });
});
