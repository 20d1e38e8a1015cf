// `homerule eval`: with the JSON of a file it needs no house; otherwise the running one answers.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HttpHouse, startHttpHouse } from '../support/http-house.ts';
import { invoke } from './invoke.ts';

describe('homerule eval', () => {
  let folder = '';
  let input = '';
  let house: HttpHouse;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'homerule-eval-'));
    input = join(folder, 'readings.json');
    writeFileSync(input, '{"rows":[{"room":"hall","celsius":31},{"room":"bath","celsius":21}]}');
    house = await startHttpHouse();
  });

  afterAll(async () => {
    await house.stop();
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['rows[celsius > 28].room', '"hall"\n'],
    ['$sum(rows.celsius)', '52\n'],
    ['{"n": $count(rows)}', '{"n":2}\n'],
    ['null', 'null\n'],
  ])('%s of a file is %s', async (expression, out) => {
    expect(await invoke(['eval', expression, '--input', input])).toEqual({ code: 0, out, err: '' });
  });

  it('reads the standard input', async () => {
    expect(await invoke(['eval', '$ * 2', '--input', '-'], '21')).toEqual({ code: 0, out: '42\n', err: '' });
  });

  it.each([
    ['rows[', 1, '', /^document S0203 1:6 /],
    ['rows.room + 1', 1, '', /^homerule: T2001 at 11: /],
    ['$sum', 1, '', /^homerule: a function/],
    ['nothing', 0, '', /^homerule: no value\n$/],
  ])('%s ends with %i', async (expression, code, out, err) => {
    expect(await invoke(['eval', expression, '--input', input])).toEqual({
      code,
      out,
      err: expect.stringMatching(err),
    });
  });

  it('says which file is missing or no JSON', async () => {
    const bad = join(folder, 'bad.json');
    writeFileSync(bad, '{x');
    expect(await invoke(['eval', '1', '--input', bad])).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^homerule: bad-input: .*bad\.json is no JSON/),
    });
    expect(await invoke(['eval', '1', '--input', join(folder, 'absent')])).toMatchObject({
      code: 1,
      err: expect.stringContaining('file-missing'),
    });
  });

  it('prints all there is for programs', async () => {
    const { code, out } = await invoke(['eval', 'rows[0].celsius > 28', '--input', input, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      value: true,
      type: 'boolean',
      problems: [],
      parts: expect.arrayContaining([expect.objectContaining({ source: 'rows[0].celsius', value: 31 })]),
    });
  });

  it('asks the running house', async () => {
    expect(await invoke(['eval', '1 + 2', '--data', house.folder])).toEqual({ code: 0, out: '3\n', err: '' });
    expect(house.api.calls.at(-1)).toMatchObject({
      what: 'expressions.evaluate',
      args: [{ expression: '1 + 2' }],
    });
  });

  it('never asks for secrets', async () => {
    expect(await invoke(['eval', '$secret("a") = "b"', '--input', input])).toMatchObject({
      code: 1,
      err: expect.stringContaining('secret-exposed'),
    });
  });

  it('says so when there is none, and evaluates without state; at a given address that is an error', async () => {
    expect(await invoke(['eval', '1 + 2', '--data', folder])).toEqual({
      code: 0,
      out: '3\n',
      err: expect.stringContaining('no Homerule is running'),
    });
    expect(await invoke(['eval', '1', '--url', 'http://127.0.0.1:9'])).toMatchObject({ code: 3 });
  });
});
