// `homerule flow status`, `start` and `stop`: the process of Node-RED.
import { z } from 'zod';
import type { FlowsView } from '../../../api/index.ts';
import { type ApiCall, apiCommand } from '../../api-command.ts';
import { print, printJson } from '../../context.ts';
import { exitCodes } from '../../errors.ts';
import { ago } from '../../spoken.ts';
import { tableLines } from '../../table.ts';

const options = z.looseObject({ safe: z.boolean().default(false) });
const mebibyte = 1_048_576;

function show(call: ApiCall, view: FlowsView): number {
  if (call.isJson) {
    printJson(call, view);
    return exitCodes.ok;
  }
  const now = call.clock.now();
  const { state, since, version, pid, rss, restarts, lastError } = view;
  const rows = [
    ['since', ago(since, now)],
    ['version', version],
    ...(pid === undefined ? [] : [['process', String(pid)]]),
    ...(rss === undefined ? [] : [['memory', `${Math.round(rss / mebibyte)} MB`]]),
    ['restarts', String(restarts)],
    ...(lastError === undefined ? [] : [['last error', `${lastError.message} (${ago(lastError.at, now)})`]]),
  ];
  for (const line of tableLines(['NODE-RED', state], rows)) print(call, line);
  return exitCodes.ok;
}

async function start(call: ApiCall): Promise<number> {
  const { safe } = options.parse(call.options);
  const json = safe ? { safe } : {};
  return show(call, await call.client.request<FlowsView>('/flows/start', { method: 'POST', json }));
}

export const stateCommands = [
  apiCommand({
    name: 'flow status',
    about: 'say how Node-RED is',
    example: 'homerule flow status',
    run: async (call) => show(call, await call.client.request<FlowsView>('/flows')),
  }),
  apiCommand({
    name: 'flow start',
    about: 'start Node-RED',
    example: 'homerule flow start --safe',
    declare: (command) =>
      void command.option('--safe', 'without running the flows, so that they can be mended'),
    run: start,
  }),
  apiCommand({
    name: 'flow stop',
    about: 'stop Node-RED, until it is started or the house starts anew',
    example: 'homerule flow stop',
    run: async (call) => show(call, await call.client.request<FlowsView>('/flows/stop', { method: 'POST' })),
  }),
];
