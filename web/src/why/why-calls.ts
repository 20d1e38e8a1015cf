// Asks what became of a rule at some time.
import type { ApiClient } from '../api/client.ts';
import type { ExplainRequest, ExplanationView } from '../api/types.ts';

export function explain(api: ApiClient, rule: string, json: ExplainRequest): Promise<ExplanationView> {
  return api.call(`/rules/${encodeURIComponent(rule)}/explain`, { method: 'POST', json });
}
