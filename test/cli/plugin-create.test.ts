// A new plugin as its author meets it: made, tested, put to use with the very line that is printed, and packed for npm.
import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import type { PluginView } from '../../src/api/index.ts';
import { client, freshFolder, get, house, listen } from '../support/house-visit.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const homerule = `homerule() { "${process.execPath}" "${join(root, 'src/main.ts')}" "$@"; }`;
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.startsWith('NODE_TEST') && name !== 'NODE_OPTIONS'),
);

async function shell(cwd: string, line: string): Promise<{ readonly code: number; readonly out: string }> {
  try {
    const command = `${homerule}\n${line}`;
    const { stdout } = await promisify(execFile)('bash', ['-c', command], { cwd, env: environment });
    return { code: 0, out: stdout };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout + stderr };
  }
}

it('is made with a test that passes, and is installed and enabled as the hint says', async () => {
  const folder = freshFolder();
  const made = await shell(folder, 'homerule plugin create porch');
  expect(made).toMatchObject({ code: 0, out: expect.stringContaining('made porch/') });
  const tested = await shell(join(folder, 'porch'), 'node --test');
  expect(tested.out).toMatch(/pass 1/);
  expect(tested.code).toBe(0);
  const data = join(folder, 'data');
  mkdirSync(data);
  const at = await house(data);
  const hint = /put it to use: +(.*)/.exec(made.out)?.[1] ?? '';
  expect(await shell(folder, hint)).toMatchObject({ code: 0, out: expect.stringContaining('running') });
  const next = await listen(at.mqttPort, 'porch/count');
  await (await client(at.mqttPort)).publishAsync('porch/in', 'x', { qos: 1 });
  expect(await next()).toBe('porch/count 1');
  expect(await get(`${at.url}/plugins/porch/count`)).toEqual({ count: 1 });
  const view = await get<PluginView>(`${at.url}/api/v1/plugins/porch`);
  expect(view).toMatchObject({ state: 'running', isIsolated: true, actions: ['reset'] });
}, 60_000);

it('has the types of the contract, and its parts fit them', async () => {
  const folder = freshFolder();
  await shell(folder, 'homerule plugin create porch');
  const porch = join(folder, 'porch');
  expect(readFileSync(join(porch, 'contract.d.ts'), 'utf8')).toContain('export interface PluginContext');
  const options = { strict: true, noEmit: true, allowJs: true, checkJs: true, noImplicitAny: false };
  const typeRoots = [join(root, 'node_modules/@types')];
  const compilerOptions = { ...options, module: 'nodenext', types: ['node'], typeRoots };
  writeFileSync(join(porch, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['main.js'] }));
  const checked = await shell(porch, `"${join(root, 'node_modules/.bin/tsc')}" -p .`);
  expect(checked).toEqual({ code: 0, out: '' });
}, 60_000);

it('is not made over a folder, nor under a name that none can have', async () => {
  const folder = freshFolder();
  writeFileSync(join(folder, 'taken'), '');
  expect(await shell(folder, 'homerule plugin create taken')).toMatchObject({
    code: 1,
    out: expect.stringContaining('taken is there already'),
  });
  expect(await shell(folder, 'homerule plugin create ../up')).toMatchObject({
    code: 2,
    out: expect.stringContaining('lower-case letters'),
  });
  expect(readdirSync(folder)).toEqual(['taken']);
}, 60_000);

it('is installed from a package, with what it depends on', async () => {
  const folder = freshFolder();
  await shell(folder, 'homerule plugin create porch');
  const helper = join(folder, 'helper');
  mkdirSync(helper);
  writeFileSync(join(helper, 'package.json'), '{"name":"helper","version":"1.0.0","type":"module"}');
  writeFileSync(join(helper, 'index.js'), 'export const twice = (n) => n * 2;');
  const porch = join(folder, 'porch');
  const description = JSON.parse(readFileSync(join(porch, 'package.json'), 'utf8')) as object;
  expect((await shell(helper, 'npm pack --silent --pack-destination ..')).code).toBe(0);
  const dependencies = { helper: `file:${join(folder, 'helper-1.0.0.tgz')}` };
  writeFileSync(join(porch, 'package.json'), JSON.stringify({ ...description, dependencies }));
  const main = readFileSync(join(porch, 'main.js'), 'utf8').replace('count + 1', 'twice(count + 1)');
  writeFileSync(join(porch, 'main.js'), `import { twice } from 'helper';\n${main}`);
  expect((await shell(porch, 'npm pack --silent --pack-destination ..')).code).toBe(0);
  const data = join(folder, 'data');
  mkdirSync(data);
  const at = await house(data);
  const packed = './homerule-plugin-porch-0.1.0.tgz';
  const done = await shell(folder, `homerule plugin install ${packed} && homerule plugin enable porch`);
  expect(done).toMatchObject({ code: 0, out: expect.stringContaining('running') });
  const next = await listen(at.mqttPort, 'porch/count');
  await (await client(at.mqttPort)).publishAsync('porch/in', 'x', { qos: 1 });
  expect(await next()).toBe('porch/count 2');
  const missing = await shell(folder, 'homerule plugin install ./nothing.tgz');
  expect(missing).toMatchObject({ code: 1, out: expect.stringContaining('npm could not install') });
  const none = await shell(folder, 'homerule plugin install ./helper-1.0.0.tgz');
  expect(none).toMatchObject({ code: 1, out: expect.stringContaining('no plugin.json') });
}, 180_000);
