// Rules as documents: list, read, save, delete, check.
import { z } from 'zod';
import type { RuleView } from '../../api/index.ts';
import { documentBody } from '../body.ts';
import { etag, expectedVersion } from '../precondition.ts';
import { noContent, noInput, ok, type Reply, type Route, route } from '../route.ts';

const tag = 'rules';
const flag = z.enum(['true', 'false']).exactOptional();
const saveQuery = { note: z.string().max(500).exactOptional(), force: flag };

/** What the query says about a save. */
function optionsIn({ note, force }: { readonly note?: string; readonly force?: 'true' | 'false' }): {
  readonly note?: string;
  readonly force?: boolean;
} {
  return { ...(note !== undefined && { note }), ...(force === 'true' && { force: true }) };
}

export function ruleReply(rule: RuleView): Reply {
  return { ...ok(rule), headers: { ETag: etag(rule.version) } };
}

/** A first version was created at this request; a later one replaced another. */
function savedReply(rule: RuleView): Reply {
  if (rule.version !== 1) return ruleReply(rule);
  const headers = { ETag: etag(rule.version), Location: `/api/v1/rules/${encodeURIComponent(rule.id)}` };
  return { status: 201, headers, body: rule };
}

const list = route({
  ...noInput,
  method: 'get',
  path: '/rules',
  tag,
  summary: 'All rules with their latest outcome',
  success: { status: 200, view: 'RuleList' },
  handle: ({ api }) => ok({ items: api.rules.list() }),
});

const create = route({
  method: 'post',
  path: '/rules',
  tag,
  summary:
    'Save a document under its own id; an existing rule is kept unless replace=true; refused when its tests fail, unless force=true',
  query: z.strictObject({ replace: flag, ...saveQuery }),
  body: documentBody,
  success: { status: 201, view: 'RuleView' },
  handle: async ({ api, actor, headers, query, body }) => {
    const ifVersion = expectedVersion(headers) ?? (query.replace === 'true' ? undefined : 0);
    const options = { text: body, ...optionsIn(query) };
    const rule = await api.rules.save(actor, ifVersion === undefined ? options : { ...options, ifVersion });
    return savedReply(rule);
  },
});

const get = route({
  ...noInput,
  method: 'get',
  path: '/rules/{id}',
  tag,
  summary: 'One rule; its text as written with Accept: text/yaml',
  success: { status: 200, view: 'RuleView' },
  handle: async ({ api, param, wantsYaml }) => {
    const rule = await api.rules.get(param('id'));
    const headers = { ETag: etag(rule.version), Vary: 'Accept' };
    return wantsYaml ? { status: 200, headers, yaml: rule.source } : { status: 200, headers, body: rule };
  },
});

const put = route({
  method: 'put',
  path: '/rules/{id}',
  tag,
  summary:
    'Save a document under this id; If-Match "VERSION", or If-None-Match * when it must be new; refused when its tests fail, unless force=true',
  query: z.strictObject(saveQuery),
  body: documentBody,
  success: { status: 200, view: 'RuleView' },
  handle: async ({ api, actor, headers, param, query, body }) => {
    const ifVersion = expectedVersion(headers);
    const rule = await api.rules.save(actor, {
      id: param('id'),
      text: body,
      ...(ifVersion === undefined ? {} : { ifVersion }),
      ...optionsIn(query),
    });
    return savedReply(rule);
  },
});

const remove = route({
  ...noInput,
  method: 'delete',
  path: '/rules/{id}',
  tag,
  summary: 'Delete a rule; If-Match "VERSION"',
  success: { status: 204 },
  handle: async ({ api, actor, headers, param }) => {
    await api.rules.delete(actor, param('id'), expectedVersion(headers));
    return noContent;
  },
});

const check = route({
  ...noInput,
  method: 'post',
  path: '/rules/check',
  tag,
  summary: 'The problems of a document, without saving it',
  body: documentBody,
  success: { status: 200, view: 'CheckView' },
  handle: ({ api, body }) => ok(api.rules.check(body)),
});

const kinds = route({
  ...noInput,
  method: 'get',
  path: '/rules/kinds',
  tag,
  summary: 'The kinds of triggers and actions: what they do, an example, and what each option is about',
  success: { status: 200, view: 'KindsView' },
  handle: ({ api }) => ok(api.rules.kinds()),
});

const analysis = route({
  ...noInput,
  method: 'get',
  path: '/rules/analysis',
  tag,
  summary:
    'What is wrong with the rules as a whole: loops, conflicts, dead ends; and the graph of who wakes whom',
  success: { status: 200, view: 'AnalysisView' },
  handle: async ({ api }) => ok(await api.rules.analysis()),
});

const translate = route({
  ...noInput,
  method: 'post',
  path: '/rules/translate',
  tag,
  summary: 'Automations of Home Assistant as rules, with what was not understood; nothing is saved',
  body: documentBody,
  success: { status: 200, view: 'TranslationView' },
  handle: ({ api, body }) => ok(api.rules.translate(body)),
});

export const ruleRoutes: readonly Route[] = [
  list,
  create,
  check,
  translate,
  kinds,
  analysis,
  get,
  put,
  remove,
];
