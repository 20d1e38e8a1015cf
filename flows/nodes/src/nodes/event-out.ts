// `event out`: an event of the house; it wakes rules with the trigger `event: NAME`.
import { eventOut as kind } from '../kinds/rules.ts';
import type { NodeType } from '../shared/node-type.ts';
import { textOf } from '../shared/values.ts';

export const eventOut: NodeType = {
  kind,
  start: ({ settings, values, status, ask }) => {
    const event = values.prepare(settings.typed('event'));
    const data = values.prepare(settings.typed('data'));
    return {
      input: async (msg, send) => {
        const name = textOf(await event(msg), 'event');
        const said = await data(msg);
        const body = said === undefined ? {} : { data: said };
        await ask(`/events/${encodeURIComponent(name)}`, { method: 'POST', body }, msg);
        status.value(name);
        send(msg);
      },
    };
  },
};
