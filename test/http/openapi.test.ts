// The OpenAPI document and the readable page: every route is in both, and every reference leads somewhere.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openApiPath, paramNames } from '../../src/http/path-template.ts';
import { routeTable } from '../../src/http/route-table.ts';
import { ask, type HttpHouse, jsonOf, startHttpHouse } from '../support/http-house.ts';

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[];
  readonly requestBody?: { readonly content: Record<string, unknown> };
  readonly responses: Record<string, unknown>;
}

interface Document {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, unknown> };
}

let house: HttpHouse;
let document: Document;

beforeAll(async () => {
  house = await startHttpHouse();
  document = jsonOf(await ask(house, '/api/v1/openapi.json')) as unknown as Document;
});

afterAll(() => house.stop());

function references(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    key === '$ref' && typeof child === 'string' ? [child] : references(child),
  );
}

test('it is OpenAPI 3.1 of this version', () => {
  expect(document.openapi).toBe('3.1.0');
  expect(document.info).toEqual({ title: 'Homerule', version: '0.1.0' });
});

test('its operations are exactly the routes', () => {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  );
  const routes = routeTable.map(({ method, path }) => `${method} ${openApiPath(path)}`);
  expect(operations.toSorted()).toEqual(routes.toSorted());
  expect(new Set(routes).size).toBe(routes.length);
});

test('every operation says what it takes and answers', () => {
  const ids = new Set<string>();
  for (const route of routeTable) {
    const operation = document.paths[openApiPath(route.path)]?.[route.method];
    const inPath = operation?.parameters.filter((parameter) => parameter.in === 'path') ?? [];
    expect(inPath.map(({ name }) => name)).toEqual(paramNames(route.path));
    expect(inPath.every(({ required }) => required === true)).toBe(true);
    expect(operation?.summary).not.toBe('');
    expect(Object.keys(operation?.responses ?? {})).toEqual([String(route.success.status), 'default']);
    expect(operation?.requestBody === undefined).toBe(route.body.name === '');
    ids.add(operation?.operationId ?? '');
  }
  expect(ids.size).toBe(routeTable.length);
});

test('every reference leads to a schema', () => {
  const known = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`);
  const used = references(document);
  expect(used.length).toBeGreaterThan(50);
  expect(used.filter((reference) => !known.includes(reference))).toEqual([]);
});

test('queries and bodies are described', () => {
  const runs = document.paths['/runs']?.['get'];
  expect(runs?.parameters.map(({ name }) => name)).toEqual([
    'limit',
    'cursor',
    'outcome',
    'reason',
    'device',
    'from',
    'to',
    'rule',
  ]);
  const create = document.paths['/rules']?.['post'];
  expect(Object.keys(create?.requestBody?.content ?? {})).toEqual(['application/json', 'text/yaml']);
  expect(document.components.schemas['PublishRequest']).toMatchObject({
    type: 'object',
    required: ['topic', 'payload'],
    additionalProperties: false,
  });
});

test('the readable page has every route and no script', async () => {
  const answer = await ask(house, '/api/docs');
  expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
  const page = answer.body.toString();
  for (const { method, path } of routeTable) {
    expect(page).toContain(`<code>${method.toUpperCase()} ${openApiPath(path)}</code>`);
  }
  expect(page).not.toContain('<script');
});
