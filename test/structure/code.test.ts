import { describe, expect, it } from 'vitest';
import { gateFaults } from './gates.ts';
import { languageFaults } from './language.ts';
import { fileSizeFaults, functionSizeFaults, longestFile, longestFunction } from './sizes.ts';
import { parseSource, readSources, say } from './source.ts';

describe('the house', () => {
  const files = readSources('src', 'plugins', 'flows', 'web/src', 'test');

  it('has files of a size to read', () => {
    expect(say(fileSizeFaults(files))).toEqual([]);
  });

  it('has functions of a size to read', () => {
    expect(say(functionSizeFaults(files))).toEqual([]);
  });

  it('keeps to the language agreed', () => {
    expect(say(languageFaults(files))).toEqual([]);
  });

  it('touches environment, clock and SQL in one place each', () => {
    expect(
      say(gateFaults(files.filter((file) => /^(?:src|plugins|flows\/nodes\/src)\//.test(file.path)))),
    ).toEqual([]);
  });
});

describe('the size checks', () => {
  const lines = (count: number): string => 'a();\n'.repeat(count);
  const source = (text: string) => [parseSource('test/x.test.ts', text)];

  it('count the lines of a file', () => {
    expect(fileSizeFaults(source(lines(longestFile)))).toEqual([]);
    expect(fileSizeFaults(source(lines(longestFile + 1)))).toHaveLength(1);
  });

  it.each([
    ['function f() {', '}'],
    ['const f = () => {', '};'],
    ['class A { m(): void {', '} }'],
    ['const a = { get x() {', '} };'],
    ["it('x', async () => {", '});'],
  ])('count the lines of %s', (open, close) => {
    const inside = longestFunction - 2;
    expect(functionSizeFaults(source(`${open}\n${lines(inside)}${close}`))).toEqual([]);
    expect(functionSizeFaults(source(`${open}\n${lines(inside + 1)}${close}`))).toHaveLength(1);
  });

  it.each([["describe('x', () => {"], ["describe.each([1])('x', () => {"]])('let %s be long', (open) => {
    expect(functionSizeFaults(source(`${open}\n${lines(100)}});`))).toEqual([]);
  });
});

describe('the language check', () => {
  it.each([
    ['const a: any = 1;', 'no any'],
    ['const a = (b as any).c;', 'no any'],
    ['f(a!);', 'no non-null !'],
    ['enum A { B }', 'no enum'],
    ['namespace A { export const b = 1; }', 'no namespace'],
    ['class A { constructor(private readonly b: number) {} }', 'no parameter properties'],
    ['@a class B {}', 'no decorators'],
    ["eval('1');", 'no eval'],
    ["new Function('1');", 'no Function()'],
    ["Function('1');", 'no Function()'],
    ['try { a(); } catch {}', 'no empty catch'],
    ['try { a(); } catch (error) { /* never mind */ }', 'no empty catch'],
    ['let count = 0;', 'no state of a module (let)'],
    ['export let count = 0;', 'no state of a module (let)'],
    ['// @ts-ignore\na();', 'silences the compiler'],
    ['a(); /* @ts-expect-error */', 'silences the compiler'],
  ])('refuses %s', (text, fault) => {
    expect(say(languageFaults([parseSource('src/base/x.ts', text)]))).toEqual([
      expect.stringContaining(fault),
    ]);
  });

  it('lets a package be given further types', () => {
    const text = "declare module 'x' { interface Register { router: string } }";
    expect(languageFaults([parseSource('web/src/x.ts', text)])).toEqual([]);
  });

  it('is not misled by strings and comments', () => {
    const text =
      "// any, eval(1) and enum\nconst a = 'let x: any = y!; eval(1)'; const b = /any!/u; a !== b;";
    expect(languageFaults([parseSource('src/base/x.ts', text)])).toEqual([]);
  });
});

describe('the gate check', () => {
  it.each([
    ['process.env.HOME;', 'process.env'],
    ["process['env'];", 'process.env'],
    ['const { env } = process;', 'process.env'],
    ["import { env } from 'node:process';", 'process.env'],
    ['Date.now();', 'Clock of base'],
    ['new Date();', 'Clock of base'],
    ['Date();', 'Clock of base'],
    ['performance.now();', 'Clock of base'],
    ['setTimeout(f, 1);', 'Clock of base'],
    ['globalThis.setTimeout(f, 1);', 'Clock of base'],
    ['setInterval(f, 1);', 'Clock of base'],
    ['setImmediate(f);', 'Clock of base'],
    ['process.hrtime();', 'Clock of base'],
    ['AbortSignal.timeout(5);', 'Clock of base'],
    ["import { performance as p } from 'node:perf_hooks';", 'Clock of base'],
    ["import { setTimeout as sleep } from 'node:timers/promises';", 'Clock of base'],
    ["db.exec('SELECT * FROM rules');", 'SQL'],
    ["db.exec('pragma journal_mode = wal');", 'SQL'],
    ['db.exec(`\n  INSERT OR REPLACE INTO rules VALUES (1)`);', 'SQL'],
    ["db.exec('create table a (b)');", 'SQL'],
    ["import { createServer, type Server } from 'node:http';", 'node:http'],
    ["import http from 'node:http';", 'node:http'],
  ])('refuses %s', (text, fault) => {
    expect(say(gateFaults([parseSource('src/api/x.ts', text)]))).toEqual([expect.stringContaining(fault)]);
  });

  it.each([
    ['src/config/x.ts', 'process.env.HOME;'],
    ['src/base/clock.ts', 'Date.now(); setTimeout(f, 1); performance.now();'],
    ['src/store/x.ts', "db.exec('SELECT * FROM rules');"],
    ['flows/nodes/src/shared/home.ts', 'process.env.HOME;'],
    ['flows/nodes/src/shared/clock.ts', 'setTimeout(f, 1); Date.now();'],
    ['src/api/x.ts', 'new Date(at).toISOString(); socket.setTimeout(5); Date.UTC(2026, 1);'],
    ['src/api/x.ts', "import { monitorEventLoopDelay } from 'node:perf_hooks';"],
    ['src/api/x.ts', "import type { Server } from 'node:http'; import { type Server } from 'node:http';"],
    ['plugins/a/x.ts', "import { createServer } from 'node:http';"],
    ['src/api/x.ts', "const a = 'select a rule from the list'; const b = 'update it';"],
  ])('accepts in %s: %s', (path, text) => {
    const faults = say(gateFaults([parseSource(path, text)]));
    expect(faults).toEqual([]);
  });
});
