// `homerule rule run … --dry-run`: what a rule, or a file, would do; nothing of it is done.
import { z } from 'zod';
import type { DryRunRequest, DryRunView, MissView, RunSummary, WouldBeView } from '../../../api/index.ts';
import { type ApiCall, segment } from '../../api-command.ts';
import { print, printJson } from '../../context.ts';
import { exitCodes, fail } from '../../errors.ts';
import { incompleteText } from '../../incomplete.ts';
import { problemLine } from '../../problems.ts';
import { asText, jsonOrText } from '../../spoken.ts';
import { isFile, readRuleTexts } from './rule-files.ts';

export const dryOptions = z.looseObject({
  message: z.string().optional(),
  trigger: z.coerce.number().int().optional(),
  input: z.coerce.number().int().optional(),
  payload: z.string().optional(),
  at: z.string().optional(),
  advance: z.string().optional(),
  skipConditions: z.boolean().optional(),
});

type Options = z.infer<typeof dryOptions>;

function triggerOf({ message, trigger, input, payload }: Options): DryRunRequest['trigger'] {
  if (message !== undefined) {
    const cut = message.indexOf('=');
    if (cut < 0) throw fail('wrong-usage', `--message takes TOPIC=PAYLOAD, not "${message}"`);
    return { message: { topic: message.slice(0, cut), payload: jsonOrText(message.slice(cut + 1)) } };
  }
  if (trigger !== undefined) return { index: trigger };
  if (input !== undefined) return { input };
  return payload === undefined ? undefined : { payload: jsonOrText(payload) };
}

/** `+2m0s publish lamp/set ON` */
function effectLine({ at, kind, topic, name, payload, text, refused }: WouldBeView, from: number): string {
  const seconds = `+${((at - from) / 1000).toFixed(3)}s`.padStart(12);
  const what = [kind, topic ?? name, payload === undefined ? text : asText(payload)]
    .filter(Boolean)
    .join(' ');
  return `${seconds} ${what}${refused === undefined ? '' : ` (refused: ${refused})`}`;
}

function missLine({ path, code, topic, value, wanted }: MissView): string {
  const was = value === undefined ? '' : ` ${asText(value)}`;
  return `  ${path}: ${topic}${was}: ${code}${wanted === undefined ? '' : `, wanted ${asText(wanted)}`}`;
}

/** What became of a run that waits at present: `run 01J… waits since 2026-03-02T21:04:00.000Z: superseded after 0 s` */
function metLine({ id, key, at, status, endedAt }: RunSummary, from: number): string {
  const whose = key === undefined ? '' : ` of ${key}`;
  const became = endedAt === undefined ? '' : `: ${status} after ${(endedAt - from) / 1000} s`;
  return `  run ${id}${whose} waits since ${new Date(at).toISOString()}${became}`;
}

function resultLines(view: DryRunView): string[] {
  const { at, outcome, reason, effects, met, misses, holds, runs, until, isCut, incomplete } = view;
  const failed = runs.flatMap(({ conditions, when }) =>
    when === undefined ? conditions : [when, ...conditions],
  );
  const waits = runs.filter(({ status }) => status === 'waiting');
  return [
    `would be ${outcome}${reason === undefined ? '' : ` (${reason})`}, in ${(until - at) / 1000} s`,
    ...met.map((run) => metLine(run, at)),
    ...effects.map((effect) => effectLine(effect, at)),
    ...failed
      .filter(({ result }) => result !== 'pass')
      .map(({ path, source }) => `  ${path} fails: ${source}`),
    ...runs.flatMap(({ error }) => (error === undefined ? [] : [`  ${error.code}: ${error.message}`])),
    ...misses.map(missLine),
    ...holds.map(({ about, due }) => `  held: ${about} until +${(due - at) / 1000} s`),
    ...waits.map(({ id }) => `  ${id} still waits`),
    ...(isCut ? ['  it would go on: no further is looked at'] : []),
    ...incomplete.map((why) => `  the past is not complete: ${incompleteText(why)}`),
  ];
}

function optionsOf({ options }: ApiCall): Options {
  const parsed = dryOptions.safeParse(options);
  if (parsed.success) return parsed.data;
  throw fail('wrong-usage', `--${parsed.error.issues[0]?.path.join('.')} takes a whole number`);
}

/** A file is a draft, anything else the id of a rule. Throws `file-missing`, `bad-input`. */
async function subjectOf(
  call: ApiCall,
  name: string,
): Promise<{ readonly id: string; readonly source?: string }> {
  if (!isFile(name)) return { id: name };
  const { checkRuleTexts } = await import('../../../api/index.ts');
  const texts = await readRuleTexts(call, [name]);
  const [only] = texts;
  if (only === undefined || texts.length > 1)
    throw fail('bad-input', `${name} holds ${texts.length} rules; a dry run is of one`);
  const [view] = checkRuleTexts([only.text]);
  const problem = view?.problems.find(({ severity }) => severity === 'error');
  if (view?.rule === undefined)
    throw fail(
      'bad-input',
      `${name} is no rule: ${problem === undefined ? '' : problemLine(problem, only.firstLine)}`,
    );
  return { id: view.rule.id, source: only.text };
}

export async function dryRunRule(call: ApiCall): Promise<number> {
  const options = optionsOf(call);
  const { id, source } = await subjectOf(call, call.args[0] ?? '');
  const trigger = triggerOf(options);
  const { at, advance, skipConditions } = options;
  const json: DryRunRequest = {
    ...(source !== undefined && { source }),
    ...(trigger !== undefined && { trigger }),
    ...(at !== undefined && { at }),
    ...(advance !== undefined && { advance }),
    ...(skipConditions !== undefined && { skipConditions }),
  };
  const path = `/rules/${segment(id)}/dry-run`;
  const view = await call.client.request<DryRunView>(path, { method: 'POST', json });
  if (call.isJson) printJson(call, view);
  else for (const line of resultLines(view)) print(call, line);
  return view.outcome === 'failed' ? exitCodes.failed : exitCodes.ok;
}
