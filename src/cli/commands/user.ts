// `homerule user …`: who may connect with a password.
import { z } from 'zod';
import type { AddedUserView, Page, UserRequest, UserRole, UserView } from '../../api/index.ts';
import { type ApiCall, apiCommand, segment } from '../api-command.ts';
import { print, printJson } from '../context.ts';
import { exitCodes, fail } from '../errors.ts';
import { readPassword } from '../password-input.ts';
import { ago } from '../spoken.ts';
import { tableLines } from '../table.ts';

const addFlags = z.looseObject({ role: z.string().default('device'), password: z.string().optional() });
const passwordFlag = z.looseObject({ password: z.string().optional() });

const roles = ['admin', 'editor', 'viewer', 'device'] as const;

function roleOf(text: string): UserRole {
  const role = roles.find((each) => each === text);
  if (role !== undefined) return role;
  throw fail('wrong-usage', `--role: expected ${roles.join(', ')}, got "${text}"`);
}

async function addUser(call: ApiCall): Promise<number> {
  const [name = ''] = call.args;
  const { role, password } = addFlags.parse(call.options);
  const json: UserRequest = { name, role: roleOf(role), ...(password !== undefined && { password }) };
  const user = await call.client.request<AddedUserView>('/users', { method: 'POST', json });
  if (call.isJson) printJson(call, user);
  else {
    print(call, `added ${user.role} ${user.name}`);
    if (user.password !== undefined) print(call, `its password, shown only now: ${user.password}`);
    if (user.role === 'device') print(call, `it may use ${user.name}/# and what \`homerule acl add\` allows`);
  }
  return exitCodes.ok;
}

async function listUsers(call: ApiCall): Promise<number> {
  const { items } = await call.client.request<Page<UserView>>('/users');
  if (call.isJson) printJson(call, items);
  else {
    const now = call.clock.now();
    const rows = items.map(({ name, role, enabled, changedAt }) => [
      name,
      role,
      enabled ? 'may connect' : 'disabled',
      ago(changedAt, now),
    ]);
    for (const line of tableLines(['NAME', 'ROLE', 'STATE', 'CHANGED'], rows)) print(call, line);
  }
  return exitCodes.ok;
}

async function setPassword(call: ApiCall): Promise<number> {
  const [name = ''] = call.args;
  const { password = await readPassword(call) } = passwordFlag.parse(call.options);
  const path = `/users/${segment(name)}/password`;
  const user = await call.client.request<UserView>(path, { method: 'POST', json: { password } });
  if (call.isJson) printJson(call, user);
  else print(call, `changed the password of ${name}; its open connections ended`);
  return exitCodes.ok;
}

function switchUser(verb: 'enable' | 'disable') {
  return async (call: ApiCall): Promise<number> => {
    const [name = ''] = call.args;
    const user = await call.client.request<UserView>(`/users/${segment(name)}/${verb}`, { method: 'POST' });
    if (call.isJson) printJson(call, user);
    else print(call, `${verb}d ${name}`);
    return exitCodes.ok;
  };
}

async function deleteUser(call: ApiCall): Promise<number> {
  const [name = ''] = call.args;
  await call.client.request(`/users/${segment(name)}`, { method: 'DELETE' });
  if (call.isJson) printJson(call, { deleted: name });
  else print(call, `deleted ${name}`);
  return exitCodes.ok;
}

export const userCommands = [
  apiCommand({
    name: 'user list',
    about: 'list users',
    example: 'homerule user list',
    run: listUsers,
  }),
  apiCommand({
    name: 'user add',
    about: 'add a user; without --password one is made and shown once',
    example: 'homerule user add lamp\nhomerule user add anna --role admin --password PW',
    declare: (command) =>
      void command
        .argument('<name>')
        .option(
          '--role <role>',
          'admin, editor and viewer log in; device: MQTT on its own topics (default: device)',
        )
        .option('--password <password>', 'its password'),
    run: addUser,
  }),
  apiCommand({
    name: 'user passwd',
    about: 'change a password; asks for it, or takes the first line of stdin',
    example: 'homerule user passwd lamp --password PW',
    declare: (command) => void command.argument('<name>').option('--password <password>', 'the new one'),
    run: setPassword,
  }),
  apiCommand({
    name: 'user enable',
    about: 'let a user connect again',
    example: 'homerule user enable lamp',
    declare: (command) => void command.argument('<name>'),
    run: switchUser('enable'),
  }),
  apiCommand({
    name: 'user disable',
    about: 'keep a user out and end its connections',
    example: 'homerule user disable lamp',
    declare: (command) => void command.argument('<name>'),
    run: switchUser('disable'),
  }),
  apiCommand({
    name: 'user delete',
    about: 'delete a user with the rules about it and end its connections',
    example: 'homerule user delete lamp',
    declare: (command) => void command.argument('<name>'),
    run: deleteUser,
  }),
];
