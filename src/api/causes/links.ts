// What stands behind an input or a run, one step: how it is shown, and where to look for what led to it.
import { Payload } from '../../devices/index.ts';
import {
  type Input,
  type MessageInput,
  type SignalInput,
  shown,
  type Trace,
  type TraceEffect,
} from '../../rules/index.ts';
import type { CauseEndView, CauseKind, CauseView } from '../contract/causes.ts';

/** Where a chain goes on: a message, a run, what woke a run, or nowhere. */
export type Lead =
  | { readonly to: 'message'; readonly message: MessageInput }
  /** `did`: the topic that it published on, or what it emitted, set or ran. */
  | { readonly to: 'run'; readonly run: string; readonly did: string }
  | { readonly to: 'trigger'; readonly trace: Trace }
  | { readonly to: 'end'; readonly end: CauseEndView };

export interface Step {
  /** Absent: there is nothing to say between the two. */
  readonly link?: CauseView;
  readonly lead: Lead;
}

const pluginPrefix = 'plugin/';

/** Who stands outside: nobody of this house's rules. */
export function outsideOf(origin: string, by: string): CauseEndView {
  if (by.startsWith(pluginPrefix)) return { kind: 'plugin', by: by.slice(pluginPrefix.length) };
  switch (origin) {
    case 'client':
    case 'bridge':
    case 'flow':
      return { kind: origin, by };
    case 'api':
      return by === '' || by === '$SYS' ? { kind: 'house' } : { kind: 'person', by };
    default:
      return { kind: 'unknown', reason: 'not-recorded' };
  }
}

export function end(end: CauseEndView): Lead {
  return { to: 'end', end };
}

export const lost: CauseEndView = { kind: 'unknown', reason: 'not-recorded' };

interface Deed {
  /** As in `Lead`. */
  readonly name: string;
  readonly origin: string;
  readonly by: string;
  readonly cause?: string | undefined;
}

/** Behind what a run did stands the run; else who did it. */
function leadOf({ name: did, cause, origin, by }: Deed): Lead {
  return cause === undefined ? end(outsideOf(origin, by)) : { to: 'run', run: cause, did };
}

/** `command`: what a report answers. */
export function messageStep(message: MessageInput, command: MessageInput | undefined): Step {
  const { at, seq, topic, payload, origin, by, cause } = message;
  const value = shown(new Payload(payload).value);
  const kind: CauseKind = command === undefined ? 'message' : 'report';
  const link = { kind, at, seq, topic, ...(value !== undefined && { value }), origin, by };
  if (command !== undefined) return { link, lead: { to: 'message', message: command } };
  return { link, lead: leadOf({ name: topic, cause, origin, by }) };
}

const variableTopic = 'homerule/var/';

/** The last action that did it. */
function pathOf({ steps }: Trace, did: string): string | undefined {
  const variable = did.startsWith(variableTopic) ? did.slice(variableTopic.length) : did;
  const isIt = ({ topic, name }: TraceEffect): boolean => topic === did || name === variable;
  return steps.findLast(({ effects = [] }) => effects.some(isIt))?.path;
}

export function runStep(trace: Trace, did: string): Step {
  const { id: run, rule, version, at, trigger } = trace;
  const { index, verb, id } = trigger;
  const path = pathOf(trace, did);
  const woken = { index, verb, ...(id !== undefined && { id }) };
  const link = { kind: 'run', at, run, rule, version, trigger: woken, ...(path !== undefined && { path }) };
  return { link: link as CauseView, lead: { to: 'trigger', trace } };
}

function signalStep(input: SignalInput): Step {
  const { signal: kind, at, seq, name, value, by } = input;
  const said = value === undefined ? input.data : value;
  const shownValue = said === undefined ? {} : { value: shown(said) };
  const link = { kind, at, seq, name, ...shownValue, ...(by !== '' && { by }) };
  if (kind === 'webhook') return { link, lead: end({ kind: 'webhook', by: name }) };
  return { link, lead: leadOf(input) };
}

/** Behind a run that an input woke. A timer is no answer: see the hold that it ended. */
export function inputStep(input: Exclude<Input, { kind: 'message' | 'timer' }>): Step {
  const { at, seq } = input;
  switch (input.kind) {
    case 'signal':
      return signalStep(input);
    case 'command': {
      const { command, by, cause, origin = 'api' } = input;
      const name = 'rule' in command ? command.rule : '';
      return {
        link: { kind: 'command', at, seq, by, name },
        lead: leadOf({ origin, name, by, cause }),
      };
    }
    case 'rule':
      return { lead: end(outsideOf('api', input.by)) };
    case 'restored':
    case 'startup':
    case 'shutdown':
      return { lead: end({ kind: 'house' }) };
    default:
      return { lead: end({ kind: 'time' }) };
  }
}
