// `flow in`: where a rule's action `flow: NAME` enters. `flow answer` tells the rule how it went.
import type { FlowCallView } from '../../../../src/api/contract.ts';
import { flowIn as kind } from '../kinds/rules.ts';
import type { NodeType } from '../shared/node-type.ts';

export const flowIn: NodeType = {
  kind,
  start: ({ settings, engine, status, send }) => {
    const undo = engine.link.watch('flows', settings.text('flow'), {
      every: true,
      item: (item) => {
        const { data, flow, ...facts } = item as FlowCallView;
        status.value(data);
        send({ topic: flow, payload: data ?? null, homerule: { flow, ...facts } });
      },
      refused: (reason) => status.failed(reason),
    });
    return { close: undo };
  },
};
