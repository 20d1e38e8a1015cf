// The launcher on Nodes of every age, in a package of its own whose command line says on which Node it runs.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const source = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** Says its Node and arguments, then waits for a signal if asked to. */
const commandLine = `
export async function main(argv) {
  process.on('SIGTERM', () => process.exit(5));
  console.log(process.versions.node, JSON.stringify(argv));
  if (argv[0] !== 'wait') process.exit(argv[0] === 'fail' ? 7 : 0);
  setInterval(() => undefined, 1000);
}
`;

/** Makes this Node say that it is an old one. */
const pretend = `data:text/javascript,Object.defineProperty(process.versions,'node',{value:'20.20.2'})`;

/** A Node of this machine that is really too old. */
const oldNode = (process.env['PATH'] ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'node'))
  .find((path) => {
    const { stdout } = spawnSync(path, ['--version'], { encoding: 'utf8' });
    return /^v(1[89]|20|21)\./.test(stdout ?? '');
  });

if (oldNode === undefined) console.warn('skipped: no Node 18 to 21 on this machine to run the launcher on');

describe('the launcher', () => {
  let folder = '';

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'homerule-launcher-'));
    mkdirSync(join(folder, 'dist/src/cli'), { recursive: true });
    mkdirSync(join(folder, 'node_modules/node/bin'), { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    const built = stripTypeScriptTypes(readFileSync(source, 'utf8')).replaceAll('main.ts', 'main.js');
    writeFileSync(join(folder, 'dist/src/main.js'), built);
    writeFileSync(join(folder, 'dist/src/cli/main.js'), commandLine);
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  /** With the Node of this test as the one that npm brought, or without one. */
  const withLocalNode = (isThere: boolean, version = process.versions.node): void => {
    rmSync(join(folder, 'node_modules/node'), { recursive: true, force: true });
    if (!isThere) return;
    mkdirSync(join(folder, 'node_modules/node/bin'), { recursive: true });
    // A link would be the running Node itself; the launcher must not start that again.
    writeFileSync(
      join(folder, 'node_modules/node/bin/node'),
      `#!/bin/sh\nexec "${process.execPath}" "$@"\n`,
      {
        mode: 0o755,
      },
    );
    writeFileSync(join(folder, 'node_modules/node/package.json'), JSON.stringify({ version }));
  };

  const launch = (node: string, flags: readonly string[], argv: readonly string[]): ChildProcess =>
    spawn(node, [...flags, join(folder, 'dist/src/main.js'), ...argv], { stdio: ['ignore', 'pipe', 'pipe'] });

  const outcome = async (child: ChildProcess) => {
    const { stdout, stderr } = child;
    if (stdout === null || stderr === null) throw new Error('the launcher has no output');
    const exited = once(child, 'exit');
    const [out, err] = await Promise.all([text(stdout), text(stderr)]);
    const [code] = await exited;
    return { code, out, err };
  };

  const own = process.versions.node;

  it('goes straight on with a new Node', async () => {
    withLocalNode(false);
    expect(await outcome(launch(process.execPath, [], ['a', 'b c']))).toEqual({
      code: 0,
      out: `${own} ["a","b c"]\n`,
      err: '',
    });
  });

  const olds: [name: string, node: string | undefined, flags: string[]][] = [
    ['a Node that pretends to be old', process.execPath, ['--import', pretend]],
    ['an old Node of this machine', oldNode, []],
  ];

  describe.each(olds.filter(([, node]) => node !== undefined))('on %s', (_name, node = '', flags) => {
    it('goes on with the Node of npm, in one line', async () => {
      withLocalNode(true);
      const { code, out, err } = await outcome(launch(node, flags, ['x']));
      expect({ code, out }).toEqual({ code: 0, out: `${own} ["x"]\n` });
      expect(err).toMatch(
        /^homerule: Node \d+\.\d+\.\d+ is older than 22\.13; going on with Node .* of npm\n$/,
      );
    });

    it('ends with its exit code', async () => {
      withLocalNode(true);
      expect(await outcome(launch(node, flags, ['fail']))).toMatchObject({ code: 7 });
    });

    it('hands signals on', async () => {
      withLocalNode(true);
      const child = launch(node, flags, ['wait']);
      const finished = outcome(child);
      if (child.stdout) await once(child.stdout, 'data');
      child.kill('SIGTERM');
      expect(await finished).toMatchObject({ code: 5 });
    });

    it('has a clear word when there is none', async () => {
      withLocalNode(false);
      const { code, out, err } = await outcome(launch(node, flags, ['x']));
      expect({ code, out }).toEqual({ code: 1, out: '' });
      expect(err).toMatch(
        /^homerule: Node .* is older than 22\.13, and there is no newer one in .*npm install.*\n$/,
      );
    });

    it('does not go on with one that is old too', async () => {
      withLocalNode(true, '20.0.0');
      expect(await outcome(launch(node, flags, ['x']))).toMatchObject({ code: 1, out: '' });
    });
  });

  it('does not start itself again', async () => {
    withLocalNode(true);
    rmSync(join(folder, 'node_modules/node/bin/node'));
    symlinkSync(process.execPath, join(folder, 'node_modules/node/bin/node'));
    expect(await outcome(launch(process.execPath, ['--import', pretend], ['x']))).toMatchObject({ code: 1 });
  });
});
