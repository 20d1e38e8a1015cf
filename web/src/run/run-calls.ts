// What only the page of one run asks of the server.
import type { ApiClient } from '../api/client.ts';
import type { RuleView, RunTestView } from '../api/types.ts';

const id = encodeURIComponent;

export function runAsTest(api: ApiClient, run: string, signal: AbortSignal): Promise<RunTestView> {
  return api.call(`/runs/${id(run)}/as-test`, { signal });
}

/** Throws `version-conflict`, `tests-failed`. */
export function addTest(
  api: ApiClient,
  { rule, run }: RunTestView,
  { source, version }: NonNullable<RunTestView['added']>,
): Promise<RuleView> {
  const note = id(`test of run ${run}`);
  return api.call(`/rules/${id(rule)}?note=${note}`, { method: 'PUT', yaml: source, ifMatch: version });
}
