// Other names for devices and topics in the text of a rule: only what names them changes.
import { describe, expect, it } from 'vitest';
import { SystemClock } from '../../src/base/index.ts';
import {
  checkText,
  Pace,
  playTests,
  referencesIn,
  rewriteText,
  textWithTest,
} from '../../src/rules/index.ts';

const text = `# Night light: lamp here is a word
id: lamp
name: lamp
triggers:
  - message: home/hall/motion   # the old sensor
    when: payload.occupancy
  - change: [ "home/hall/lux", home/other ]
  - device: lamp
  - message: home/{room}/motion
conditions:
  - $state("home/hall/lux") < 10 and $device('lamp').online
  - $count($states('home/+/motion')) > 0
actions:
  - set: [lamp, other]
    properties: { on: true }
  - log: >-
      lamp is on, see home/hall/lux, {{ $state('home/hall/lux') }}
  - publish: home/hall/motion
    payload: lamp
    confirm: { state: home/hall/lux, within: 5s }
`;

const renaming = {
  devices: new Map([['lamp', 'hall-lamp']]),
  topics: new Map([
    ['home/hall/motion', 'hall/pir'],
    ['home/hall/lux', 'hall/light'],
  ]),
};

describe('other names in a rule', () => {
  it('stand wherever the old ones named something, and nowhere else', () => {
    expect(rewriteText(text, renaming).text).toBe(
      text
        .replace('message: home/hall/motion', 'message: hall/pir')
        .replace('"home/hall/lux", home', '"hall/light", home')
        .replace('device: lamp', 'device: hall-lamp')
        .replace('$state("home/hall/lux")', '$state("hall/light")')
        .replace("$device('lamp')", "$device('hall-lamp')")
        .replace('[lamp, other]', '[hall-lamp, other]')
        .replace("$state('home/hall/lux')", "$state('hall/light')")
        .replace('publish: home/hall/motion', 'publish: hall/pir')
        .replace('state: home/hall/lux', 'state: hall/light'),
    );
  });

  it('are listed with their places; what names several is only told', () => {
    const names = { devices: new Set(['lamp']), topics: new Set(['home/hall/motion']) };
    expect(referencesIn(text, names)).toEqual([
      { kind: 'topic', name: 'home/hall/motion', isLoose: false, path: 'triggers[0].message', line: 5 },
      { kind: 'device', name: 'lamp', isLoose: false, path: 'triggers[2].device', line: 8 },
      { kind: 'topic', name: 'home/hall/motion', isLoose: true, path: 'triggers[3].message', line: 9 },
      { kind: 'device', name: 'lamp', isLoose: false, path: 'conditions[0]', line: 11 },
      { kind: 'topic', name: 'home/hall/motion', isLoose: true, path: 'conditions[1]', line: 12 },
      { kind: 'device', name: 'lamp', isLoose: false, path: 'actions[0].set[0]', line: 14 },
      { kind: 'topic', name: 'home/hall/motion', isLoose: false, path: 'actions[2].publish', line: 18 },
    ]);
  });

  it('change nothing in a rule that names none of them', () => {
    const other = 'id: a\ntriggers: [{ message: b }]\nactions: [{ log: lamp }]\n';
    expect(rewriteText(other, renaming)).toEqual({ text: other, references: [] });
  });

  it('stand in its tests, too', () => {
    const tested = `id: night
triggers: [{ message: home/hall/motion }]
conditions: ["$state('home/hall/lux') < 10"]
actions:
  - set: lamp
    properties: { on: true }
  - publish: home/hall/motion
    payload: home/hall/motion
tests:
  - name: home/hall/motion   # a name
    given:
      state: { "home/hall/lux": 3, home/other: home/hall/lux }   # keys
      devices: [{ id: lamp, properties: { on: false } }, { id: other, topic: home/hall/lux }]
    steps:
      - publish: home/hall/motion
        payload: lamp
        expect:
          published: [ 'lamp/set {"on":true}', { topic: home/hall/motion }, home/hall/motion home/hall/motion ]
          notPublished: [home/hall/lux, home/hall/+]
          state:
            home/hall/lux: 3
`;
    const { text: rewritten } = rewriteText(tested, renaming);
    expect(rewritten).toBe(
      tested
        .replace('- message: home/hall/motion', '- message: hall/pir')
        .replace('[{ message: home/hall/motion', '[{ message: hall/pir')
        .replace("$state('home/hall/lux')", "$state('hall/light')")
        .replace('set: lamp', 'set: hall-lamp')
        .replace('  - publish: home/hall/motion\n    payload', '  - publish: hall/pir\n    payload')
        .replace('"home/hall/lux": 3', '"hall/light": 3')
        .replace('id: lamp', 'id: hall-lamp')
        .replace('topic: home/hall/lux', 'topic: hall/light')
        .replace('- publish: home/hall/motion\n        payload', '- publish: hall/pir\n        payload')
        .replace("'lamp/set {", "'hall-lamp/set {")
        .replace('{ topic: home/hall/motion }, home/hall/motion', '{ topic: hall/pir }, hall/pir')
        .replace('[home/hall/lux, home', '[hall/light, home')
        .replace('home/hall/lux: 3', 'hall/light: 3'),
    );
  });

  it.each([
    ['its id', { devices: renaming.devices, topics: new Map<string, string>() }],
    ['topics', { devices: new Map<string, string>(), topics: renaming.topics }],
    ['both', renaming],
  ])('%s: the tests of a rule pass before and after', async (_, other) => {
    const tested = `id: night
triggers: [{ message: home/hall/motion }]
conditions: ["$state('home/hall/lux') < 10"]
actions: [{ set: lamp, properties: { on: true } }, { publish: home/hall/lux, payload: 4 }]
tests:
  - name: at night
    given: { state: { home/hall/lux: 3 }, devices: [{ id: lamp, properties: { on: false } }] }
    steps: [{ publish: home/hall/motion }]
    expect:
      published: ['lamp/set {"on":true}', home/hall/lux 4]
      state: { home/hall/lux: 4 }
`;
    const home = { zone: 'UTC', place: undefined };
    for (const one of [tested, rewriteText(tested, other).text]) {
      const { rule, tests } = checkText(one, { version: 1, home });
      if (rule === undefined) throw new Error(one);
      const results = await playTests({ rule, tests, home, pace: new Pace(new SystemClock()) });
      expect(results.map(({ passed, failures }) => [passed, failures])).toEqual([[true, []]]);
    }
  });
});

describe('one more test in a rule', () => {
  const rule = '# head\nid: a # the id\ntriggers: [{ message: b }]\nactions: [{ log: "c" }]\n';
  const added = '- name: new\n  steps:\n    - publish: b\n';

  it.each([
    ['with none', rule, `${rule}tests:\n  - name: new\n    steps:\n      - publish: b\n`],
    [
      'behind another, before what follows',
      `${rule}tests:\n    - name: old # one\n      steps: [] # none\n# tail\nmode: single\n`,
      `${rule}tests:\n    - name: old # one\n      steps: [] # none\n    - name: new\n      steps:\n        - publish: b\n# tail\nmode: single\n`,
    ],
    [
      'at the margin',
      `${rule}tests:\n- name: old\n  steps: []\n`,
      `${rule}tests:\n- name: old\n  steps: []\n${added}`,
    ],
  ])('%s', (_, text, wanted) => {
    expect(textWithTest(text, added)).toBe(wanted);
  });

  it.each([
    `${rule}tests: []\n`,
    `${rule}tests:\n`,
    '{ "id": "a", "actions": [{ "log": "c" }], "tests": [{ "name": "old", "steps": [] }] }',
    '{ "id": "a", "actions": [{ "log": "c" }] }',
  ])('in %s', (text) => {
    const { rule: read, tests } = checkText(textWithTest(text, added) ?? '', {
      version: 1,
      home: { zone: 'UTC' },
    });
    expect(read?.id).toBe('a');
    expect(tests.at(-1)?.name).toBe('new');
  });
});
