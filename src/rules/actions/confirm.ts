// `confirm: { state: TOPIC, … }` of an action that sends: it sends, waits for the report that says it was done, sends
// again when that does not come, and has an ending for the case that it never does.
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Duration } from '../../base/index.ts';
import type { Condition } from '../compile/condition.ts';
import type { CompileContext } from '../compile/context.ts';
import type { Event, Next, PlanBuilder, Step } from '../compile/plan.ts';
import type { PlacedExpression, ValueNode } from '../compile/text.ts';
import { durationShape } from '../model/field.ts';
import { decide } from '../run/decide.ts';
import { durationOf } from '../run/duration.ts';
import { evaluate, evaluateValue, type Frame, RunError } from '../run/evaluate.ts';
import { compileTopic, topicOf } from './topic.ts';

const maxRetries = 100;

const confirmShape = z.strictObject(
  {
    state: z.string(),
    when: z.unknown().optional(),
    equals: z.unknown().optional(),
    within: durationShape,
    retries: z.int().min(0).max(maxRetries).optional(),
    fresh: z.boolean().optional(),
    else: z.unknown().optional(),
  },
  { error: 'expected { state: TOPIC, when or equals, within, retries, fresh, else }' },
);
const confirmKeys = Object.keys(confirmShape.shape);

/** What is sent, perhaps several times. */
export interface Sending<Prepared> {
  /** Makes it, once; plain JSON. */
  prepare(step: Step): Prepared;
  send(step: Step, prepared: Prepared): void;
}

interface Confirmation {
  readonly path: string;
  readonly state: ValueNode;
  readonly when: Condition | undefined;
  readonly equals: { readonly payload: PlacedExpression; readonly wanted: ValueNode } | undefined;
  readonly within: ValueNode;
  readonly retries: number;
  readonly isFresh: boolean;
  readonly otherwise: unknown;
}

/** What is kept while it waits. */
interface Waiting<Prepared = unknown> {
  readonly prepared: Prepared;
  readonly topic: string;
  readonly wanted?: unknown;
  /** How often it was sent. */
  readonly sent: number;
}

function compileEquals(value: unknown, path: string, context: CompileContext): Confirmation['equals'] {
  const wanted = context.value(value, path);
  const payload = context.text('{{ payload }}', path);
  return wanted && payload?.kind === 'expression' ? { payload: payload.part, wanted } : undefined;
}

function compileConfirmation(value: unknown, path: string, builder: PlanBuilder): Confirmation | undefined {
  const { context } = builder;
  if (!builder.maySuspend)
    return context.report({ path, code: 'may-not-wait', message: 'finally may not wait' });
  const document = context.read(confirmShape, value, { path, keys: confirmKeys });
  if (document === undefined) return undefined;
  const hasEquals = 'equals' in document;
  if (hasEquals && document.when !== undefined)
    return context.report({
      path,
      code: 'bad-value',
      message: 'either when or equals, not both',
      params: { why: 'when-equals' },
    });
  const state = compileTopic(document.state, { path: `${path}.state`, use: 'read' }, context);
  const when = document.when === undefined ? undefined : context.condition(document.when, `${path}.when`);
  const equals = hasEquals ? compileEquals(document.equals, `${path}.equals`, context) : undefined;
  const within = context.duration(document.within, `${path}.within`);
  if (state === undefined || within === undefined) return undefined;
  context.touch({ does: 'confirm', path, topic: state });
  const { retries = 0, fresh = false } = document;
  return { path, state, when, equals, within, retries, isFresh: fresh, otherwise: document.else };
}

/** Whether what stands at the root of the frame confirms; without `when` and `equals` every report does. */
function confirms({ when, equals }: Confirmation, frame: Frame, { wanted }: Waiting): boolean {
  if (when !== undefined) return decide(when, frame) === 'pass';
  return equals === undefined || isDeepStrictEqual(evaluate(equals.payload, frame), wanted);
}

/** A value that is held already counts, unless it has to be a fresh one or any would do. */
function isHeld(confirmation: Confirmation, step: Step, waiting: Waiting): boolean {
  const { isFresh, when, equals } = confirmation;
  if (isFresh || (when === undefined && equals === undefined)) return false;
  const frame = step.frameOf(waiting.topic);
  return frame !== undefined && confirms(confirmation, frame, waiting);
}

function done(step: Step, confirmed: boolean, sent: number): void {
  step.note(confirmed ? `confirmed${sent > 1 ? ` after ${sent} times` : ''}` : 'unconfirmed');
  step.result({ confirmed, sent });
}

/** Sends and waits, unless what is held confirms it. */
function begin<P>(confirmation: Confirmation, sending: Sending<P>, step: Step): Next | 'held' {
  const { state, equals, within, path } = confirmation;
  const prepared = sending.prepare(step);
  const topic = topicOf(state, { path: `${path}.state`, use: 'read' }, step);
  const wanted = equals && evaluateValue(equals.wanted, step.frame);
  sending.send(step, prepared);
  const waiting: Waiting = { prepared, topic, wanted, sent: 1 };
  // A shadow rule sent nothing that anybody could confirm.
  if (step.isShadow || isHeld(confirmation, step, waiting)) return 'held';
  return suspension(waiting, durationOf(within, `${path}.within`, step.frame));
}

function suspension(waiting: Waiting, within: Duration): Next {
  return { do: 'suspend', for: within, overdue: 'fire', topics: [waiting.topic], memory: waiting };
}

/** Emits the sending, with `confirm` the wait for its confirmation and what is done without one. */
export function emitSending<P>(
  confirm: unknown,
  { path, builder, sending }: { path: string; builder: PlanBuilder; sending: Sending<P> },
): void {
  if (confirm === undefined) {
    builder.emit((step) => {
      sending.send(step, sending.prepare(step));
      return undefined;
    });
    return;
  }
  const confirmation = compileConfirmation(confirm, `${path}.confirm`, builder);
  if (confirmation === undefined) return;
  const end = builder.label();
  const toEnd: Next = { do: 'jump', to: end };
  builder.emit(
    (step) => {
      const next = begin(confirmation, sending, step);
      if (next !== 'held') return next;
      done(step, true, 1);
      return toEnd;
    },
    {
      watches: [
        {
          kind: 'report',
          accepts: (frame, memory) => confirms(confirmation, frame, memory as Waiting),
        },
      ],
      resume: (step, event) => goOn(confirmation, { sending, toEnd, event }, step),
    },
  );
  if (confirmation.otherwise !== undefined)
    builder.block(confirmation.otherwise, `${confirmation.path}.else`);
  builder.mark(end);
}

/** A report came, or none in time. */
function goOn<P>(
  confirmation: Confirmation,
  { sending, toEnd, event }: { sending: Sending<P>; toEnd: Next; event: Event },
  step: Step,
): Next {
  const { path, within, retries, otherwise } = confirmation;
  if (event.by === 'error') throw new RunError(event.code, event.message, { path });
  const waiting = event.memory as Waiting<P>;
  const { sent, prepared, topic } = waiting;
  if (event.by === 'watch') {
    done(step, true, sent);
    return toEnd;
  }
  if (sent <= retries) {
    step.note(`retry ${sent}`);
    sending.send(step, prepared);
    return suspension({ ...waiting, sent: sent + 1 }, durationOf(within, `${path}.within`, step.frame));
  }
  done(step, false, sent);
  if (otherwise !== undefined) return undefined;
  const times = sent === 1 ? 'once' : `${sent} times`;
  throw new RunError('unconfirmed', `sent ${times}, "${topic}" did not confirm it`, {
    path,
    params: { topic, times: String(sent) },
  });
}
