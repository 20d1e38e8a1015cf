// `homerule rule explain`: what became of a rule at some time, and why it did not run.
import { z } from 'zod';
import type {
  BlamedClause,
  ExplanationEntry,
  ExplanationView,
  FailedCondition,
  WokenHappening,
} from '../../../api/index.ts';
import { type ApiCall, apiCommand, segment } from '../../api-command.ts';
import { print, printJson } from '../../context.ts';
import { exitCodes } from '../../errors.ts';
import { incompleteText } from '../../incomplete.ts';
import { asText, roughly } from '../../spoken.ts';

const options = z.looseObject({ at: z.string(), to: z.string().optional(), window: z.string().optional() });

const instant = (at: number): string => new Date(at).toISOString();

type Entry<Code extends ExplanationEntry['code']> = Extract<ExplanationEntry, { readonly code: Code }>;

const hints: Readonly<Record<NonNullable<BlamedClause['hint']>, string>> = {
  type: 'the same, of another type',
  case: 'the same, in another case',
  switch: 'a text for true or false',
  spaces: 'the same but for spaces',
};

function clauseText({ source, left, right, value, distance, missing, hint }: BlamedClause): string {
  if (missing !== undefined && missing.length > 0) return `${source}: ${missing.join(', ')} was missing`;
  // With its quotes: "1" and 1 differ.
  const [is, wanted] = [left, right].map((side) => asText(JSON.stringify(side)));
  const seen = left === undefined ? asText(value) : `${is} against ${wanted}`;
  const far = distance === undefined ? '' : `, ${distance} away`;
  return `${source}: ${seen}${far}${hint === undefined ? '' : ` (${hints[hint]})`}`;
}

const clausesText = (clauses: readonly BlamedClause[] = []): string => clauses.map(clauseText).join('; ');

function failedText({ where, clauses, error }: FailedCondition): string {
  return `${where} failed: ${error === undefined ? clausesText(clauses) : error.message}`;
}

/** The one that decided, then those behind it. */
function conditionText(entry: WokenHappening): string {
  const { where = 'a condition', clauses = [], others = [] } = entry;
  return [{ where, clauses }, ...others].map(failedText).join('; also ');
}

const byTopic = ({ topic, payload }: { readonly topic?: string; readonly payload?: unknown }): string =>
  topic === undefined ? '' : ` by ${topic} ${asText(payload)}`;

const refusals: Readonly<Record<string, string>> = {
  single: 'it was running already (mode single)',
  max: 'too many runs of it were under way (max)',
  limit: 'it had run as often as its limit lets it',
  breaker: 'its breaker was open: it had run too often in a short time',
  overdue: 'its time had passed while the house was down',
  missed: 'its time had passed',
};

const misses: Readonly<Record<Entry<'missed'>['why'], string>> = {
  off: 'the trigger is switched off',
  origin: 'it came from somebody else than is wanted',
  stored: 'it came out of a store and is no news',
  unchanged: 'the value stayed the same',
  value: 'that is not the value that is wanted',
  previous: 'the value before was not the one that is wanted',
};

function happeningText(entry: Extract<ExplanationEntry, { readonly at: number }>): string {
  switch (entry.code) {
    case 'ran':
      return `it ran (${entry.status}), woken${byTopic(entry)}`;
    case 'condition':
      return `woken${byTopic(entry)}, but ${conditionText(entry)}`;
    case 'refused':
      return `woken${byTopic(entry)}, but ${refusals[entry.reason ?? ''] ?? entry.reason}`;
    case 'failed':
      return `it failed: ${entry.error?.message ?? entry.reason ?? ''}`;
    case 'unconfirmed':
      return `it ran, but at ${entry.where} the device did not confirm`;
    case 'missed':
      return `${entry.path}: ${entry.topic} ${asText(entry.value)}: ${misses[entry.why]}${entry.wanted === undefined ? '' : ` (${asText(entry.wanted)})`}`;
    case 'hold-reset':
      return `${entry.about} had held for ${roughly(entry.at - entry.since)} of ${roughly(entry.due - entry.since)} when ${entry.topic ?? 'something'} ${asText(entry.value)} ended it`;
    case 'holding':
      return `${entry.about} has to hold until ${instant(entry.due)}`;
    case 'not-true':
      return `${entry.path} was not true: ${clausesText(entry.clauses)}`;
    case 'already-true':
      return `${entry.path} was true already: it wakes the rule only when it turns true`;
    case 'not-due':
      return `${entry.path} was not due: ${entry.due === undefined ? 'no time is to come' : `next at ${instant(entry.due)}`}`;
    case 'denied':
      return `${entry.client} was not let publish on ${entry.topic}: ${entry.reason}`;
  }
}

function lastHeard({ lastAt, by }: Entry<'silent'>): string {
  return lastAt === undefined ? '' : `; the last was at ${instant(lastAt)} by ${by}`;
}

function circumstanceText(entry: Exclude<ExplanationEntry, { readonly at: number }>): string {
  switch (entry.code) {
    case 'unheard':
      return `nothing was ever heard on ${entry.topic}${entry.nearest === undefined ? '' : `; is ${entry.nearest} meant?`}`;
    case 'silent':
      return `nothing was heard on ${entry.topic} in this time${lastHeard(entry)}`;
    case 'not-yet':
      return 'it was not there yet';
    case 'other-version':
      return `version ${entry.version} was in force, not ${entry.present}${entry.now === 'ran' ? ', which would have run' : ''}`;
    case 'house-down':
      return 'the house was down';
    case 'gap':
      return `the journal has a gap${entry.reason === undefined ? '' : `: ${incompleteText(entry.reason)}`}`;
    case 'client-away':
      return `${entry.client}, which speaks on ${entry.topic}, was away`;
    default:
      return `it was ${entry.code}`;
  }
}

/** When it was so, if it was not all the time. */
function stretchText(entry: ExplanationEntry): string {
  const from = 'from' in entry ? entry.from : undefined;
  const to = 'to' in entry ? entry.to : undefined;
  if (from === undefined) return to === undefined ? '' : `until ${instant(to)} `;
  return to === undefined ? `since ${instant(from)} ` : `${instant(from)} to ${instant(to)} `;
}

function entryLine(entry: ExplanationEntry): string {
  if ('at' in entry) return `${instant(entry.at)} ${happeningText(entry)}`;
  return `${stretchText(entry)}${circumstanceText(entry)}`;
}

async function explainRule(call: ApiCall): Promise<number> {
  const { at, to, window } = options.parse(call.options);
  const path = `/rules/${segment(call.args[0] ?? '')}/explain`;
  const json = { at, ...(to !== undefined && { to }), ...(window !== undefined && { window }) };
  const view = await call.client.request<ExplanationView>(path, { method: 'POST', json });
  if (call.isJson) {
    printJson(call, view);
    return exitCodes.ok;
  }
  for (const entry of view.entries) print(call, entryLine(entry));
  if (view.entries.length === 0) print(call, 'nothing happened that it waits for');
  for (const reason of view.incomplete) print(call, `the past is not complete: ${incompleteText(reason)}`);
  return exitCodes.ok;
}

export const explainCommand = apiCommand({
  name: 'rule explain',
  about: 'say what became of a rule at some time, and why it did not run',
  example: 'homerule rule explain hallway-night-light --at 21:04',
  declare: (command) =>
    void command
      .argument('<id>')
      .requiredOption('--at <time>', '21:04 (the last time), -2h, or ISO 8601')
      .option('--to <time>', 'up to here, if it is about a stretch of time')
      .option('--window <duration>', 'so long before and after is looked at (default: 5m)'),
  run: explainRule,
});
