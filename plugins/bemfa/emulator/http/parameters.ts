// What a caller of the HTTP API gave, in the query, a form or JSON: the cloud does not care which.
import { Buffer } from 'node:buffer';
import type { Account } from '../account.ts';
import { type Cloud, keyPattern } from '../cloud.ts';
import { fail } from '../errors.ts';
import { type TopicType, topicTypes } from '../topic.ts';

function parseBody(body: string): Record<string, unknown> {
  if (!body.trimStart().startsWith('{')) return Object.fromEntries(new URLSearchParams(body));
  try {
    return { ...JSON.parse(body) };
  } catch (error) {
    throw fail('bemfa-bad-parameters', 'the body is no JSON', { cause: error });
  }
}

export class Parameters {
  readonly #fields: ReadonlyMap<string, unknown>;

  constructor(query: URLSearchParams, body: string) {
    this.#fields = new Map(Object.entries({ ...Object.fromEntries(query), ...parseBody(body) }));
  }

  find(name: string): string | undefined {
    const value = this.#fields.get(name);
    if (typeof value === 'string') return value;
    return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
  }

  get(name: string): string {
    const value = this.find(name);
    if (value === undefined || value === '') throw fail('bemfa-bad-parameters', `"${name}" is missing`);
    return value;
  }

  /** A message: text as it is, anything else as JSON. */
  message(name: string): string {
    const value = this.#fields.get(name);
    if (value === undefined) throw fail('bemfa-bad-parameters', `"${name}" is missing`);
    return typeof value === 'string' ? value : JSON.stringify(value);
  }

  list(name: string): readonly unknown[] {
    const value = this.#fields.get(name);
    if (!Array.isArray(value)) throw fail('bemfa-bad-parameters', `"${name}" is no list`);
    return value;
  }

  type(): TopicType {
    const given = this.get('type');
    const type = topicTypes.find((known) => String(known) === given);
    if (type === undefined) throw fail('bemfa-bad-parameters', `"type" is 1, 3, 5 or 7, not "${given}"`);
    return type;
  }

  /** By its key as it is, or in base64 as the Home Assistant calls have it. */
  account(cloud: Cloud): Account {
    const given = this.find('uid') ?? this.get('openID');
    return cloud.get(keyPattern.test(given) ? given : Buffer.from(given, 'base64').toString());
  }
}
