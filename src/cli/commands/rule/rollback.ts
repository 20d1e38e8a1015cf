// `homerule rule rollback`: saves an older version again, as a new one.
import { z } from 'zod';
import type { RuleView } from '../../../api/index.ts';
import { type ApiCall, apiCommand, segment } from '../../api-command.ts';
import { print, printJson } from '../../context.ts';
import { exitCodes, fail } from '../../errors.ts';

const options = z.looseObject({ note: z.string().optional() });

async function rollBack(call: ApiCall): Promise<number> {
  const [id = '', version = ''] = call.args;
  if (!/^[1-9]\d*$/.test(version))
    throw fail('wrong-usage', `"${version}" is no version; expected a number such as 3`);
  const { note } = options.parse(call.options);
  const json = { version: Number(version), ...(note !== undefined && { note }) };
  const view = await call.client.request<RuleView>(`/rules/${segment(id)}/rollback`, {
    method: 'POST',
    json,
  });
  if (view === undefined) throw fail('bad-answer', 'the server did not say what came of the rollback');
  if (call.isJson) printJson(call, view);
  else print(call, `${id} is back to version ${version}, kept as version ${view.version}`);
  return exitCodes.ok;
}

export const rollbackCommand = apiCommand({
  name: 'rule rollback',
  about: 'go back to an older version of a rule',
  example: 'homerule rule rollback hallway-night-light 3',
  declare: (command) =>
    void command
      .argument('<id>')
      .argument('<version>')
      .option('--note <text>', 'why, for the history (default: back to version N)'),
  run: rollBack,
});
