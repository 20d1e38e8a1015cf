// Follows causes back, link by link, until the outside or until nothing is known any more.
import type { Timestamp } from '../../base/index.ts';
import { answerMs, Payload, type TopicState, type Trails } from '../../devices/index.ts';
import type { MessageInput, Trace } from '../../rules/index.ts';
import type { CauseEndView, CauseView } from '../contract/causes.ts';
import { end, inputStep, type Lead, lost, messageStep, outsideOf, runStep, type Step } from './links.ts';
import { findInput, type SearchHouse, searchValue } from './value-search.ts';

export interface ChainHouse extends SearchHouse {
  readonly trails: Trails;
  /** The state of a topic now: it knows of answers that took their time. */
  stateOf(topic: string): TopicState | undefined;
  /** One that ended, or waits. */
  findRun(id: string): Promise<Trace | undefined>;
}

export interface Chain {
  readonly links: readonly CauseView[];
  readonly end: CauseEndView;
}

const mostLinks = 32;
/** A command with a transition is answered late; how long it was is not in the journal. */
const longestAnswerMs = 600_000;
const mostCommands = 50;
const patienceMs = 1000;

export async function chainOf(house: ChainHouse, message: MessageInput): Promise<Chain> {
  const links: CauseView[] = [];
  let lead: Lead = { to: 'message', message };
  while (lead.to !== 'end') {
    if (links.length >= mostLinks) return { links, end: { kind: 'unknown', reason: 'too-long' } };
    const step: Step = await stepOf(house, lead);
    if (step.link !== undefined) links.push(step.link);
    lead = step.lead;
  }
  return { links, end: lead.end };
}

async function stepOf(house: ChainHouse, lead: Exclude<Lead, { to: 'end' }>): Promise<Step> {
  switch (lead.to) {
    case 'message':
      return messageStep(lead.message, await commandBehind(house, lead.message));
    case 'run': {
      const trace = await house.findRun(lead.run);
      if (trace === undefined) return { lead: end({ kind: 'unknown', reason: 'run-forgotten' }) };
      return runStep(trace, lead.did);
    }
    case 'trigger':
      return triggerStep(house, lead.trace);
  }
}

/** What a device's report answers: as the engine says it, see `rules/README.md`, "Whose a report is". */
async function commandBehind(house: ChainHouse, report: MessageInput): Promise<MessageInput | undefined> {
  const { trails, journal } = house;
  if (report.origin !== 'client' && report.origin !== 'bridge') return undefined;
  const topics = trails.commandTopics(report.topic);
  if (topics.length === 0) return undefined;
  const from = report.at - (isAnswerNow(house, report) ? longestAnswerMs : answerMs);
  const query = { from, to: report.at, topics, limit: mostCommands, newest: true, patienceMs };
  const { inputs } = await journal.read(query);
  const commands = inputs.filter((input) => input.kind === 'message' && input.seq < report.seq);
  return commands.findLast(
    (input): input is MessageInput => input.kind === 'message' && trails.isAnswer(report, input),
  );
}

/** The engine itself gave it to somebody else. */
function isAnswerNow({ stateOf }: ChainHouse, { topic, at, origin, by }: MessageInput): boolean {
  const state = stateOf(topic);
  return state?.at === at && (state.origin !== origin || state.by !== by);
}

async function triggerStep(house: ChainHouse, { trigger }: Trace): Promise<Step> {
  const { seq, at, origin, by, topic } = trigger;
  const input = await findInput(house.journal, { seq, at });
  if (input === undefined) {
    const isKnown = origin !== undefined && origin !== 'rule';
    return { lead: end(isKnown ? outsideOf(origin, by ?? '') : lost) };
  }
  if (input.kind === 'message') return { lead: { to: 'message', message: input } };
  if (input.kind !== 'timer') return inputStep(input);
  if (topic === undefined) return { lead: end({ kind: 'time' }) };
  const begun = trigger.verb === 'silence' ? undefined : await beginningOf(house, topic, at);
  const link = { kind: 'hold' as const, at, seq, topic };
  return { link, lead: begun === undefined ? end({ kind: 'time' }) : { to: 'message', message: begun } };
}

/** The message with which what was held began to be as it was. */
async function beginningOf(
  house: ChainHouse,
  topic: string,
  at: Timestamp,
): Promise<MessageInput | undefined> {
  const wanted = {
    topics: [topic],
    read: ({ payload }: MessageInput) => new Payload(payload).raw,
  };
  return (await searchValue(house, wanted, at)).found?.message;
}
