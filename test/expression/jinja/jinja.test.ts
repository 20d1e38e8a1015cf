// Translated templates print what Jinja prints, for every template and payload of a list; what is beyond the translation
// is refused.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Timestamp } from '../../../src/base/index.ts';
import {
  codeOf,
  compileExpression,
  emptyHome,
  type JinjaNames,
  translateJinja,
  Untranslatable,
} from '../../../src/expression/index.ts';
import { findPython, testWith } from '../../support/peers.ts';
import { payloads, refused, templates } from './templates.ts';

const names: JinjaNames = {
  named: ([first]) => {
    if (first === 'value') return { code: codeOf('raw', 'text'), used: 1 };
    return first === 'value_json'
      ? { code: { ...codeOf('payload'), needs: '$type(payload) != "string"' }, used: 1 }
      : undefined;
  },
};

/** As rules see it. */
function parsed(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return payload;
  }
}

/** As Python prints it; undefined where the evaluation ends with an error. */
function printer(template: string): (payload: string) => string | undefined {
  const { expression } = compileExpression(translateJinja(template, names).text, {
    names: ['payload', 'raw'],
  });
  return (payload) => {
    const scope = { read: () => undefined, at: 0 as Timestamp, home: emptyHome, seed: 1 };
    try {
      const value = expression?.evaluate({ ...scope, values: [parsed(payload), payload] });
      if (value === undefined) return '';
      if (typeof value === 'boolean') return value ? 'True' : 'False';
      return value === null ? 'None' : String(value).trim();
    } catch {
      return undefined;
    }
  };
}

/** Python tells 21.0 from 21, and calculates with the last digit of a double. */
function sameText(ours: string, theirs: string): boolean {
  const plain = (text: string): string =>
    text.replaceAll(/-?\d+\.\d+(?:e[-+]?\d+)?/g, (each) => String(Number(Number(each).toPrecision(12))));
  return plain(ours) === plain(theirs);
}

const python = findPython('jinja2');

describe('templates print what Jinja prints', () => {
  testWith(
    'python3 jinja2',
    python !== undefined,
    'apt install python3-jinja2',
  )('all of the list', () => {
    const pairs = templates.flatMap((template) => payloads.map((payload) => [template, payload] as const));
    const { stdout, stderr } = spawnSync(python ?? '', [join(import.meta.dirname, 'oracle.py')], {
      input: pairs.map((pair) => JSON.stringify(pair)).join('\n'),
      encoding: 'utf8',
    });
    const lines = stdout.trim().split('\n');
    expect(stderr).toBe('');
    expect(lines).toHaveLength(pairs.length);
    const printers = new Map(templates.map((template) => [template, printer(template)]));
    const differences = pairs.flatMap(([template, payload], index) => {
      const [theirs] = (JSON.parse(lines[index] ?? 'null') as [string] | null) ?? [];
      const ours = printers.get(template)?.(payload);
      // where Jinja refuses, a value would be made up
      const isSame = theirs === undefined ? ours === undefined || ours === '' : sameText(ours ?? '', theirs);
      return isSame ? [] : [{ template, payload, ours, theirs }];
    });
    expect(differences).toEqual([]);
  });
});

test.each(refused)('%s is refused', (template) => {
  expect(() => translateJinja(template, names)).toThrow(Untranslatable);
});

const words =
  "{{ }} {% %} {# #} if else endif elif set x = == value value_json .a ['b'] [0] [1:2] |float |int(0) |default('') " +
  'and or not in ( ) [ ] { } : , ~ + - * % "t" \' 1 is defined';
const pieces = words.split(' ').map((word) => (/^[a-z]+$/.test(word) ? ` ${word} ` : word));

test('whatever stands there, it is refused or compiles', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 14 }), fc.boolean(), (parts, isBare) => {
      const template = isBare ? parts.join('') : `{{ ${parts.join('')} }}`;
      try {
        const { text } = translateJinja(template, names);
        expect(compileExpression(text, { names: ['payload', 'raw'] }).expression).toBeDefined();
      } catch (error) {
        expect(error).toBeInstanceOf(Untranslatable);
      }
    }),
    { numRuns: 2000 },
  );
});
