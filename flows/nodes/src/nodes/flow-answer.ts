// `flow answer`: ends the call that `flow in` began, with a value or with what went wrong.
import type { NodeMessage } from 'node-red';
import { flowAnswer as kind } from '../kinds/rules.ts';
import { PaletteError } from '../shared/errors.ts';
import type { NodeType } from '../shared/node-type.ts';

interface Call {
  readonly id: string;
  /** Whether the rule waits for the answer. */
  readonly isAwaited: boolean;
}

function callOf({ homerule }: NodeMessage): Call {
  if (typeof homerule === 'object' && homerule !== null && 'call' in homerule) {
    const { call } = homerule;
    const isAwaited = !('wait' in homerule) || homerule.wait !== false;
    if (typeof call === 'string') return { id: call, isAwaited };
  }
  throw new PaletteError(
    'no-call',
    'this message does not come from a flow in: msg.homerule.call is missing',
  );
}

function answerOf(outcome: string, value: unknown): object {
  if (outcome === 'value') return { ok: true, ...(value !== undefined && { value }) };
  return {
    ok: false,
    code: 'flow-failed',
    message: typeof value === 'string' ? value : JSON.stringify(value),
  };
}

export const flowAnswer: NodeType = {
  kind,
  start: ({ settings, values, status, ask }) => {
    const value = values.prepare(settings.typed('value'));
    return {
      input: async (msg) => {
        const { id, isAwaited } = callOf(msg);
        const said = await value(msg);
        if (!isAwaited) return; // answered when it was handed over
        const body = answerOf(settings.text('outcome'), said);
        await ask(`/flows/calls/${encodeURIComponent(id)}`, { method: 'POST', body }, msg);
        status.value(said);
      },
    };
  },
};
