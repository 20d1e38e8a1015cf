// `homerule rule test ID --from-run RUN`: a run on record as a test of its rule, printed or added to it.
import type { RuleView, RunTestView } from '../../../api/index.ts';
import { type ApiCall, segment } from '../../api-command.ts';
import { print, printJson, remark } from '../../context.ts';
import { exitCodes, fail } from '../../errors.ts';
import { incompleteText } from '../../incomplete.ts';

async function add(call: ApiCall, { rule: id, run, added }: RunTestView): Promise<void> {
  if (added === undefined) throw fail('bad-answer', `there is no rule ${id} that it could be added to`);
  const path = `/rules/${segment(id)}?note=${segment(`test of run ${run}`)}`;
  const saved = await call.client.request<RuleView>(path, {
    method: 'PUT',
    yaml: added.source,
    ifVersion: added.version,
  });
  remark(call, `added to ${id} (version ${saved.version})`);
}

/** Exits with 1 and adds nothing when the test does something else than the run did. */
export async function testOfRun(
  call: ApiCall,
  { run, isAdded }: { readonly run: string; readonly isAdded: boolean },
): Promise<number> {
  const [id, ...others] = call.args;
  if (others.length > 0) throw fail('wrong-usage', 'a run is of one rule: name that one');
  const view = await call.client.request<RunTestView>(`/runs/${segment(run)}/as-test`);
  if (view.rule !== id) throw fail('wrong-usage', `run ${run} is one of ${view.rule}, not of ${id}`);
  if (call.isJson) printJson(call, view);
  else print(call, view.yaml.trimEnd());
  for (const line of view.report) remark(call, line);
  for (const reason of view.incomplete) remark(call, `the past is not complete: ${incompleteText(reason)}`);
  if (!view.passes) remark(call, 'the test does not do what the run did; it needs a hand');
  else if (isAdded) await add(call, view);
  return view.passes ? exitCodes.ok : exitCodes.failed;
}
