// The OpenAPI 3.1 document, made from the route table.
import { z } from 'zod';
import { STATUS_CODES } from '../../base/index.ts';
import { openApiPath, paramNames } from '../path-template.ts';
import { problemType } from '../problem.ts';
import type { Route } from '../route.ts';
import { views } from './views.ts';

type Json = Readonly<Record<string, unknown>>;

const reference = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });

/** Every view and every JSON body, each once, referring to one another. */
function componentSchemas(routes: readonly Route[]): Json {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(views)) registry.add(schema, { id });
  for (const { body } of routes) if (body.schema !== undefined) registry.add(body.schema, { id: body.name });
  const made = z.toJSONSchema(registry, { io: 'input', uri: (id) => `#/components/schemas/${id}` });
  const schemas: Record<string, unknown> = {
    RuleDocument: { type: 'object', description: 'A rule document; see the language of rules' },
  };
  // Ours are referred to by where they stand, so $id and $schema would only be wrong bases.
  for (const [id, { $id: _id, $schema: _schema, ...schema }] of Object.entries(made.schemas))
    schemas[id] = schema;
  return schemas;
}

/** The schemas of a route's query parameters by name. */
export function queryProperties(route: Route): Json {
  return z.toJSONSchema(route.query, { io: 'input' }).properties ?? {};
}

function parameters(route: Route): Json[] {
  const inPath = paramNames(route.path).map((name) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const inQuery = Object.entries(queryProperties(route)).map(([name, schema]) => ({
    name,
    in: 'query',
    schema,
  }));
  return [...inPath, ...inQuery];
}

function requestBody(route: Route): Json {
  const { name, schema } = route.body;
  if (name === '') return {};
  const json = { 'application/json': { schema: reference(name) } };
  const content = schema === undefined ? { ...json, 'text/yaml': { schema: { type: 'string' } } } : json;
  return { requestBody: { content } };
}

function responses(route: Route): Json {
  const { status, view } = route.success;
  const content = view === undefined ? {} : { content: { 'application/json': { schema: reference(view) } } };
  return {
    [status]: { description: STATUS_CODES[status] ?? 'Success', ...content },
    default: {
      description: 'A problem (RFC 9457)',
      content: { [problemType]: { schema: reference('ProblemDocument') } },
    },
  };
}

function operation(route: Route): Json {
  return {
    tags: [route.tag],
    summary: route.summary,
    operationId: `${route.method} ${openApiPath(route.path)}`,
    parameters: parameters(route),
    ...requestBody(route),
    responses: responses(route),
  };
}

export function openApiDocument(routes: readonly Route[], version: string): Json {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const path = openApiPath(route.path);
    paths[path] = { ...paths[path], [route.method]: operation(route) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Homerule', version },
    servers: [{ url: '/api/v1' }],
    paths,
    components: { schemas: componentSchemas(routes) },
  };
}
