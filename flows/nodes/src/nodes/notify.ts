// `notify`: tells people something through channels of the house.
import { notify as kind } from '../kinds/house.ts';
import type { NodeType } from '../shared/node-type.ts';
import { textOf } from '../shared/values.ts';

function isEmptyObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

export const notify: NodeType = {
  kind,
  start: ({ settings, values, status, ask }) => {
    const title = values.prepare(settings.typed('title'));
    const message = values.prepare(settings.typed('message'));
    const data = values.prepare(settings.typed('data'));
    return {
      input: async (msg, send) => {
        const heading = String((await title(msg)) ?? '');
        const more = await data(msg);
        const body = {
          channels: settings.names('channels'),
          message: textOf(await message(msg), 'message'),
          ...(heading !== '' && { title: heading }),
          ...(more !== undefined && more !== null && !isEmptyObject(more) && { data: more }),
        };
        await ask('/notifications', { method: 'POST', body, timeoutMs: 40_000 }, msg);
        status.value(body.message);
        send(msg);
      },
    };
  },
};
