// Where a setup goes on, and the first rules that are offered.
import { describe, expect, test } from 'vitest';
import type { DevicePropertyView, DeviceView } from '../../web/src/api/types.ts';
import {
  endProgress,
  keepProgress,
  type Progress,
  progressOf,
  type Situation,
} from '../../web/src/setup/progress.ts';
import { templatesFor } from '../../web/src/setup/rule-templates.ts';
import { memoryStorage } from './support.tsx';

const fresh: Situation = { needsSetup: true, isAdmin: false };
const atTheMachine: Situation = { needsSetup: true, isAdmin: true };
const settled: Situation = { needsSetup: false, isAdmin: true };

const goesOn: readonly (readonly [
  what: string,
  kept: Progress | undefined,
  now: Situation,
  step: string | undefined,
])[] = [
  ['a new house', undefined, fresh, 'language'],
  ['a new house, the language is chosen', { step: 'administrator' }, fresh, 'administrator'],
  ['what an earlier house left', { step: 'find' }, fresh, 'language'],
  ['no administrator, by choice', { step: 'find', isOpen: true }, atTheMachine, 'find'],
  ['no administrator, from another machine', { step: 'find', isOpen: true }, fresh, 'language'],
  ['the administrator on the way', { step: 'place' }, settled, 'place'],
  ['somebody who may not', { step: 'place' }, { needsSetup: false, isAdmin: false }, undefined],
  ['a house that was set up elsewhere', { step: 'administrator' }, settled, undefined],
  [
    'a house that was opened, and has an administrator now',
    { step: 'find', isOpen: true },
    settled,
    undefined,
  ],
  ['a house that is set up', undefined, settled, undefined],
];

describe('the setup goes on', () => {
  test.each(goesOn)('%s', (_what, kept, now, step) => {
    const storage = memoryStorage();
    if (kept) keepProgress(storage, kept);
    expect(progressOf(storage, now)?.step).toBe(step);
    endProgress(storage);
    expect(progressOf(storage, settled)).toBeUndefined();
  });

  test.each(['', '{', '[]', '{"step":"other"}', '7'])('from the start where the browser holds %j', (text) => {
    const storage = memoryStorage();
    storage.setItem('homerule.setup', text);
    expect(progressOf(storage, fresh)).toEqual({ step: 'language' });
  });
});

function property(id: string, more: Partial<DevicePropertyView> = {}): DevicePropertyView {
  return { id, name: id, kind: 'boolean', reported: true, commandable: false, ...more };
}

function device(id: string, room: string, ...properties: readonly DevicePropertyView[]): DeviceView {
  return { id, name: id, room, properties } as unknown as DeviceView;
}

const on = property('on', { commandable: true });
const hall = device('hall-motion', 'hall', property('occupancy'));
const lamps = [device('bed-lamp', 'bedroom', on), device('hall-lamp', 'hall', on)];

describe('first rules', () => {
  test('come from what is there, the same room before others', () => {
    const [motion, evening] = templatesFor([hall, ...lamps]);
    expect(motion).toMatchObject({ name: 'motion', from: 'hall-motion', to: 'hall-lamp' });
    expect(motion?.text('Licht: "Flur"')).toBe(`name: "Licht: \\"Flur\\""
mode: restart
triggers:
  - becomes: "$device('hall-motion').occupancy = true"
actions:
  - set: "hall-lamp"
    properties: { "on": true }
  - delay: 5m
  - set: "hall-lamp"
    properties: { "on": false }
`);
    expect(evening?.name).toBe('evening');
  });

  test('tell where nothing can be switched; a contact is open when it is not closed', () => {
    const room = device('room', 'hall', property('temperature', { kind: 'number' }));
    const door = device('door', 'hall', property('contact'));
    const found = templatesFor([hall, room, door]);
    expect(found.map(({ name }) => name)).toEqual(['seen', 'hot', 'open']);
    expect(found[1]?.text('x')).toContain("$device('room').temperature > 28");
    expect(found[2]?.text('x')).toContain("$device('door').contact = false");
  });

  test('are none where nothing was heard', () => {
    expect(templatesFor([])).toEqual([]);
  });
});
