import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import {
  type BemfaKind,
  type BemfaState,
  bemfaKindOf,
  bemfaKinds,
  bemfaModes,
  bemfaTopicFault,
  decodeBemfa,
  encodeBemfa,
  parseBemfaAddress,
} from '../../src/base/index.ts';

const kinds = Object.values(bemfaKinds);
const cases = z
  .array(
    z.strictObject({
      kind: z.enum(kinds),
      text: z.string(),
      /** Missing when the text says nothing to that kind. */
      state: z.record(z.string(), z.unknown()).optional(),
      /** Where it is not the text itself. */
      written: z.string().optional(),
    }),
  )
  .parse(JSON.parse(readFileSync(new URL('../cases/bemfa/messages.json', import.meta.url), 'utf8')));

describe('Bemfa texts', () => {
  test.each(cases)('$kind "$text"', ({ kind, text, state, written }) => {
    const decoded = decodeBemfa(kind, text);
    expect(decoded).toEqual(state);
    if (decoded !== undefined) expect(encodeBemfa(kind, decoded)).toBe(written ?? text);
  });

  test.each<[BemfaKind, BemfaState, string | undefined]>([
    ['light', { brightness: 40 }, 'on#40'],
    ['light', { on: true, brightness: 0.2 }, 'on#1'],
    ['light', { on: false, brightness: 40 }, 'off'],
    ['light', { rgb: [300, -5, 0.4] }, 'on##16711680'],
    ['light', { kelvin: 500 }, 'on##1000'],
    ['light', { temperature: 20 }, undefined],
    ['light', {}, undefined],
    ['light', { brightness: Number.NaN }, undefined],
    ['sensor', { temperature: 21.299999999999997 }, '#21.3'],
    ['sensor', { on: false, heartRate: 60 }, '###off###60'],
    ['sensor', {}, undefined],
    ['curtain', { pause: true, position: 30 }, 'pause'],
    ['curtain', { position: 30 }, 'on#30'],
    ['television', { on: true, level: 3 }, 'on'],
  ])('%s %o is written %s', (kind, state, text) => {
    expect(encodeBemfa(kind, state)).toBe(text);
  });

  it('never throws on what anybody sends, and settles after one reading', () => {
    const word = fc.oneof(fc.constantFrom('on', 'off', 'pause', '', '0', '1', '50', '3.5'), fc.string());
    const text = fc.array(word, { maxLength: 9 }).map((parts) => parts.join('#'));
    fc.assert(
      fc.property(fc.constantFrom(...kinds), text, (kind, sent) => {
        const once = encodeBemfa(kind, decodeBemfa(kind, sent) ?? {});
        if (once !== undefined) expect(encodeBemfa(kind, decodeBemfa(kind, once) ?? {})).toBe(once);
      }),
    );
  });

  it('reads what it wrote', () => {
    const climate = fc.record({
      on: fc.constant(true),
      mode: fc.constantFrom(...bemfaModes),
      temperature: fc.integer({ min: 16, max: 32 }),
      level: fc.integer({ min: 0, max: 5 }),
      swingsLeftRight: fc.boolean(),
      swingsUpDown: fc.boolean(),
    });
    fc.assert(
      fc.property(climate, (state) => {
        expect(decodeBemfa('aircondition', encodeBemfa('aircondition', state) ?? '')).toEqual(state);
      }),
    );
  });
});

describe('Bemfa topics', () => {
  test.each([
    ['light002', 'light'],
    ['xxxxxxxxx006', 'switch'],
    ['pump007', undefined],
    ['', undefined],
    ['__proto__', undefined],
  ])('%s is a %s', (topic, kind) => {
    expect(bemfaKindOf(topic)).toBe(kind);
  });

  test.each([
    ['light002', 'light002', 'bare'],
    ['light002/set', 'light002', 'set'],
    ['light002/up', 'light002', 'up'],
    ['light002/app', 'light002', 'app'],
    ['a/b', 'a/b', 'bare'],
    ['set', 'set', 'bare'],
    ['/up', '', 'up'],
  ])('%s addresses %s, %s', (text, topic, ending) => {
    expect(parseBemfaAddress(text)).toEqual({ topic, ending });
  });

  test.each([
    ['light002', undefined],
    ['a'.repeat(64), undefined],
    ['a'.repeat(65), 'at most 64 characters, this one has 65'],
    ['', 'needs a name'],
    ['led_002', 'letters and digits, not "led_002"'],
    ['a/b', 'letters and digits'],
    ['灯002', 'letters and digits'],
  ])('"%s" may be made, or not: %s', (name, fault) => {
    const found = bemfaTopicFault(name);
    if (fault === undefined) expect(found).toBeUndefined();
    else expect(found).toContain(fault);
  });
});
