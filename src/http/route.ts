// One row of the route table, and what its handler gets and gives. Handlers know neither express nor sockets.
import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import type { Actor, Api, Credentials, EntryApi } from '../api/index.ts';
import { type BodyReader, firstOf, noBody, problemsOf } from './body.ts';
import { httpError } from './errors.ts';
import type { ViewName } from './openapi/views.ts';
import type { ParamName } from './path-template.ts';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** An answer that is made while it is sent, as fast as it is taken; left alone when whoever asked is gone. */
export interface Export {
  readonly type: string;
  /** Of the file that it may become. */
  readonly name: string;
  readonly texts: AsyncIterable<string>;
}

/** An answer before it becomes bytes. `body` is sent as JSON, `yaml` as it is, `export` bit by bit; none: nothing. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly yaml?: string;
  readonly export?: Export;
}

/** What the adapter knows of a request, not yet checked against the route. */
export interface RawCall {
  readonly api: Api;
  readonly actor: Actor;
  readonly entry: EntryApi;
  readonly credentials: Credentials;
  /** Over TLS. */
  readonly isSecure: boolean;
  readonly headers: IncomingHttpHeaders;
  readonly query: unknown;
  readonly bodyText: string;
  /** Whether YAML is wanted rather than JSON. */
  readonly wantsYaml: boolean;
  param(name: string): string;
  /** Aborted when whoever asked hangs up before the answer is sent. */
  gone(): AbortSignal;
}

export interface Call<Path extends string, Query, Body> extends Omit<RawCall, 'query' | 'param'> {
  readonly query: Query;
  readonly body: Body;
  param(name: ParamName<Path>): string;
}

export interface RouteDefinition<Path extends string, Query, Body> {
  readonly method: Method;
  readonly path: Path;
  readonly tag: string;
  readonly summary: string;
  readonly query: z.ZodType<Query>;
  readonly body: BodyReader<Body>;
  /** Status and shape of success. */
  readonly success: { readonly status: number; readonly view?: ViewName };
  handle(call: Call<Path, Query, Body>): Promise<Reply> | Reply;
}

/** A row of the table: the definition without the types of its parts. */
export interface Route extends Omit<RouteDefinition<string, unknown, unknown>, 'handle'> {
  handle(call: RawCall): Promise<Reply> | Reply;
}

/** For routes that take neither query nor body: `route({ ...noInput, … })`. */
export const noInput = { query: z.strictObject({}), body: noBody } as const;

function readQuery<Query>(schema: z.ZodType<Query>, query: unknown): Query {
  const parsed = schema.safeParse(query);
  if (parsed.success) return parsed.data;
  const problems = problemsOf(parsed.error);
  throw httpError('bad-query', `the query is wrong: ${firstOf(problems)}`, { details: { problems } });
}

/** Types a handler by its path, query and body, and hides those types from the table. */
export function route<const Path extends string, Query, Body>(
  definition: RouteDefinition<Path, Query, Body>,
): Route {
  return {
    ...definition,
    handle: (raw) =>
      definition.handle({
        ...raw,
        query: readQuery(definition.query, raw.query),
        body: definition.body.read(raw.bodyText),
      }),
  };
}

export const ok = (body: unknown): Reply => ({ status: 200, body });

export const noContent: Reply = { status: 204 };
