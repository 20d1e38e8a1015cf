// The thread of a backtest: builds the house as it was and gives it the record, so that the one that lives is not held up.
import { constants, setPriority } from 'node:os';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { BacktestTask, RuleText } from '../../api/index.ts';
import { HomeruleError, messageOf, SystemClock } from '../../base/index.ts';
import { discoveryFormats, Payload, type Recollection } from '../../devices/index.ts';
import { OfferedFunctions } from '../../expression/index.ts';
import {
  type AnswerInput,
  acting,
  Backtest,
  type CompiledRule,
  checkText,
  type HomeSettings,
  type SideGround,
} from '../../rules/index.ts';
import { unpackRowsNow } from '../../store/index.ts';
import type { BacktestBrief, FromBacktest, ToldPast } from './messages.ts';
import { Record } from './record.ts';

const clock = new SystemClock();
/** Shares of the whole between two words of progress. */
const step = 0.01;

function recollectionOf(past: ToldPast): Recollection {
  const told = past.told?.map((event) =>
    'bytes' in event ? { at: event.at, payload: new Payload(event.bytes) } : event,
  );
  return { ...past, told };
}

/** A rule that this program cannot read any more is left out. */
function compiledOthers({ others }: BacktestTask, home: HomeSettings): readonly CompiledRule[] {
  return others.flatMap(({ source, version }) => {
    const { rule } = checkText(source, { version, home });
    return rule === undefined ? [] : [rule];
  });
}

/** What compiled rules depend on. */
function settingsOf({ home, functions }: BacktestBrief): HomeSettings {
  const offered = new OfferedFunctions();
  offered.set('house', functions);
  return { zone: home.zone, place: home.place, functions: offered };
}

function compiled({ id, source, version }: RuleText, home: HomeSettings): CompiledRule {
  const { rule, problems } = checkText(source, { version, home });
  if (rule !== undefined) return acting(rule);
  throw new HomeruleError(
    'rule-invalid',
    'invalid',
    `the rule "${id}" cannot be read: ${problems[0]?.message}`,
  );
}

function groundOf(brief: BacktestBrief, settings: HomeSettings, answers: readonly AnswerInput[]): SideGround {
  const { start, breaker, secrets, past, deviceChanges } = brief;
  const { calendar, discovery } = brief.home;
  const { state: states, rules: inForce, ...rows } = unpackRowsNow(start.data);
  return {
    at: start.at,
    firstSeq: start.seq + 1,
    settings: { ...settings, calendar, formats: discoveryFormats(discovery) },
    given: { ...rows, states, secrets, deviceChanges },
    inForce,
    breaker,
    answers,
    recollections: past.map(recollectionOf),
  };
}

function asksOutside(rules: readonly CompiledRule[]): boolean {
  return rules.some(({ touches }) => touches.some(({ does }) => does === 'call'));
}

async function answersIn(record: Record, { task, start }: BacktestBrief): Promise<readonly AnswerInput[]> {
  const answers: AnswerInput[] = [];
  const interest = { wants: () => false, from: task.from, to: task.to };
  await record.read({ after: start.seq, interest }, (input) => {
    if (input.kind === 'answer' && input.asked !== undefined) answers.push(input);
  });
  return answers;
}

/** Says how far it is, not too often. */
function teller(port: MessagePort, from: number, { to }: BacktestTask): (at: number) => void {
  let told = 0;
  return (at) => {
    const share = Math.min(1, (at - from) / Math.max(1, to - from));
    if (share - told < step) return;
    told = share;
    port.postMessage({ share } satisfies FromBacktest);
  };
}

async function run(brief: BacktestBrief, port: MessagePort): Promise<FromBacktest> {
  const begun = clock.monotonic();
  const { task, start, incomplete } = brief;
  const record = new Record(port);
  const home = settingsOf(brief);
  const rule = compiled(task.rule, home);
  const against = typeof task.against === 'object' ? compiled(task.against, home) : task.against;
  const others = compiledOthers(task, home);
  const answers = asksOutside([rule, ...others]) ? await answersIn(record, brief) : [];
  const { from, to, windowMs } = task;
  const ground = groundOf(brief, home, answers);
  const backtest = new Backtest({ from, to, windowMs, ground, rule, against, others });
  const interest = { wants: (topic: string) => backtest.wants(topic), from, to };
  await record.read(
    { after: start.seq, interest },
    (input) => backtest.give(input),
    teller(port, start.at, task),
  );
  const seconds = Math.round(clock.monotonic() - begun) / 1000;
  return { result: backtest.result({ messages: record.messages, incomplete, seconds }) };
}

function faultOf(error: unknown): FromBacktest {
  if (!(error instanceof HomeruleError))
    return { fault: { code: 'backtest-failed', kind: 'bug', message: messageOf(error) } };
  const { code, kind, message } = error;
  return { fault: { code, kind, message } };
}

/** On Linux a priority is a thread's own: the house goes first where processors are few. */
function standBack(): void {
  if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
}

async function main(port: MessagePort, brief: BacktestBrief): Promise<void> {
  standBack();
  port.postMessage(await run(brief, port).catch(faultOf));
  port.close();
}

if (parentPort !== null) void main(parentPort, workerData);
