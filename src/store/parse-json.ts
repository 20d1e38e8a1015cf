// JSON columns on their way back into typed values. Written by this house, still checked: files can be edited.
import { z } from 'zod';
import type { Trace } from '../rules/index.ts';
import type { JsonColumns } from './chunk-reader.ts';
import { storeError } from './errors.ts';

const command = z.discriminatedUnion('do', [
  z.object({
    do: z.literal('run'),
    rule: z.string(),
    run: z.string(),
    payload: z.unknown().optional(),
    skipConditions: z.boolean(),
    answers: z.string().optional(),
  }),
  z.object({ do: z.literal('cancel'), run: z.string() }),
  z.object({ do: z.enum(['enable', 'disable']), rule: z.string() }),
]);

/** Of these, what they hold was checked before it became an input. */
const houseCommandHead = z.looseObject({ do: z.enum(['set', 'device', 'variable']) });
const houseCommand = z.custom<HouseCommand>((value) => houseCommandHead.safeParse(value).success);

const origins = z.enum(['client', 'rule', 'bridge', 'flow', 'api']);
const commandSource = z.looseObject({
  origin: origins.optional(),
  depth: z.number().optional(),
  cause: z.string().optional(),
});

type CommandFields = ReturnType<JsonColumns['command']>;
type Command = CommandFields['command'];
type HouseCommand = Extract<Command, { readonly do: 'set' | 'device' | 'variable' }>;
type SignalFields = ReturnType<JsonColumns['signal']>;
type AnswerFields = ReturnType<JsonColumns['answer']>;

const signalHead = z.looseObject({
  signal: z.enum(['client', 'device', 'event', 'rule', 'webhook']),
  name: z.string(),
  origin: origins,
  by: z.string(),
  depth: z.number(),
});
const signal = z.custom<SignalFields>((value) => signalHead.safeParse(value).success, 'not a signal');

const answer = z.object({
  call: z.string(),
  answer: z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), value: z.unknown().optional() }),
    z.object({ ok: z.literal(false), code: z.string(), message: z.string() }),
  ]),
  asked: z.object({ rule: z.string(), at: z.number(), digest: z.string() }).optional(),
});

const userProperties = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

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
const numbersByName = z.record(z.string(), z.number());

const texts = z.array(z.string());

/** The parts that every reader relies on are checked; the rest is shown as it was written. */
const trace = z.custom<Trace>((value) => traceHead.safeParse(value).success, 'not a trace');

function parse<Out>(schema: z.ZodType<Out>, text: string): Out {
  return check(schema, () => JSON.parse(text) as unknown, text);
}

/** `text` for the words. */
function check<Out>(schema: z.ZodType<Out>, read: () => unknown, text: string): Out {
  try {
    return schema.parse(read());
  } catch (cause) {
    throw storeError('store-bad-row', `stored JSON cannot be read: ${text.slice(0, 80)}`, { cause });
  }
}

/** Command and source are fields of one object. */
function parseCommand(text: string): CommandFields {
  const { origin, depth, cause, ...fields } = parse(commandSource, text);
  const source = {
    // Of a run by a rule, older journals say nothing.
    ...(origin !== undefined ? { origin } : cause !== undefined && { origin: 'rule' as const }),
    ...(depth !== undefined && { depth }),
    ...(cause !== undefined && { cause }),
  };
  const parsed = check(z.union([command, houseCommand]), () => fields, text);
  if (parsed.do !== 'run') return { command: parsed, ...source };
  const { answers, ...run } = parsed;
  const what = { ...run, payload: run.payload };
  return { command: answers === undefined ? what : { ...what, answers }, ...source };
}

function parseAnswer(text: string): AnswerFields {
  const { call, answer: given, asked } = parse(answer, text);
  const said = given.ok ? ({ ok: true, value: given.value } as const) : given;
  return asked === undefined ? { call, answer: said } : { call, answer: said, asked };
}

/** Those of the journal. */
export const checkedColumns: JsonColumns = {
  command: parseCommand,
  userProperties: (text) => parse(userProperties, text),
  signal: (text) => parse(signal, text),
  answer: parseAnswer,
};

export const parseNumbersByName = (text: string): Readonly<Record<string, number>> =>
  parse(numbersByName, text);

export const parseTexts = (text: string): readonly string[] => parse(texts, text);

export const parseTrace = (text: string): Trace => parse(trace, text);
