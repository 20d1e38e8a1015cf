// `homerule rule delete`
import { type ApiCall, apiCommand, segment } from '../../api-command.ts';
import { print, printJson } from '../../context.ts';
import { exitCodes } from '../../errors.ts';

async function deleteRules(call: ApiCall): Promise<number> {
  for (const id of call.args) {
    await call.client.request(`/rules/${segment(id)}`, { method: 'DELETE' });
    if (!call.isJson) print(call, `deleted ${id}`);
  }
  if (call.isJson) printJson(call, { deleted: call.args });
  return exitCodes.ok;
}

export const deleteCommand = apiCommand({
  name: 'rule delete',
  about: 'delete rules; their versions are kept for a while',
  example: 'homerule rule delete hallway-night-light',
  declare: (command) => void command.argument('<id...>'),
  run: deleteRules,
});
