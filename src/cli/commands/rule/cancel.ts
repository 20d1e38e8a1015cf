// `homerule rule cancel`: ends runs that wait.
import type { RunView } from '../../../api/index.ts';
import { type ApiCall, apiCommand, segment } from '../../api-command.ts';
import { print, printJson } from '../../context.ts';
import { exitCodes } from '../../errors.ts';

async function cancelRuns(call: ApiCall): Promise<number> {
  const runs: (RunView | undefined)[] = [];
  for (const id of call.args) {
    runs.push(await call.client.request<RunView>(`/runs/${segment(id)}/cancel`, { method: 'POST' }));
    if (!call.isJson) print(call, `cancelled ${id}`);
  }
  if (call.isJson) printJson(call, runs);
  return exitCodes.ok;
}

export const cancelCommand = apiCommand({
  name: 'rule cancel',
  about: 'end runs that wait; `homerule rule timers` lists them',
  example: 'homerule rule cancel 01m82p68gt0000cydjjs',
  declare: (command) => void command.argument('<run...>'),
  run: cancelRuns,
});
