// What a rule would do, and what became of it: answered by a replay that nothing leaves.
import { dryRunRequest, explainRequest } from '../../api/index.ts';
import { jsonBody } from '../body.ts';
import { noInput, ok, type Route, route } from '../route.ts';

const tag = 'rules';

const dryRun = route({
  ...noInput,
  method: 'post',
  path: '/rules/{id}/dry-run',
  tag,
  summary:
    'What a draft would do when something wakes it, in a copy of the house as it is or was; nothing leaves it',
  body: jsonBody('DryRunRequest', dryRunRequest),
  success: { status: 200, view: 'DryRunView' },
  handle: async ({ api, actor, param, body }) => ok(await api.inquiries.dryRun(actor, param('id'), body)),
});

const explain = route({
  ...noInput,
  method: 'post',
  path: '/rules/{id}/explain',
  tag,
  summary:
    'What became of a rule at some time, and why it did not run: codes with values, the likeliest first',
  body: jsonBody('ExplainRequest', explainRequest),
  success: { status: 200, view: 'ExplanationView' },
  handle: async ({ api, param, body }) => ok(await api.inquiries.explain(param('id'), body)),
});

export const inquiryRoutes: readonly Route[] = [dryRun, explain];
