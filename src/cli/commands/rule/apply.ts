// `homerule rule apply`: saves documents; when one of them is wrong, none is saved.
import { z } from 'zod';
import type { RuleView } from '../../../api/index.ts';
import { type ApiCall, apiCommand, segment } from '../../api-command.ts';
import { print, printJson, remark } from '../../context.ts';
import { exitCodes } from '../../errors.ts';
import { type Checked, checkThere, isRefused, printProblems } from './check.ts';
import { readRuleTexts } from './rule-files.ts';

const options = z.looseObject({ note: z.string().optional(), force: z.boolean().default(false) });

async function save(call: ApiCall, { text, view }: Checked): Promise<RuleView> {
  const id = segment(view.rule?.id ?? '');
  const { note, force } = options.parse(call.options);
  const words = [note === undefined ? '' : `note=${segment(note)}`, force ? 'force=true' : ''].filter(
    Boolean,
  );
  return call.client.request<RuleView>(`/rules/${id}${words.length > 0 ? '?' : ''}${words.join('&')}`, {
    method: 'PUT',
    yaml: text,
  });
}

/** What was found only beside the rules that were saved before it. */
function newIn({ problems }: RuleView, entry: Checked): Checked {
  const told = new Set(entry.view.problems.map(({ message }) => message));
  const news = problems.filter(({ message }) => !told.has(message));
  return { ...entry, view: { ...entry.view, problems: news } };
}

async function applyRules(call: ApiCall): Promise<number> {
  const checked = await checkThere(call, await readRuleTexts(call, call.args));
  const refused = checked.filter(isRefused);
  printProblems({ stdout: refused.length > 0 && !call.isJson ? call.stdout : call.stderr }, checked);
  if (refused.length > 0) {
    remark(call, `homerule: rule-invalid: ${refused.length} of ${checked.length} refused, nothing was saved`);
    return exitCodes.failed;
  }
  const saved: RuleView[] = [];
  for (const entry of checked) {
    const rule = await save(call, entry);
    saved.push(rule);
    printProblems({ stdout: call.stderr }, [newIn(rule, entry)]);
    if (!call.isJson) print(call, `applied ${rule.id} (version ${rule.version})`);
    for (const { name, secret } of rule.webhooks ?? [])
      remark(call, `the secret of /hooks/${name} is ${secret}; it is not shown again`);
  }
  if (call.isJson)
    printJson(
      call,
      saved.map(({ id, version }) => ({ id, version })),
    );
  return exitCodes.ok;
}

export const applyCommand = apiCommand({
  name: 'rule apply',
  about: 'save rule documents, all or none (- is the standard input)',
  example: 'homerule rule apply data/example/rules/fan.yaml',
  declare: (command) =>
    void command
      .argument('<file...>')
      .option('--note <text>', 'why, for the history of each rule')
      .option('--force', 'although tests in them fail'),
  run: applyRules,
});
