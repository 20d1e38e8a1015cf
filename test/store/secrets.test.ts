// Secrets on the disk: sealed with a key file that nobody else may read, and bound to their names.
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Seal } from '../../src/store/seal.ts';
import { makeDir, openHouse } from './house.ts';

const gate = { name: 'gate', value: 'open-sesame 芝麻', changedAt: 5 };

function holds(dir: string, text: string): string[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const path = join(dir, name);
    return statSync(path).isFile() && readFileSync(path).includes(text);
  });
}

it('come back after a restart, and no file holds them in the clear', async () => {
  const dir = makeDir();
  const before = await openHouse(dir);
  expect(readdirSync(dir)).not.toContain('secret.key');
  before.store.secrets.put(gate);
  before.store.secrets.put({ ...gate, name: 'gone' });
  await before.committed();
  before.store.secrets.delete('gone');
  await before.committed();
  expect(statSync(join(dir, 'secret.key')).mode & 0o777).toBe(0o600);
  expect(holds(dir, 'open-sesame')).toEqual([]);
  await before.store.stop();
  const after = await openHouse(dir);
  expect(await after.store.secrets.all()).toEqual([gate]);
});

it('without their key are left out, said so, and there again when it is back', async () => {
  const dir = makeDir();
  const before = await openHouse(dir);
  before.store.secrets.put(gate);
  await before.store.stop();
  const path = join(dir, 'secret.key');
  const key = readFileSync(path);
  rmSync(path);
  const without = await openHouse(dir);
  expect(await without.store.secrets.all()).toEqual([]);
  expect(without.complaints.splice(0).join()).toContain('a secret cannot be read');
  writeFileSync(path, key);
  expect(await without.store.secrets.all()).toEqual([gate]);
});

it('cannot be opened under another name, with another key, or when a bit of them differs', () => {
  const [dir, other] = [makeDir(), makeDir()];
  const sealed = new Seal(dir).seal('a', 'x');
  expect(new Seal(dir).open('a', sealed)).toBe('x');
  new Seal(other).seal('a', 'y');
  const bent = Buffer.from(sealed);
  bent[bent.length - 1] = (bent.at(-1) ?? 0) ^ 1;
  for (const open of [
    () => new Seal(dir).open('b', sealed),
    () => new Seal(other).open('a', sealed),
    () => new Seal(dir).open('a', bent),
    () => new Seal(makeDir()).open('a', sealed),
  ])
    expect(open).toThrow(expect.objectContaining({ code: 'store-sealed' }));
  expect(new Seal(dir).seal('a', 'x')).not.toEqual(sealed);
});

it('a key file that is none is refused, and nothing is sealed anew with it', () => {
  const dir = makeDir();
  writeFileSync(join(dir, 'secret.key'), 'short');
  expect(() => new Seal(dir).seal('a', 'x')).toThrow(expect.objectContaining({ code: 'store-sealed' }));
});

it('in calls that are under way are sealed too; without the key such a call is not repeated', async () => {
  const dir = makeDir();
  const before = await openHouse(dir);
  const call = { rule: 'r', run: 'n', at: 1, service: 'http', isIdempotent: true };
  const open = { ...call, id: 'a', request: '{"url":"plain-text"}', isSecret: false };
  const secret = { ...call, id: 'b', request: '{"url":"open-sesame"}', isSecret: true };
  before.store.calls.put(open);
  before.store.calls.put(secret);
  await before.committed();
  expect(holds(dir, 'open-sesame')).toEqual([]);
  expect(holds(dir, 'plain-text')).not.toEqual([]);
  await before.store.stop();
  const after = await openHouse(dir);
  expect(await after.store.calls.all()).toEqual([open, secret]);
  await after.store.stop();
  rmSync(join(dir, 'secret.key'));
  const without = await openHouse(dir);
  expect(await without.store.calls.all()).toEqual([
    open,
    { ...secret, request: 'null', isIdempotent: false },
  ]);
  expect(without.complaints.splice(0).join()).toContain('a call cannot be kept');
});
