// `homerule import home-assistant FILE`: automations as rules, with every line that has no counterpart.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { CheckView, RuleView } from '../../api/index.ts';
import { messageOf } from '../../base/index.ts';
import { type TranslatedRule, translateHomeAssistant } from '../../config/index.ts';
import { type ApiCall, apiCommand, segment } from '../api-command.ts';
import { print, printJson } from '../context.ts';
import { exitCodes, fail } from '../errors.ts';
import { problemLine } from '../problems.ts';

const flags = z.looseObject({
  entities: z.string().optional(),
  out: z.string().optional(),
  apply: z.boolean().default(false),
  force: z.boolean().default(false),
});

interface ImportedRule extends TranslatedRule {
  readonly check: CheckView;
}

async function checked(rules: readonly TranslatedRule[]): Promise<ImportedRule[]> {
  const { checkRuleTexts } = await import('../../api/index.ts');
  const views = checkRuleTexts(rules.map(({ yaml }) => yaml));
  return rules.flatMap((rule, index) => {
    const check = views[index];
    return check === undefined ? [] : [{ ...rule, check }];
  });
}

function isFit({ check }: ImportedRule): boolean {
  return check.rule !== undefined && check.problems.every(({ severity }) => severity !== 'error');
}

/** All or none: files that are there already stay. */
function writeAll(folder: string, rules: readonly ImportedRule[], isForced: boolean): void {
  const files = rules.map(({ id, yaml }) => ({ path: join(folder, `${id}.yaml`), yaml }));
  const present = files.find(({ path }) => existsSync(path));
  if (present !== undefined && !isForced)
    throw fail('file-exists', `${present.path} is there already; --force replaces it`);
  try {
    mkdirSync(folder, { recursive: true });
    for (const { path, yaml } of files) writeFileSync(path, yaml, { flush: true });
  } catch (cause) {
    throw fail('file-missing', `${folder} cannot be written: ${messageOf(cause)}`, { cause });
  }
}

/** Rules that the house does not take yet are left out, as was said. Those that it has already stay. */
async function applyAll(call: ApiCall, rules: readonly ImportedRule[], isForced: boolean): Promise<void> {
  const note = segment('imported from Home Assistant');
  for (const { id, yaml } of rules.filter(isFit)) {
    const path = `/rules?replace=${isForced}&note=${note}`;
    const { version } = await call.client.request<RuleView>(path, { method: 'POST', yaml });
    if (!call.isJson) print(call, `applied ${id} (version ${version})`);
  }
}

function report(call: ApiCall, file: string, rules: readonly ImportedRule[]): void {
  for (const rule of rules) {
    for (const { line, kind, text } of rule.remarks)
      print(call, `${file}:${line}: ${rule.id}: ${kind}: ${text}`);
    for (const problem of rule.check.problems)
      print(call, `${file}: ${rule.id}: refused: ${problemLine(problem)}`);
  }
  const whole = rules.filter(
    (rule) => isFit(rule) && rule.remarks.every(({ kind }) => kind !== 'untranslated'),
  );
  const refused = rules.filter((rule) => !isFit(rule));
  const off = rules.length - whole.length - refused.length;
  print(
    call,
    `${rules.length} automations: ${whole.length} translated, ${off} in part (switched off), ${refused.length} not understood by this version`,
  );
}

async function importHomeAssistant(call: ApiCall): Promise<number> {
  const [file = ''] = call.args;
  const { entities, out, apply, force } = flags.parse(call.options);
  if (apply && out !== undefined) throw fail('wrong-usage', '--out and --apply exclude each other');
  const rules = await checked(translateHomeAssistant(file, entities));
  if (call.isJson) printJson(call, rules);
  else report(call, file, rules);
  if (out !== undefined) writeAll(out, rules, force);
  else if (apply) await applyAll(call, rules, force);
  else if (!call.isJson) for (const { yaml } of rules) print(call, `---\n${yaml.trimEnd()}`);
  return exitCodes.ok;
}

export const importHomeAssistantCommand = apiCommand({
  name: 'import home-assistant',
  about: 'translate automations of Home Assistant to rules and list what has no counterpart',
  example: 'homerule import home-assistant automations.yaml --entities entities.yaml --out rules',
  declare: (command) =>
    void command
      .argument('<file>')
      .option('--entities <file>', 'what entities are here: topics, devices or variables')
      .option('--out <dir>', 'write each rule to a file of this folder')
      .option('--apply', 'save the rules in the running house')
      .option('--force', 'replace files or rules that are there'),
  run: importHomeAssistant,
});
