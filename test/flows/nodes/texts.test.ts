// Every kind of node has its words in both languages, and what is built is what Node-RED reads.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { templateOf } from '../../../flows/nodes/build/template.ts';
import { languages, readHelp, readLabels } from '../../../flows/nodes/build/texts.ts';
import { type Columns, type Kind, outputsOf } from '../../../flows/nodes/src/kinds/kind.ts';
import { kinds } from '../../../flows/nodes/src/kinds/table.ts';
import { defaultsOf, migrate } from '../../../flows/nodes/src/shared/migrate.ts';
import { problemsOf } from '../../../flows/nodes/src/shared/validate.ts';

const file = (path: string): string =>
  fileURLToPath(new URL(`../../../flows/nodes/${path}`, import.meta.url));

/** Keys of the labels that the fields of a kind ask for. */
function keysOfFields(fields: Columns): string[] {
  return Object.entries(fields).flatMap(([name, field]) => [
    `homerule.fields.${name}`,
    ...(field.input === 'choice' || field.input === 'choices'
      ? field.options.map((option) => `homerule.options.${name}.${option}`)
      : []),
    ...(field.input === 'rows' ? keysOfFields(field.columns) : []),
  ]);
}

function keysOf(kind: Kind): string[] {
  const most = typeof kind.outputs === 'number' ? kind.outputs : 2;
  const outputs = Array.from({ length: most }, (_, index) => `${kind.type}.outputs.${index}`);
  const template = [...templateOf(kind).matchAll(/data-i18n="(?:\[\w+\])?([^"]+)"/g)].map(
    ([, key]) => key ?? '',
  );
  return [`${kind.type}.label`, ...outputs, ...keysOfFields(kind.fields), ...template];
}

function find(labels: unknown, key: string): unknown {
  return key
    .split('.')
    .reduce<unknown>((place, name) => (place as Record<string, unknown> | undefined)?.[name], labels);
}

function leaves(labels: unknown, path = ''): string[] {
  if (typeof labels !== 'object' || labels === null) return [path];
  return Object.entries(labels).flatMap(([name, part]) =>
    leaves(part, path === '' ? name : `${path}.${name}`),
  );
}

describe.each(languages)('%s', (language) => {
  const labels = readLabels(language);

  test.each(kinds)('has words for $type', (kind) => {
    const missing = keysOf(kind).filter((key) => typeof find(labels, key) !== 'string');
    expect(missing).toEqual([]);
    expect(readHelp(language, kind.type).length).toBeGreaterThan(50);
  });

  test('says the same things as the other', () => {
    expect(new Set(leaves(labels))).toEqual(new Set(leaves(readLabels('en-US'))));
  });
});

test('Chinese words are Chinese', () => {
  for (const { type } of kinds) expect(readHelp('zh-CN', type)).toMatch(/\p{Script=Han}{4}/u);
});

describe.each(kinds)('$type', (kind) => {
  test('has an icon, and defaults that only lack what people have to say', () => {
    expect(existsSync(file(`icons/${kind.icon}`))).toBe(true);
    const problems = problemsOf(kind.fields, defaultsOf(kind.fields)).map(({ problem }) => problem);
    expect(problems.filter((problem) => problem !== 'required')).toEqual([]);
    expect(outputsOf(kind, defaultsOf(kind.fields))).toBeLessThan(3);
  });

  test('is brought up to date from any older version, once', () => {
    expect(kind.migrations?.length ?? 0).toBe(kind.version - 1);
    const first = migrate(kind, { id: 'n', wires: [], version: 1 });
    expect(migrate(kind, first)).toEqual(first);
    expect(first).toMatchObject({ id: 'n', version: kind.version });
    expect(() => migrate(kind, { version: kind.version + 1 })).toThrow('knows versions up to');
  });
});

test('steps of a migration follow each other', () => {
  const kind: Kind = {
    ...{ type: 'x', version: 3, inputs: 0, outputs: 0, icon: '', fields: {} },
    migrations: [
      ({ old, ...rest }) => ({ ...rest, middle: old }),
      ({ middle, ...rest }) => ({ ...rest, now: middle }),
    ],
  };
  expect(migrate(kind, { version: 1, old: 5 })).toEqual({ version: 3, now: 5 });
  expect(migrate(kind, { version: 2, middle: 6 })).toEqual({ version: 3, now: 6 });
  expect(migrate(kind, { old: 7 })).toEqual({ version: 3, now: 7 });
});

test('examples hold known nodes that are set rightly', () => {
  const known = new Map(kinds.map((kind) => [kind.type, kind]));
  for (const name of ['device', 'rule']) {
    const nodes = JSON.parse(readFileSync(file(`examples/${name}.json`), 'utf8')) as Record<
      string,
      unknown
    >[];
    const ours = nodes.filter(({ type }) => String(type).startsWith('homerule-'));
    expect(ours.length).toBeGreaterThan(1);
    for (const node of ours) {
      const kind = known.get(String(node['type']));
      expect(kind?.type).toBe(node['type']);
      if (kind !== undefined) expect(problemsOf(kind.fields, migrate(kind, node))).toEqual([]);
    }
  }
});
