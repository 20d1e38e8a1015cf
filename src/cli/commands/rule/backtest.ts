// `homerule rule backtest`: what a rule, or a draft in a file, would have done over what the house recorded.
import { existsSync } from 'node:fs';
import { z } from 'zod';
import type { BacktestFiringView, BacktestRequest, BacktestView } from '../../../api/index.ts';
import { HomeruleError } from '../../../base/index.ts';
import { type ApiCall, apiCommand, segment } from '../../api-command.ts';
import { print, printJson } from '../../context.ts';
import { exitCodes, fail } from '../../errors.ts';
import { incompleteLine } from '../../incomplete.ts';
import { counted } from '../../spoken.ts';
import { tableLines } from '../../table.ts';
import { readRuleTexts } from './rule-files.ts';

const options = z.looseObject({
  from: z.string().default('-7d'),
  to: z.string().optional(),
  against: z.string().optional(),
  version: z.string().optional(),
  window: z.string().optional(),
});

const event = z.union([
  z.object({ progress: z.number() }),
  z.object({ result: z.custom<BacktestView>((value) => typeof value === 'object' && value !== null) }),
  z.object({ error: z.object({ code: z.string(), detail: z.string() }) }),
]);

const barWidth = 30;
const mostShown = 40;
const longestShown = 60;

/** The rule that is asked about: by its id, or a draft. */
async function subjectOf(call: ApiCall): Promise<{ readonly id: string; readonly source?: string }> {
  const [name = ''] = call.args;
  if (name !== '-' && !existsSync(name)) return { id: name };
  const [first, ...others] = await readRuleTexts(call, [name]);
  if (first === undefined || others.length > 0)
    throw fail('wrong-usage', `${name} holds ${others.length + (first ? 1 : 0)} rules, expected one`);
  const { checkRuleTexts } = await import('../../../api/index.ts');
  const [checked] = checkRuleTexts([first.text]);
  const id = checked?.rule?.id;
  if (id === undefined)
    throw fail('wrong-usage', `${name} is no rule that can run; see \`homerule rule check ${name}\``);
  return { id, source: first.text };
}

const versionOf = (text: string, flag: string): number => {
  const version = Number(text);
  if (Number.isInteger(version) && version > 0) return version;
  throw fail('wrong-usage', `${flag}: "${text}" is no version`);
};

function againstOf(text: string): NonNullable<BacktestRequest['against']> {
  return text === 'current' || text === 'off' ? text : versionOf(text, '--against');
}

function requestOf(call: ApiCall, source: string | undefined): BacktestRequest {
  const { from, to, against, version, window } = options.parse(call.options);
  return {
    from,
    ...(to !== undefined && { to }),
    ...(source !== undefined && { source }),
    ...(version !== undefined && { version: versionOf(version, '--version') }),
    ...(against !== undefined && { against: againstOf(against) }),
    ...(window !== undefined && { window }),
  };
}

/** To a person who looks on. */
function showsProgress({ isJson, stderr }: ApiCall): boolean {
  return !isJson && Reflect.get(stderr, 'isTTY') === true;
}

function showProgress(call: ApiCall, share: number): void {
  if (!showsProgress(call)) return;
  const done = Math.round(share * barWidth);
  const bar = `${'#'.repeat(done)}${'.'.repeat(barWidth - done)}`;
  call.stderr.write(`\r[${bar}] ${Math.round(share * 100)} %`);
}

async function resultOf(call: ApiCall): Promise<BacktestView> {
  const { id, source } = await subjectOf(call);
  const request = { method: 'POST', json: requestOf(call, source) } as const;
  for await (const line of call.client.lines(`/rules/${segment(id)}/backtest`, request)) {
    const told = event.parse(line);
    if ('result' in told) return told.result;
    if ('error' in told) throw new HomeruleError(told.error.code, 'unavailable', told.error.detail);
    showProgress(call, told.progress);
  }
  throw fail('bad-answer', 'the backtest ended without a result');
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > longestShown ? `${text.slice(0, longestShown - 1)}…` : text;
}

function effectText({ effects }: BacktestFiringView): string {
  const [first, ...others] = effects;
  if (first === undefined) return '';
  const { kind, topic, name, payload, text } = first;
  const what = [kind, topic ?? name ?? '', text ?? (payload === undefined ? '' : shown(payload))];
  return `${what.filter((word) => word !== '').join(' ')}${others.length > 0 ? ` (+${others.length})` : ''}`;
}

function rowOf(firing: BacktestFiringView): readonly string[] {
  const { at, trigger, outcome, reason } = firing;
  const woken = [trigger.verb, trigger.topic ?? trigger.device ?? '', shown(trigger.payload ?? '')];
  const end = reason === undefined ? outcome : `${outcome} (${reason})`;
  return [new Date(at).toISOString(), woken.filter((word) => word !== '').join(' '), end, effectText(firing)];
}

function printFirings(
  call: ApiCall,
  title: string,
  firings: readonly BacktestFiringView[],
  count: number,
): void {
  if (count === 0) return;
  print(call, `\n${title}: ${count}`);
  const rows = firings.slice(0, mostShown).map(rowOf);
  for (const line of tableLines(['AT', 'WOKEN BY', 'OUTCOME', 'EFFECTS'], rows)) print(call, `  ${line}`);
  if (count > rows.length) print(call, `  … and ${count - rows.length} more; --json lists them`);
}

function printResult(call: ApiCall, view: BacktestView): void {
  const { rule, version, from, to, messages, fired, effects, seconds, outcomes, difference, agreement } =
    view;
  const which = version === 0 ? 'draft' : `version ${version}`;
  print(call, `${rule}, ${which}: ${new Date(from).toISOString()} to ${new Date(to).toISOString()}`);
  print(
    call,
    `${counted(messages, 'message')} in ${seconds} s; it would have run ${counted(fired, 'time')} with ${counted(effects, 'effect')}`,
  );
  const counts = Object.entries(outcomes).map(([outcome, count]) => `${outcome} ${count}`);
  if (counts.length > 0) print(call, `outcomes: ${counts.join(', ')}`);
  if (difference === undefined) printFirings(call, 'runs', view.firings, fired);
  else {
    const { added, removed, changed, counts: differ } = difference;
    const against = view.against === 'off' ? 'the house without it' : `version ${view.against}`;
    print(call, `against ${against}: +${differ.added} −${differ.removed} ~${differ.changed}`);
    printFirings(call, 'added', added, differ.added);
    printFirings(call, 'removed', removed, differ.removed);
    printFirings(
      call,
      'changed',
      changed.map(({ after }) => after),
      differ.changed,
    );
  }
  const { matched, contradicted, missed } = agreement;
  if (matched + contradicted + missed > 0)
    print(
      call,
      `\ndone by hand: ${matched} as the rule would, ${contradicted} against it, ${missed} without it`,
    );
  for (const one of view.incomplete) print(call, `incomplete: ${incompleteLine(one)}`);
}

async function backtest(call: ApiCall): Promise<number> {
  const view = await resultOf(call);
  if (showsProgress(call)) call.stderr.write('\r\u001b[K');
  if (call.isJson) printJson(call, view);
  else printResult(call, view);
  return exitCodes.ok;
}

export const backtestCommand = apiCommand({
  name: 'rule backtest',
  about: 'what a rule, or a draft in a file, would have done over what the house recorded',
  example: 'homerule rule backtest hallway-night-light --from -7d --against 3',
  declare: (command) =>
    void command
      .argument('<file-or-id>')
      .option('--from <time>', 'where to begin (default: -7d)')
      .option('--to <time>', 'where to end (default: now)')
      .option('--version <n>', 'an older version instead of the one in force')
      .option('--against <what>', 'hold it against current, a version, or off: the house without the rule')
      .option('--window <duration>', 'how near in time what was done by hand must be (default: 5m)'),
  run: backtest,
});
