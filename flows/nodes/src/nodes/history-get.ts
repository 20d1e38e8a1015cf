// `history get`: a value of a topic over time, in so many points.
import type { HistoryView } from '../../../../src/api/contract.ts';
import { historyGet as kind } from '../kinds/house.ts';
import { tell } from '../shared/cause.ts';
import type { NodeType } from '../shared/node-type.ts';
import { textOf } from '../shared/values.ts';

function instantOf(value: unknown): string | number | undefined {
  return typeof value === 'number' || typeof value === 'string' ? value : undefined;
}

export const historyGet: NodeType = {
  kind,
  start: ({ settings, values, status, ask }) => {
    const topic = values.prepare(settings.typed('topic'));
    const from = values.prepare(settings.typed('from'));
    const to = values.prepare(settings.typed('to'));
    return {
      input: async (msg, send) => {
        const query = {
          topic: textOf(await topic(msg), 'topic'),
          path: settings.text('path'),
          from: instantOf(await from(msg)),
          to: instantOf(await to(msg)),
          points: settings.number('points'),
        };
        const view = await ask<HistoryView>('/history', { query }, msg);
        const { points, ...facts } = view;
        msg.payload = points;
        status.value(points.length);
        send(tell(msg, { history: facts }));
      },
    };
  },
};
