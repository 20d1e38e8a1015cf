// Other names for devices and topics in the text of a rule: only what names them changes.
import { describe, expect, it } from 'vitest';
import { referencesIn, rewriteText } from '../../src/rules/index.ts';

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
});
