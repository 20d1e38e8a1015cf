import { describe, expect, it } from 'vitest';
import { arrowFaults, indexFaults } from './arrows.ts';
import { cycleFaults } from './cycles.ts';
import { parseSource, readSources, say } from './source.ts';

describe('the house', () => {
  const files = readSources('src', 'plugins', 'flows', 'web/src');

  it('is read at all', () => {
    expect(files.map((file) => file.path)).toContain('src/base/clock.ts');
  });

  it('has arrows only as designed', () => {
    expect(say(arrowFaults(files))).toEqual([]);
  });

  it('has indexes of named re-exports', () => {
    expect(say(indexFaults(files))).toEqual([]);
  });

  it('has no import cycle', () => {
    expect(say(cycleFaults(files))).toEqual([]);
  });
});

describe('the arrow check', () => {
  const bad: [path: string, text: string, fault: string][] = [
    ['src/base/x.ts', "import { a } from '../rules/index.ts';", 'base may not import rules (values)'],
    ['src/rules/model/x.ts', "import { a } from '../../broker/index.ts';", 'rules may not import broker'],
    ['src/http/x.ts', "import { a } from '../live/index.ts';", 'http may not import live'],
    ['src/http/x.ts', "export { a } from '../store/index.ts';", 'http may not import store'],
    ['src/http/x.ts', "const a = await import('../store/index.ts');", 'http may not import store'],
    ['src/http/x.ts', "let a: import('../store/index.ts').A;", 'http may not import store'],
    ['src/store/x.ts', "import { a } from '../rules/index.ts';", 'store may not import rules (values)'],
    ['src/store/x.ts', "import { type A } from '../rules/index.ts';", 'store may not import rules (values)'],
    ['src/app.ts', "import { a } from './cli/index.ts';", 'app may not import cli'],
    ['src/app.ts', "import { a } from './rules/model/parse.ts';", 'enter rules through its index.ts'],
    ['src/http/x.ts', "import type { A } from '../api/contract.ts';", 'enter api through its index.ts'],
    ['src/store/x.ts', "import { a } from '../rules/ports.ts';", 'store may not import rules (values)'],
    ['src/base/x.ts', "import { a } from './index.ts';", 'inside a room import the file'],
    ['src/base/x.ts', "import { a } from '../../test/a.ts';", 'base may not import test/a.ts'],
    ['src/lamps/x.ts', 'export const a = 1;', '"lamps" is no room of the house'],
    ['src/rules/x.ts', "import { Aedes } from 'aedes';", '"aedes" is known only to broker'],
    [
      'src/api/x.ts',
      "import type { A } from 'ws';",
      '"ws" is known only to live, broker, plugins/bemfa, flows/nodes',
    ],
    ['src/api/x.ts', "import a from 'better-sqlite3/lib/x.js';", 'is known only to store'],
    ['src/http/x.ts', "import { parse } from 'yaml';", '"yaml" is known only to rules, config, web'],
    ['web/src/x.tsx', "import { a } from '../../src/api/contract.ts';", 'web may only import types'],
    ['web/src/x.tsx', "import type { A } from '../../src/rules/index.ts';", 'web may only import types'],
    [
      'web/src/x.tsx',
      "import { connect } from 'mqtt';",
      '"mqtt" is known only to cli, bridges, plugins/bemfa',
    ],
    ['flows/nodes/src/x.ts', "import { a } from '../../../src/base/index.ts';", 'may only import types of'],
    ['plugins/a/x.ts', "import { b } from '../../src/broker/index.ts';", 'plugins/a may not import broker'],
    ['plugins/a/x.ts', "import { b } from '../b/index.ts';", 'plugins/a may not import plugins/b'],
    ['plugins/a/x.ts', "import { b } from '../../src/base/clock.ts';", 'enter base through its index.ts'],
    ['plugins/a/x.ts', "import { Aedes } from 'aedes';", '"aedes" is known only to broker'],
    ['src/rules/x.ts', "import { a } from '../../plugins/a/index.ts';", 'rules may not import plugins/a'],
    ['src/cli/x.ts', "import { a } from '../../plugins/a/b.ts';", 'enter plugins/a through its index.ts'],
  ];

  it.each(bad)('refuses in %s: %s', (path, text, fault) => {
    expect(say(arrowFaults([parseSource(path, text)]))).toEqual([expect.stringContaining(fault)]);
  });

  const good: [path: string, text: string][] = [
    ['src/rules/model/x.ts', "import { a } from '../../base/index.ts'; import { b } from './y.ts';"],
    ['src/store/x.ts', "import type { A } from '../rules/trace/trace.ts';"],
    ['src/store/x.ts', "import type { A } from '../devices/index.ts';"],
    ['src/cli/x.ts', "import { a } from '../app.ts'; import mqtt from 'mqtt';"],
    ['src/main.ts', "await import('./cli/main.ts');"],
    ['src/app.ts', "import { a } from './rules/index.ts'; import { b } from './http/index.ts';"],
    ['plugins/a/b/x.ts', "import { a } from '../../../src/base/index.ts'; import { b } from '../y.ts';"],
    ['plugins/a/x.ts', "import type { A } from '../../src/plugins/index.ts';"],
    ['src/cli/x.ts', "const { a } = await import('../../plugins/a/index.ts');"],
    ['flows/nodes/src/a/x.ts', "import type { A } from '../../../../src/api/contract.ts';"],
    ['web/src/a/x.tsx', "import type { A } from '../../../src/api/contract.ts';"],
    ['web/src/a/x.tsx', "import { b } from '../b/y.tsx'; import { parse } from 'yaml';"],
  ];

  it.each(good)('accepts in %s: %s', (path, text) => {
    expect(say(arrowFaults([parseSource(path, text)]))).toEqual([]);
  });
});

describe('the index check', () => {
  it.each([
    ["import { a } from './a.ts';"],
    ["export * from './a.ts';"],
    ['export const a = 1;'],
    ['export default 1;'],
    ["const a = 1; export { b } from './b.ts';"],
  ])('refuses %s', (text) => {
    expect(indexFaults([parseSource('src/base/index.ts', text)])).toHaveLength(1);
  });

  it('accepts named re-exports and whole contracts of types', () => {
    const text = "export { type A, b } from './a.ts'; export type * from './c.ts';";
    expect(indexFaults([parseSource('src/base/index.ts', text)])).toEqual([]);
  });
});

describe('the cycle check', () => {
  const a = parseSource('src/base/a.ts', "import { b } from './b.ts';");
  const b = parseSource('src/base/b.ts', "import { c } from './deep/c.ts';");

  it('finds a circle of three, closed by a type', () => {
    const c = parseSource('src/base/deep/c.ts', "import type { A } from '../a.ts';");
    expect(say(cycleFaults([a, b, c]))).toEqual([
      'src/base/deep/c.ts:1 imports in a circle: src/base/a.ts → src/base/b.ts → src/base/deep/c.ts → src/base/a.ts',
    ]);
  });

  it('finds a file that imports itself', () => {
    expect(cycleFaults([parseSource('src/base/a.ts', "import { x } from './a.ts';")])).toHaveLength(1);
  });

  it('lets a diamond be', () => {
    const c = parseSource('src/base/deep/c.ts', "import { d } from '../d.ts';");
    const top = parseSource('src/base/top.ts', "import { a } from './a.ts'; import { d } from './d.ts';");
    expect(cycleFaults([top, a, b, c, parseSource('src/base/d.ts', '')])).toEqual([]);
  });
});
