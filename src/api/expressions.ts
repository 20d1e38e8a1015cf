// Use cases about expressions: which functions there are, trying one out, and how all those of a text stand now.
import type { Clock, Timestamp } from '../base/index.ts';
import type { TopicStates } from '../devices/index.ts';
import {
  emptyHome,
  functionTable,
  type HomeView,
  type OfferedFunctions,
  ownFunctions,
  typeOf,
} from '../expression/index.ts';
import {
  type HomeSettings,
  presentOf,
  type TriedExpression,
  type TriedMessage,
  tryExpression,
} from '../rules/index.ts';
import type { Actor, ExpressionsApi } from './api.ts';
import type { EvaluateRequest, EvaluateView, FunctionView, PresentView } from './contract/expressions.ts';
import { fail } from './errors.ts';

export interface ExpressionsOptions {
  readonly states: TopicStates;
  readonly home: HomeView & HomeSettings;
  readonly clock: Clock;
  /** Of plugins. */
  readonly functions: OfferedFunctions;
}

const own = new Set(ownFunctions);

const functionViews: readonly FunctionView[] = functionTable.map((definition) => {
  const { name, signature, en, zh, example } = definition;
  return { name, signature, en, zh, example, isOwn: own.has(definition) };
});

function viewOf({ explanation, problems }: TriedExpression): EvaluateView {
  if (explanation === undefined) return { problems, parts: [] };
  const { value, error, parts } = explanation;
  if (error !== undefined) {
    const { code, message, position, token, params } = error;
    const made = { ...(token !== undefined && { token }), ...(params !== undefined && { params }) };
    return { problems, parts, error: { code, message, position, ...made } };
  }
  const type = typeOf(value);
  const isShown = type !== 'missing' && type !== 'function';
  return { problems, parts, type, ...(isShown && { value }) };
}

/** What an expression gives for a value, without any house: for `homerule eval`. */
export function evaluateValue(source: string, input: unknown, at: Timestamp): EvaluateView {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return viewOf(tryExpression(source, { home: { ...emptyHome, zone }, at, input: { value: input } }));
}

export class Expressions implements ExpressionsApi {
  readonly #options: ExpressionsOptions;

  constructor(options: ExpressionsOptions) {
    this.#options = options;
  }

  functions(): readonly FunctionView[] {
    const offered = this.#options.functions.list().map(({ name, source, en, zh }) => {
      return { name, en, zh, source, isOwn: false };
    });
    return [...offered, ...functionViews];
  }

  evaluate(actor: Actor, request: EvaluateRequest): EvaluateView {
    const { home, clock, functions } = this.#options;
    const { expression } = request;
    const at = clock.now();
    if ('input' in request)
      return viewOf(tryExpression(expression, { home, at, functions, input: { value: request.input } }));
    const { message } = request;
    return viewOf(
      tryExpression(expression, {
        home,
        at,
        functions,
        ...(message !== undefined && { message: this.#message(actor, message) }),
      }),
    );
  }

  present(text: string): PresentView {
    const { home, clock, states } = this.#options;
    const at = clock.now();
    const { filters, ...present } = presentOf(text, { home, settings: home, states, at });
    return { at, ...present, ...(filters && { filters }) };
  }

  /** Without a payload it is the latest message of its topic. */
  #message(actor: Actor, message: NonNullable<EvaluateRequest['message']>): TriedMessage {
    const { topic } = message;
    if ('payload' in message) {
      const { payload, qos = 0, retain = false } = message;
      return { topic, payload, qos, retain, origin: 'api', by: actor.name };
    }
    const state = this.#options.states.find(topic);
    if (state === undefined) throw fail('topic-missing', `nothing was ever published on "${topic}"`);
    const { payload, qos, retain, origin, by } = state;
    return { topic, payload: payload.value, qos, retain, origin, by };
  }
}
