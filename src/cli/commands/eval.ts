// `homerule eval`: what an expression gives; of a running house, or here for the JSON of a file.
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { EvaluateView } from '../../api/index.ts';
import { HomeruleError, messageOf } from '../../base/index.ts';
import { type ApiCall, apiCommand } from '../api-command.ts';
import { print, printJson, remark } from '../context.ts';
import { exitCodes, fail } from '../errors.ts';
import { problemLine } from '../problems.ts';

const optionsSchema = z.looseObject({ input: z.string().optional(), url: z.string().optional() });

async function readInput(call: ApiCall, file: string): Promise<unknown> {
  let written: string;
  try {
    written = file === '-' ? await text(call.stdin) : await readFile(file, 'utf8');
  } catch (error) {
    throw fail('file-missing', `${file} cannot be read: ${messageOf(error)}`, { cause: error });
  }
  try {
    return JSON.parse(written);
  } catch (error) {
    throw fail('bad-input', `${file} is no JSON: ${messageOf(error)}`, { cause: error });
  }
}

async function here(call: ApiCall, expression: string, input: unknown): Promise<EvaluateView> {
  const { evaluateValue } = await import('../../api/index.ts');
  return evaluateValue(expression, input, call.clock.now());
}

/** Without a house to ask the expression still has a value, for nothing as its input. */
async function ofHouse(call: ApiCall, expression: string, url: string | undefined): Promise<EvaluateView> {
  try {
    const json = { expression };
    return await call.client.request<EvaluateView>('/expressions/evaluate', { method: 'POST', json });
  } catch (error) {
    const isAbsent = error instanceof HomeruleError && error.code === 'not-running';
    if (!isAbsent || url !== undefined) throw error;
    remark(call, 'homerule: no Homerule is running: evaluated without its state');
    return here(call, expression, undefined);
  }
}

function printView(call: ApiCall, { problems, error, type, value }: EvaluateView): void {
  for (const problem of problems) remark(call, problemLine(problem));
  if (error !== undefined) remark(call, `homerule: ${error.code} at ${error.position}: ${error.message}`);
  else if (type === 'missing') remark(call, 'homerule: no value');
  else if (type === 'function') remark(call, 'homerule: a function, which is no value');
  else if (type !== undefined) print(call, JSON.stringify(value));
}

async function evaluate(call: ApiCall): Promise<number> {
  const { input, url } = optionsSchema.parse(call.options);
  const expression = call.args[0] ?? '';
  const view =
    input === undefined
      ? await ofHouse(call, expression, url)
      : await here(call, expression, await readInput(call, input));
  if (call.isJson) printJson(call, view);
  else printView(call, view);
  return view.type === undefined || view.type === 'function' ? exitCodes.failed : exitCodes.ok;
}

export const evalCommand = apiCommand({
  name: 'eval',
  about: 'print what an expression gives, as JSON',
  example: `homerule eval "$state('home/kitchen/lux') < 10"\nhomerule eval 'rows[celsius > 28].room' --input readings.json`,
  declare: (command) =>
    void command
      .argument('<expression>')
      .option(
        '--input <file>',
        'evaluate the JSON of this file (- is the standard input); no house is asked',
      ),
  run: evaluate,
});
