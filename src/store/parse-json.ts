// JSON columns on their way back into typed values. Written by this house, still checked: files can be edited.
import { z } from 'zod';
import type { ClientFacts, Input, MessageInput, Trace } from '../rules/index.ts';
import { storeError } from './errors.ts';

type Command = Extract<Input, { kind: 'command' }>['command'];
type UserProperties = NonNullable<MessageInput['userProperties']>;

const command = z.discriminatedUnion('do', [
  z.object({
    do: z.literal('run'),
    rule: z.string(),
    run: z.string(),
    payload: z.unknown(),
    skipConditions: z.boolean(),
  }),
  z.object({ do: z.literal('cancel'), run: z.string() }),
]);

const userProperties = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

const clientFacts = z.object({
  user: z.string().exactOptional(),
  address: z.string(),
  listener: z.string(),
  protocol: z.string(),
  reason: z.string().exactOptional(),
});

const traceHead = z.looseObject({
  id: z.string(),
  rule: z.string(),
  version: z.number(),
  at: z.number(),
  status: z.string(),
  trigger: z.looseObject({ verb: z.string() }),
  conditions: z.array(z.unknown()),
  steps: z.array(z.unknown()),
});
const pathChanges = z.record(z.string(), z.number());

/** The parts that every reader relies on are checked; the rest is shown as it was written. */
const trace = z.custom<Trace>((value) => traceHead.safeParse(value).success, 'not a trace');

function parse<Out>(schema: z.ZodType<Out>, text: string): Out {
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw storeError('store-bad-row', `stored JSON cannot be read: ${text.slice(0, 80)}`, { cause });
  }
}

export function parseCommand(text: string): Command {
  const parsed = parse(command, text);
  return parsed.do === 'run' ? { ...parsed, payload: parsed.payload } : parsed;
}

export const parseUserProperties = (text: string): UserProperties => parse(userProperties, text);

export const parseClientFacts = (text: string): ClientFacts => parse(clientFacts, text);

export const parsePathChanges = (text: string): Readonly<Record<string, number>> => parse(pathChanges, text);

export const parseTrace = (text: string): Trace => parse(trace, text);
