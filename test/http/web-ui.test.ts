// The built UI: compressed copies, cache headers, the start page, and no way out of its folder.
import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, type HttpHouse, startHttpHouse } from '../support/http-house.ts';

const script = 'console.log("家")'.repeat(50);
const index = '<!doctype html><title>Homerule</title>';
const html = { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
let house: HttpHouse;
let parent: string;

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'homerule-web-'));
  const webDir = join(parent, 'dist');
  await mkdir(join(webDir, 'assets'), { recursive: true });
  await writeFile(join(parent, 'secret.txt'), 'secret');
  await symlink(join(parent, 'secret.txt'), join(webDir, 'link.txt'));
  await writeFile(join(webDir, 'index.html'), index);
  await writeFile(join(webDir, 'favicon.svg'), '<svg/>');
  const asset = join(webDir, 'assets', 'index-Ab3_9xYz.js');
  await writeFile(asset, script);
  await writeFile(`${asset}.br`, brotliCompressSync(script));
  await writeFile(`${asset}.gz`, gzipSync(script));
  house = await startHttpHouse({ webDir });
});

afterAll(async () => {
  await house.stop();
  await rm(parent, { recursive: true, force: true });
});

describe('an asset', () => {
  const path = '/assets/index-Ab3_9xYz.js';
  const plain = (body: Buffer): string => body.toString();
  test.each<[string, string | undefined, (body: Buffer) => string]>([
    ['br, gzip', 'br', (body) => brotliDecompressSync(body).toString()],
    ['gzip, deflate, br, zstd', 'br', (body) => brotliDecompressSync(body).toString()],
    ['gzip', 'gzip', (body) => gunzipSync(body).toString()],
    ['br;q=0, gzip', 'gzip', (body) => gunzipSync(body).toString()],
    ['identity', undefined, plain],
    ['', undefined, plain],
  ])('with Accept-Encoding "%s" comes as %s', async (accepted, encoding, decode) => {
    const answer = await ask(house, path, { headers: { 'Accept-Encoding': accepted } });
    expect(answer.status).toBe(200);
    expect(answer.headers['content-encoding']).toBe(encoding);
    expect(answer.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(answer.headers.vary).toBe('Accept-Encoding');
    expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(decode(answer.body)).toBe(script);
  });

  test('that is known already is 304', async () => {
    const { headers } = await ask(house, path);
    const again = await ask(house, path, { headers: { 'If-None-Match': String(headers.etag) } });
    expect(again.status).toBe(304);
  });

  test('that is missing is a problem, not the start page', async () => {
    const answer = await ask(house, '/assets/index-00000000.js', { headers: html });
    expect(answer.status).toBe(404);
  });

  test('whose name does not change is asked for again', async () => {
    const { headers } = await ask(house, '/favicon.svg');
    expect(headers['cache-control']).toBe('no-cache');
  });

  test('cannot be asked for by its compressed name', async () => {
    expect((await ask(house, `${path}.br`)).status).toBe(404);
  });
});

describe('the start page', () => {
  test.each([
    ['/', {}],
    ['/index.html', html],
    ['/rules/fan', html],
    ['/rules/fan', {}],
    ['/topics/home%2Fa.b', html],
  ])('is at %s (%j)', async (path, headers) => {
    const answer = await ask(house, path, { headers });
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.body.toString()).toBe(index);
  });

  test.each([
    ['GET', '/robots.txt', {}],
    ['GET', '/api', html],
    ['GET', '/api/v1/nothing', html],
    ['GET', '/hooks/a/b', html],
    ['GET', '/plugins/', html],
    ['GET', '/red', html],
    ['GET', '/mqtt', html],
    ['GET', '/rules', { Accept: 'application/json' }],
    ['POST', '/rules', html],
  ])('is not at %s %s (%j)', async (method, path, headers) => {
    const answer = await ask(house, path, { method, headers });
    expect(answer.status).toBe(404);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  });
});

test.each([
  '/../secret.txt',
  '/%2e%2e%2fsecret.txt',
  '/%2e%2e/secret.txt',
  '/..%2fsecret.txt',
  '/..%5csecret.txt',
  '/..%5c..%5csecret.txt',
  '/assets/..%2f..%2fsecret.txt',
  '/assets/../../secret.txt',
  '/assets/%2e%2e/%2e%2e/secret.txt',
  '/%252e%252e%252fsecret.txt',
  '/%c0%ae%c0%ae/secret.txt',
  '/secret.txt%00.js',
  '/assets/index-Ab3_9xYz.js%00',
  '//secret.txt',
  '/link.txt',
  `/${'a/'.repeat(40)}../secret.txt`,
  '/%',
])('%s leads nowhere', async (path) => {
  const answer = await ask(house, path);
  expect([400, 404]).toContain(answer.status);
  expect(answer.body.toString()).not.toMatch(/^secret/);
});

test('without a build a page says how to make one, and a build is seen without a restart', async () => {
  const bare = await startHttpHouse();
  try {
    const page = await ask(bare, '/', { headers: html });
    expect(page.status).toBe(503);
    expect(page.body.toString()).toContain('npm run build');
    await mkdir(bare.webDir);
    await writeFile(join(bare.webDir, 'index.html'), 'one');
    expect((await ask(bare, '/')).body.toString()).toBe('one');
    await writeFile(join(bare.webDir, 'app.js'), 'two');
    await utimes(join(bare.webDir, 'index.html'), 1, 2);
    expect((await ask(bare, '/app.js')).status).toBe(404);
    await ask(bare, '/');
    expect((await ask(bare, '/app.js')).body.toString()).toBe('two');
  } finally {
    await bare.stop();
  }
});
