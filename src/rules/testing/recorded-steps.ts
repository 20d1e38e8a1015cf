// What came to the house while a run went on, as the steps of a test: only what the rule hears, at its time.
import { formatDuration, type Timestamp } from '../../base/index.ts';
import { Payload } from '../../devices/index.ts';
import { audienceOf, readsAuthors, wanting } from '../backtest/audience.ts';
import type { CompiledRule } from '../compile/rule.ts';
import type { AnswerInput, CommandInput, Input, MessageInput, SignalInput } from '../input.ts';

type StepDocument = Readonly<Record<string, unknown>>;

export interface RecordedSpan {
  readonly rule: CompiledRule;
  /** The time of the test when it begins. */
  readonly from: Timestamp;
  readonly to: Timestamp;
  /** Of the input that woke the run. */
  readonly wokenBy: number;
  /** Whether the text of the rule holds it. */
  isNamed(name: string): boolean;
  /** Of a call of the run: which service it asked. */
  serviceOf(call: string): string | undefined;
}

const variablePrefix = 'homerule/var/';

/** Which inputs become steps, and how each is written. */
export class RecordedSteps {
  readonly #span: RecordedSpan;
  readonly #isHeard: (topic: string) => boolean;
  readonly #tellsAuthors: boolean;
  readonly #steps: StepDocument[] = [];
  readonly #topics = new Set<string>();
  #now: Timestamp;
  #stoppedAt: Timestamp | undefined;

  constructor(span: RecordedSpan) {
    this.#span = span;
    this.#now = span.from;
    const { filters } = audienceOf([span.rule]);
    this.#isHeard = wanting(filters);
    this.#tellsAuthors = readsAuthors(span.rule);
  }

  get size(): number {
    return this.#steps.length;
  }

  /** On which something came. */
  get topics(): ReadonlySet<string> {
    return this.#topics;
  }

  give(input: Input): void {
    if (input.kind === 'shutdown') this.#stoppedAt = input.at;
    if (input.kind === 'startup') return this.#restarted(input.at);
    const step = this.#stepOf(input);
    if (step === undefined) return;
    const isWaking = input.seq === this.#span.wokenBy;
    // What came of runs before it is none of this test.
    if (isWaking && this.size > 0) this.#steps.push({ expect: {} });
    this.#advance(input.at);
    this.#steps.push(step);
  }

  finish(): readonly StepDocument[] {
    this.#advance(this.#span.to);
    return this.#steps;
  }

  #advance(to: Timestamp): void {
    if (to <= this.#now) return;
    this.#steps.push({ advance: formatDuration(to - this.#now) });
    this.#now = to;
  }

  #restarted(at: Timestamp): void {
    const from = Math.max(this.#stoppedAt ?? at, this.#now);
    this.#advance(from);
    this.#steps.push({ restart: formatDuration(at - from) });
    this.#now = at;
  }

  #stepOf(input: Input): StepDocument | undefined {
    switch (input.kind) {
      case 'message':
        return this.#message(input);
      case 'signal':
        return this.#span.isNamed(input.name) || input.seq === this.#span.wokenBy
          ? signalStep(input)
          : undefined;
      case 'command':
        return this.#command(input);
      case 'answer':
        return this.#answer(input);
      case 'timer':
        return input.byHand === true ? { fire: 'all' } : undefined;
      default:
        return undefined;
    }
  }

  #message(input: MessageInput): StepDocument | undefined {
    const { topic, payload, retain, origin, by, stored, userProperties } = input;
    const isOwn = origin === 'rule' && by === this.#span.rule.id;
    if (isOwn || !this.#isHeard(topic)) return undefined;
    const value = new Payload(payload).value ?? null;
    if (topic.startsWith(variablePrefix)) return { var: { [topic.slice(variablePrefix.length)]: value } };
    this.#topics.add(topic);
    const plain = Object.entries(userProperties ?? {}).filter(([, text]) => typeof text === 'string');
    return {
      publish: topic,
      payload: value,
      ...(retain && { retain }),
      ...(stored === true && { stored }),
      ...(this.#tellsAuthors && { origin, by }),
      ...(plain.length > 0 && { userProperties: Object.fromEntries(plain) }),
    };
  }

  #command({ command }: CommandInput): StepDocument | undefined {
    const { id } = this.#span.rule;
    if (command.do === 'run' && command.rule === id)
      return {
        run: id,
        ...(command.payload !== undefined && { payload: command.payload }),
        ...(command.skipConditions && { skipConditions: true }),
      };
    if ((command.do === 'enable' || command.do === 'disable') && command.rule === id)
      return { [command.do]: id };
    return command.do === 'cancel' ? { cancel: 'all' } : undefined;
  }

  #answer({ call, answer }: AnswerInput): StepDocument | undefined {
    const service = this.#span.serviceOf(call);
    if (service === undefined) return undefined;
    return answer.ok ? { answer: service, with: answer.value } : { break: service, code: answer.code };
  }
}

function signalStep({ signal, name, value, data }: SignalInput): StepDocument | undefined {
  switch (signal) {
    case 'event':
      return { emit: name, ...(data !== undefined && { data }) };
    case 'device':
      return value === 'online' || value === 'offline' ? { device: name, is: value } : undefined;
    case 'client':
      return { client: name, is: value, ...textsOf(data, ['user', 'reason']) };
    case 'webhook':
      return { hook: name, ...(data !== undefined && { body: data }), ...callOf(value) };
    case 'rule':
      return undefined;
  }
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function textsOf(value: unknown, names: readonly string[]): StepDocument {
  const found = names.map((name) => [name, fieldOf(value, name)]);
  return Object.fromEntries(found.filter(([, text]) => typeof text === 'string'));
}

/** How a webhook was called: the names of the secrets that it brought, never themselves. */
function callOf(value: unknown): StepDocument {
  const knows = fieldOf(value, 'keys');
  return { ...textsOf(value, ['method']), ...(Array.isArray(knows) && knows.length > 0 && { knows }) };
}
