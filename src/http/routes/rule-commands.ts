// What is done to a rule that exists: run, enable, disable.
import { listQuery, promoteRequest, ruleTestRequest, runRequest } from '../../api/index.ts';
import { jsonBody } from '../body.ts';
import { expectedVersion } from '../precondition.ts';
import { noInput, ok, type Route, route } from '../route.ts';
import { ruleReply } from './rules.ts';

const tag = 'rules';

const run = route({
  ...noInput,
  method: 'post',
  path: '/rules/{id}/run',
  tag,
  summary: 'Run a rule now; answers with the run as it stands after its first step',
  body: jsonBody('RunRequest', runRequest),
  success: { status: 200, view: 'RunView' },
  handle: async ({ api, actor, param, body }) => ok(await api.rules.run(actor, param('id'), body)),
});

const test = route({
  ...noInput,
  method: 'post',
  path: '/rules/{id}/test',
  tag,
  summary: 'Play the tests of a rule, or of a draft of it, in virtual time',
  body: jsonBody('RuleTestRequest', ruleTestRequest),
  success: { status: 200, view: 'RuleTestsView' },
  handle: async ({ api, param, body }) => ok(await api.ruleTests.test(param('id'), body)),
});

const shadow = route({
  ...noInput,
  method: 'get',
  path: '/rules/{id}/shadow',
  tag,
  summary: 'What a shadow rule would have done, compared with what happened; newest first',
  query: listQuery,
  success: { status: 200, view: 'ShadowView' },
  handle: ({ api, param, query }) => ok(api.shadows.list(param('id'), query)),
});

const promote = route({
  ...noInput,
  method: 'post',
  path: '/rules/{id}/promote',
  tag,
  summary:
    'Make a shadow rule real: its text without `shadow: true` becomes a new version; If-Match "VERSION"',
  body: jsonBody('PromoteRequest', promoteRequest),
  success: { status: 200, view: 'RuleView' },
  handle: async ({ api, actor, headers, param, body }) =>
    ruleReply(await api.shadows.promote(actor, param('id'), body, expectedVersion(headers))),
});

const enable = route({
  ...noInput,
  method: 'post',
  path: '/rules/{id}/enable',
  tag,
  summary: 'Switch a rule on',
  success: { status: 200, view: 'RuleSummary' },
  handle: async ({ api, actor, param }) => ok(await api.rules.setEnabled(actor, param('id'), true)),
});

const disable = route({
  ...noInput,
  method: 'post',
  path: '/rules/{id}/disable',
  tag,
  summary: 'Switch a rule off',
  success: { status: 200, view: 'RuleSummary' },
  handle: async ({ api, actor, param }) => ok(await api.rules.setEnabled(actor, param('id'), false)),
});

export const ruleCommandRoutes: readonly Route[] = [run, test, shadow, promote, enable, disable];
