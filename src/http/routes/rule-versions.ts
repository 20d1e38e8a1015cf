// The past of a rule: its versions, and the way back to one.
import { rollbackRequest } from '../../api/index.ts';
import { jsonBody } from '../body.ts';
import { expectedVersion } from '../precondition.ts';
import { noInput, ok, type Route, route } from '../route.ts';
import { versionNumber } from '../version-number.ts';
import { ruleReply } from './rules.ts';

const tag = 'rules';

const list = route({
  ...noInput,
  method: 'get',
  path: '/rules/{id}/versions',
  tag,
  summary: 'Versions of a rule, newest first, with what each changed',
  success: { status: 200, view: 'RuleVersionList' },
  handle: async ({ api, param }) => ok({ items: await api.rules.versions(param('id')) }),
});

const get = route({
  ...noInput,
  method: 'get',
  path: '/rules/{id}/versions/{version}',
  tag,
  summary: 'One version with its text; the text alone with Accept: text/yaml',
  success: { status: 200, view: 'RuleVersionView' },
  handle: async ({ api, param, wantsYaml }) => {
    const version = await api.rules.version(param('id'), versionNumber(param('version')));
    const headers = { Vary: 'Accept' };
    if (wantsYaml && version.source !== undefined) return { status: 200, headers, yaml: version.source };
    return { status: 200, headers, body: version };
  },
});

const rollback = route({
  ...noInput,
  method: 'post',
  path: '/rules/{id}/rollback',
  tag,
  summary: 'Save the text of an earlier version as a new one; If-Match "VERSION"',
  body: jsonBody('RollbackRequest', rollbackRequest),
  success: { status: 200, view: 'RuleView' },
  handle: async ({ api, actor, headers, param, body }) =>
    ruleReply(await api.rules.rollback(actor, param('id'), body, expectedVersion(headers))),
});

export const ruleVersionRoutes: readonly Route[] = [list, get, rollback];
