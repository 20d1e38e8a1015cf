// Kinds of nodes about devices.
import { comparedValue, comparisons, messageTypes, selectors } from './fields.ts';
import type { Kind, Saved } from './kind.ts';

function outputsOfComparison({ compare }: Saved): number {
  return compare === undefined || compare === 'any' ? 1 : 2;
}

export const deviceIn: Kind = {
  type: 'homerule-device-in',
  version: 1,
  inputs: 0,
  outputs: outputsOfComparison,
  icon: 'homerule-device.svg',
  fields: {
    by: { input: 'choice', default: 'device', options: selectors },
    /** Ids separated by commas, or one room or label. */
    target: { input: 'text', default: '', pick: 'devices', isRequired: true },
    /** Empty: all of them, as one object. */
    property: { input: 'text', default: '', pick: 'properties' },
    compare: { input: 'choice', default: 'any', options: comparisons },
    value: comparedValue,
    for: { input: 'duration', default: '' },
    ignoreUnchanged: { input: 'check', default: true },
    ignoreUnknown: { input: 'check', default: true },
    onConnect: { input: 'check', default: false },
  },
};

export const deviceGet: Kind = {
  type: 'homerule-device-get',
  version: 1,
  inputs: 1,
  outputs: 2,
  icon: 'homerule-device.svg',
  fields: {
    device: { input: 'typed', default: '', type: 'str', types: ['str', 'msg', 'jsonata'], pick: 'devices' },
    property: { input: 'text', default: '', pick: 'properties' },
    /** Where in the message the answer goes. */
    output: { input: 'text', default: 'payload', isRequired: true },
    timeout: { input: 'duration', default: '5s', isRequired: true },
  },
};

export const deviceSet: Kind = {
  type: 'homerule-device-set',
  version: 1,
  inputs: 1,
  outputs: 1,
  icon: 'homerule-device.svg',
  fields: {
    by: { input: 'choice', default: 'device', options: selectors },
    target: {
      input: 'typed',
      default: '',
      type: 'str',
      types: ['str', 'msg', 'flow', 'global', 'jsonata'],
      pick: 'devices',
      isRequired: true,
    },
    /** None: the payload is an object of properties. */
    properties: {
      input: 'rows',
      default: [],
      columns: {
        property: { input: 'text', default: '', pick: 'properties', isRequired: true },
        value: { input: 'typed', default: 'payload', type: 'msg', types: messageTypes },
      },
    },
    transition: { input: 'duration', default: '' },
    /** What is done with messages while the house cannot be reached. */
    queue: { input: 'choice', default: 'none', options: ['none', 'last', 'all'] },
  },
};

/** What a property of a flow's own device can be. */
export const ownProperties = ['boolean', 'number', 'choice', 'text', 'button'] as const;

export const deviceOut: Kind = {
  type: 'homerule-device-out',
  version: 1,
  inputs: 1,
  outputs: 1,
  icon: 'homerule-device.svg',
  fields: {
    /** Part of its topics: lower-case letters, digits, `-` and `_`. */
    device: { input: 'text', default: '', isRequired: true },
    label: { input: 'text', default: '' },
    properties: {
      input: 'rows',
      default: [{ property: 'on', kind: 'boolean', commandable: true, unit: '', options: '' }],
      columns: {
        property: { input: 'text', default: '', isRequired: true },
        kind: { input: 'choice', default: 'boolean', options: ownProperties },
        commandable: { input: 'check', default: true },
        unit: { input: 'text', default: '' },
        /** Of a choice: separated by commas; of a number: `MIN,MAX` or `MIN,MAX,STEP`. */
        options: { input: 'text', default: '' },
      },
    },
    /** A command becomes the state at once. */
    reflect: { input: 'check', default: true },
    prefix: { input: 'text', default: 'homeassistant', isRequired: true },
  },
};

export const waitUntil: Kind = {
  type: 'homerule-wait-until',
  version: 1,
  inputs: 1,
  outputs: 2,
  icon: 'homerule-wait.svg',
  fields: {
    source: { input: 'choice', default: 'device', options: ['device', 'topic'] },
    device: {
      input: 'text',
      default: '',
      pick: 'devices',
      isRequired: true,
      when: { field: 'source', is: ['device'] },
    },
    property: {
      input: 'text',
      default: '',
      pick: 'properties',
      isRequired: true,
      when: { field: 'source', is: ['device'] },
    },
    topic: {
      input: 'text',
      default: '',
      pick: 'topics',
      isRequired: true,
      when: { field: 'source', is: ['topic'] },
    },
    /** Within a JSON payload: `a.b`; empty: all of it. */
    path: { input: 'text', default: '', when: { field: 'source', is: ['topic'] } },
    compare: { input: 'choice', default: 'eq', options: comparisons.filter((one) => one !== 'any') },
    value: comparedValue,
    /** Empty: for ever. */
    timeout: { input: 'duration', default: '' },
  },
};
