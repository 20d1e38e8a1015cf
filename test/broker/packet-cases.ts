// The cases of test/cases/packets: read, checked, and what each expects of one protocol version.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Version } from './packet-notation.ts';
import type { Outcome } from './wire-probe.ts';

const versionSchema = z.union([z.literal(3), z.literal(4), z.literal(5)]);

const caseSchema = z.strictObject({
  name: z.coerce.string(),
  /** Rows of the list of bad input that it covers. */
  rows: z.array(z.string().regex(/^B\d+$/)).default([]),
  versions: z.array(versionSchema).default([3, 4, 5]),
  send: z.string(),
  expect: z.string(),
  /** Why mosquitto decides otherwise, for all versions or for some. */
  mosquitto: z.union([z.string(), z.record(z.string(), z.string())]).optional(),
});

export type PacketCase = z.infer<typeof caseSchema>;

const folder = new URL('../cases/packets/', import.meta.url);

function read(file: string): unknown {
  return parse(readFileSync(new URL(file, folder), 'utf8'));
}

export const caseFiles = ['connect', 'publish', 'subscribe'] as const;

export function casesOf(file: (typeof caseFiles)[number]): PacketCase[] {
  return z.array(caseSchema).parse(read(`${file}.yaml`));
}

export function expectedOf({ expect }: PacketCase, version: Version): Outcome {
  const [kind = '', code = '', returnCode] = expect.split(' ');
  if (kind === 'disconnected') return version === 5 ? `disconnect ${code}` : 'closed';
  if (kind !== 'refused') return expect;
  if (version === 5) return `connack ${code}`;
  return returnCode === undefined ? 'closed' : `connack 0x0${returnCode}`;
}

/** Why mosquitto may decide otherwise here; undefined when both must agree. */
export function mosquittoExcuse({ mosquitto }: PacketCase, version: Version): string | undefined {
  return typeof mosquitto === 'object' ? mosquitto[`${version}`] : mosquitto;
}

/** Why mosquitto may decide otherwise in a generated case. */
export function propertyExcuses(): Readonly<Record<string, string>> {
  return z.record(z.string(), z.string()).parse(read('mosquitto-properties.yaml'));
}

/** The tests that cover each row of the list of bad input: `cases`, or files beside this one. */
export function rowsCovered(): Readonly<Record<string, readonly string[]>> {
  return z.record(z.string().regex(/^B\d+$/), z.array(z.string()).min(1)).parse(read('rows.yaml'));
}
