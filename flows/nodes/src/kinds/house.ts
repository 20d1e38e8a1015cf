// Kinds of nodes about the house: the connection to it, its past and how it tells people something.
import type { Kind } from './kind.ts';

/** Without address and token it is the house that runs this Node-RED; both are credentials, never part of a flow. */
export const engine: Kind = {
  type: 'homerule-engine',
  version: 1,
  inputs: 0,
  outputs: 0,
  icon: 'homerule-flow.svg',
  fields: {},
};

export const historyGet: Kind = {
  type: 'homerule-history-get',
  version: 1,
  inputs: 1,
  outputs: 1,
  icon: 'homerule-history.svg',
  fields: {
    topic: {
      input: 'typed',
      default: '',
      type: 'str',
      types: ['str', 'msg', 'jsonata'],
      pick: 'topics',
      isRequired: true,
    },
    path: { input: 'text', default: '' },
    /** `-1d`, ISO 8601 or epoch milliseconds. */
    from: { input: 'typed', default: '-1d', type: 'str', types: ['str', 'num', 'msg', 'jsonata'] },
    /** Empty: now. */
    to: { input: 'typed', default: '', type: 'str', types: ['str', 'num', 'msg', 'jsonata'] },
    points: { input: 'number', default: 200, min: 1, max: 5000 },
  },
};

export const notify: Kind = {
  type: 'homerule-notify',
  version: 1,
  inputs: 1,
  outputs: 1,
  icon: 'homerule-notify.svg',
  fields: {
    /** Names separated by commas. */
    channels: { input: 'text', default: '', pick: 'channels', isRequired: true },
    title: { input: 'typed', default: '', type: 'str', types: ['str', 'msg', 'jsonata'] },
    message: { input: 'typed', default: 'payload', type: 'msg', types: ['str', 'msg', 'jsonata'] },
    /** Priority, tags and what else the channel takes. */
    data: { input: 'typed', default: '{}', type: 'json', types: ['json', 'msg', 'jsonata'] },
  },
};
