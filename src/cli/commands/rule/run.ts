// `homerule rule run`: wakes a rule by hand and tells what came of it.
import { z } from 'zod';
import type { RunView, TraceEffect, TraceStep } from '../../../api/index.ts';
import { type ApiCall, apiCommand, segment } from '../../api-command.ts';
import { print, printJson } from '../../context.ts';
import { exitCodes, fail } from '../../errors.ts';
import { jsonOrText } from '../../spoken.ts';
import { dryRunRule } from './dry-run.ts';

const options = z.looseObject({
  payload: z.string().optional(),
  skipConditions: z.boolean().optional(),
  dryRun: z.boolean().default(false),
});

function effectLine(effect: TraceEffect): string {
  if (effect.kind === 'log') return `    log ${effect.text ?? ''}`;
  const payload = typeof effect.payload === 'string' ? effect.payload : JSON.stringify(effect.payload);
  const refused = effect.refused === undefined ? '' : ` (refused: ${effect.refused})`;
  return `    ${effect.kind} ${effect.topic ?? ''} ${payload ?? ''}${refused}`;
}

function stepLines(step: TraceStep): string[] {
  const result = step.result === undefined ? '' : `: ${step.result}`;
  const error = step.error === undefined ? '' : `: ${step.error.code}: ${step.error.message}`;
  return [`  ${step.path} ${step.verb}${result}${error}`, ...(step.effects ?? []).map(effectLine)];
}

function runLines(run: RunView): string[] {
  const reason = run.reason === undefined ? '' : ` (${run.reason})`;
  const failed = run.conditions.filter(({ result }) => result !== 'pass');
  return [
    `run ${run.id} ${run.status}${reason}`,
    ...failed.map(({ path, source, result }) => `  ${path} ${result ?? 'not evaluated'}: ${source}`),
    ...run.steps.flatMap(stepLines),
    ...(run.error === undefined ? [] : [`  ${run.error.code}: ${run.error.message}`]),
  ];
}

async function runRule(call: ApiCall): Promise<number> {
  const { payload, skipConditions, dryRun } = options.parse(call.options);
  if (dryRun) return dryRunRule(call);
  const path = `/rules/${segment(call.args[0] ?? '')}/run`;
  const json = {
    ...(payload === undefined ? {} : { payload: jsonOrText(payload) }),
    ...(skipConditions === true ? { skipConditions } : {}),
  };
  const run = await call.client.request<RunView>(path, { method: 'POST', json });
  if (run === undefined) throw fail('bad-answer', 'the server did not say what came of the run');
  if (call.isJson) printJson(call, run);
  else for (const line of runLines(run)) print(call, line);
  return run.status === 'failed' ? exitCodes.failed : exitCodes.ok;
}

export const runCommand = apiCommand({
  name: 'rule run',
  about: 'run a rule now, or say what it would do',
  example: `homerule rule run hallway-night-light --payload '{"occupancy":true}'`,
  declare: (command) =>
    void command
      .argument('<id-or-file>')
      .option('--payload <value>', 'JSON or text; becomes `payload` of the run')
      .option('--skip-conditions', 'run although the conditions do not hold')
      .option('--dry-run', 'only say what it would do; a file is a draft')
      .option('--message <topic=payload>', 'dry: a message wakes it')
      .option('--trigger <number>', 'dry: the time of this trigger comes, or its latest message again')
      .option('--input <number>', 'dry: an input of the journal wakes it, then')
      .option('--at <time>', 'dry: in the house as it was at 21:04, -2h, or ISO 8601')
      .option('--advance <duration>', 'dry: so long time goes on for all its triggers'),
  run: runRule,
});
