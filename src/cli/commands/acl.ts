// `homerule acl …`: what users may read and write.
import { z } from 'zod';
import type {
  AclCheckRequest,
  AclCheckView,
  AclRequest,
  AclRuleView,
  AclWhoRequest,
  AclWhoView,
  Page,
} from '../../api/index.ts';
import { type ApiCall, apiCommand, segment } from '../api-command.ts';
import { print, printJson } from '../context.ts';
import { exitCodes, fail } from '../errors.ts';
import { tableLines } from '../table.ts';

const words = ['read', 'write', 'readwrite', 'deny'] as const;
const userFlag = z.looseObject({ user: z.string().optional() });
const checkFlags = z.looseObject({ user: z.string().optional(), client: z.string().optional() });

function wordOf<Word extends string>(text: string, known: readonly Word[]): Word {
  const word = known.find((candidate) => candidate === text);
  if (word === undefined) throw fail('wrong-usage', `expected ${known.join(', ')}, got "${text}"`);
  return word;
}

async function listRules(call: ApiCall): Promise<number> {
  const { user } = userFlag.parse(call.options);
  const query = user === undefined ? '' : `?user=${segment(user)}`;
  const { items } = await call.client.request<Page<AclRuleView>>(`/acl${query}`);
  if (call.isJson) printJson(call, items);
  else {
    const rows = items.map((rule) => [rule.id, rule.user, rule.access, rule.filter]);
    for (const line of tableLines(['ID', 'USER', 'ACCESS', 'FILTER'], rows)) print(call, line);
  }
  return exitCodes.ok;
}

async function addRule(call: ApiCall): Promise<number> {
  const [user = '', access = '', filter = ''] = call.args;
  const json: AclRequest = { user, access: wordOf(access, words), filter };
  const rule = await call.client.request<AclRuleView>('/acl', { method: 'POST', json });
  if (call.isJson) printJson(call, rule);
  else print(call, `added ${rule.id}: ${rule.user} ${rule.access} ${rule.filter}`);
  return exitCodes.ok;
}

async function deleteRule(call: ApiCall): Promise<number> {
  const [id = ''] = call.args;
  await call.client.request(`/acl/${segment(id)}`, { method: 'DELETE' });
  if (call.isJson) printJson(call, { deleted: id });
  else print(call, `deleted ${id}`);
  return exitCodes.ok;
}

/** Exit code 1 when it is denied, so that scripts can ask. */
async function checkAccess(call: ApiCall): Promise<number> {
  const [access = '', topic = ''] = call.args;
  const { user, client } = checkFlags.parse(call.options);
  const json: AclCheckRequest = {
    access: wordOf(access, ['read', 'write']),
    topic,
    ...(user !== undefined && { user }),
    ...(client !== undefined && { client }),
  };
  const answer = await call.client.request<AclCheckView>('/acl/check', { method: 'POST', json });
  if (call.isJson) printJson(call, answer);
  else print(call, `${answer.allowed ? 'allowed' : 'denied'}: ${answer.because}`);
  return answer.allowed ? exitCodes.ok : exitCodes.failed;
}

async function who(call: ApiCall): Promise<number> {
  const [access = '', topic = ''] = call.args;
  const json: AclWhoRequest = { access: wordOf(access, ['read', 'write']), topic };
  const { items } = await call.client.request<Page<AclWhoView>>('/acl/who', { method: 'POST', json });
  if (call.isJson) printJson(call, items);
  else {
    const rows = items.map(({ user = '(no name)', role = '', allowed, because }) => [
      ...[user, role, allowed ? 'allowed' : 'denied', because],
    ]);
    for (const line of tableLines(['USER', 'ROLE', 'VERDICT', 'BECAUSE'], rows)) print(call, line);
  }
  return exitCodes.ok;
}

async function reload(call: ApiCall): Promise<number> {
  await call.client.request('/acl/reload', { method: 'POST' });
  if (call.isJson) printJson(call, { reloaded: true });
  else print(call, 'read the password file and the ACL file again');
  return exitCodes.ok;
}

export const aclCommands = [
  apiCommand({
    name: 'acl list',
    about: 'list access rules',
    example: 'homerule acl list --user lamp',
    declare: (command) => void command.option('--user <name>', 'only the rules about this user'),
    run: listRules,
  }),
  apiCommand({
    name: 'acl add',
    about: 'let a user, or * for everybody with a name, read or write topics, or deny it',
    example: "homerule acl add lamp read 'home/#'\nhomerule acl add '*' write 'status/%u'",
    declare: (command) =>
      void command.argument('<user>').argument('<access>', words.join(', ')).argument('<filter>'),
    run: addRule,
  }),
  apiCommand({
    name: 'acl delete',
    about: 'delete an access rule',
    example: 'homerule acl delete 01k9mvw3t00000abcdef',
    declare: (command) => void command.argument('<id>'),
    run: deleteRule,
  }),
  apiCommand({
    name: 'acl check',
    about: 'say whether a topic may be read or written, and by which rule; exit code 1 when not',
    example: 'homerule acl check write lamp/set --user lamp',
    declare: (command) =>
      void command
        .argument('<access>', 'read or write')
        .argument('<topic>')
        .option('--user <name>', 'without it: a client that has no name')
        .option('--client <id>', 'client id, for rules with %c'),
    run: checkAccess,
  }),
  apiCommand({
    name: 'acl who',
    about: 'say of everybody whether they may read or write a topic, and by which rule',
    example: 'homerule acl who write home/door/unlock',
    declare: (command) => void command.argument('<access>', 'read or write').argument('<topic>'),
    run: who,
  }),
  apiCommand({
    name: 'acl reload',
    about: 'read the password file and the ACL file again',
    example: 'homerule acl reload',
    run: reload,
  }),
];
