// Kinds of nodes about rules, events and flows that rules call.
import { messageTypes } from './fields.ts';
import type { Kind } from './kind.ts';

/** How a run can end, that it began to wait, and what can happen to the rule itself. */
export const phases = [
  'waiting',
  'finished',
  'stopped',
  'failed',
  'timed-out',
  'cancelled',
  'superseded',
  'refused',
  'conditions-failed',
  'saved',
  'enabled',
  'disabled',
  'deleted',
] as const;

export const ruleEvent: Kind = {
  type: 'homerule-rule-event',
  version: 1,
  inputs: 0,
  outputs: 1,
  icon: 'homerule-rule.svg',
  fields: {
    /** Empty: of every rule. */
    rule: { input: 'text', default: '', pick: 'rules' },
    phases: { input: 'choices', default: ['finished', 'failed'], options: phases, isRequired: true },
  },
};

export const ruleRun: Kind = {
  type: 'homerule-rule-run',
  version: 1,
  inputs: 1,
  outputs: 2,
  icon: 'homerule-rule.svg',
  fields: {
    rule: {
      input: 'typed',
      default: '',
      type: 'str',
      types: ['str', 'msg', 'jsonata'],
      pick: 'rules',
      isRequired: true,
    },
    action: { input: 'choice', default: 'run', options: ['run', 'enable', 'disable'] },
    /** Becomes `payload` of the run. */
    input: {
      input: 'typed',
      default: 'payload',
      type: 'msg',
      types: messageTypes,
      when: { field: 'action', is: ['run'] },
    },
    skipConditions: { input: 'check', default: false, when: { field: 'action', is: ['run'] } },
    /** Until the run has ended. */
    wait: { input: 'check', default: true, when: { field: 'action', is: ['run'] } },
    timeout: { input: 'duration', default: '30s', isRequired: true, when: { field: 'wait', is: [true] } },
  },
};

export const flowIn: Kind = {
  type: 'homerule-flow-in',
  version: 1,
  inputs: 0,
  outputs: 1,
  icon: 'homerule-flow.svg',
  fields: {
    /** Rules call it so: `flow: NAME`. */
    flow: { input: 'text', default: '', isRequired: true },
  },
};

export const flowAnswer: Kind = {
  type: 'homerule-flow-answer',
  version: 1,
  inputs: 1,
  outputs: 0,
  icon: 'homerule-flow.svg',
  fields: {
    outcome: { input: 'choice', default: 'value', options: ['value', 'error'] },
    /** The value of the action, or what went wrong. */
    value: { input: 'typed', default: 'payload', type: 'msg', types: messageTypes },
  },
};

export const eventOut: Kind = {
  type: 'homerule-event-out',
  version: 1,
  inputs: 1,
  outputs: 1,
  icon: 'homerule-flow.svg',
  fields: {
    /** Rules are woken by `event: NAME`. */
    event: { input: 'typed', default: '', type: 'str', types: ['str', 'msg', 'jsonata'], isRequired: true },
    data: { input: 'typed', default: 'payload', type: 'msg', types: messageTypes },
  },
};
