// `homerule rule history`: the versions of a rule, or the text of one.
import { z } from 'zod';
import type { Page, RuleVersionView } from '../../../api/index.ts';
import { type ApiCall, apiCommand, segment } from '../../api-command.ts';
import { print, printJson } from '../../context.ts';
import { exitCodes } from '../../errors.ts';
import { tableLines } from '../../table.ts';

const options = z.looseObject({ show: z.string().optional(), diff: z.boolean().default(false) });

async function showVersion(call: ApiCall, path: string, version: string): Promise<void> {
  const view = await call.client.request<RuleVersionView>(`${path}/${segment(version)}`);
  if (call.isJson) printJson(call, view);
  else print(call, (view.source ?? '').trimEnd());
}

/** Newest first; the oldest has nothing to differ from. */
function diffLines({ version, savedAt, author, note, diff }: RuleVersionView): string[] {
  const why = note === '' ? '' : ` (${note})`;
  const head = `# version ${version} of ${new Date(savedAt).toISOString()} by ${author}${why}`;
  if (diff === undefined) return [head];
  const paths = diff.paths.map(({ path, change }) => `# ${change} ${path}`);
  return [head, ...paths, ...(diff.text === '' ? [] : diff.text.split('\n')), ''];
}

async function listVersions(call: ApiCall, path: string, hasDiff: boolean): Promise<void> {
  const { items } = await call.client.request<Page<RuleVersionView>>(path);
  if (call.isJson) {
    printJson(call, items);
    return;
  }
  if (hasDiff) {
    for (const line of items.flatMap(diffLines)) print(call, line);
    return;
  }
  const rows = items.map((item) => [
    String(item.version),
    new Date(item.savedAt).toISOString(),
    item.author,
    item.note,
  ]);
  for (const line of tableLines(['VERSION', 'SAVED', 'BY', 'NOTE'], rows)) print(call, line);
}

async function showHistory(call: ApiCall): Promise<number> {
  const path = `/rules/${segment(call.args[0] ?? '')}/versions`;
  const { show, diff } = options.parse(call.options);
  if (show === undefined) await listVersions(call, path, diff);
  else await showVersion(call, path, show);
  return exitCodes.ok;
}

export const historyCommand = apiCommand({
  name: 'rule history',
  about: 'list the versions of a rule, or print one',
  example: 'homerule rule history hallway-night-light --show 3',
  declare: (command) =>
    void command
      .argument('<id>')
      .option('--show <version>', 'print the text of this version')
      .option('--diff', 'print what each version changed'),
  run: showHistory,
});
