// `homerule token …`: programs that may use the API.
import { z } from 'zod';
import {
  type AddedTokenView,
  type Page,
  type Permission,
  permissions,
  type TokenRequest,
  type TokenView,
} from '../../api/index.ts';
import { type ApiCall, apiCommand, segment } from '../api-command.ts';
import { print, printJson } from '../context.ts';
import { exitCodes, fail } from '../errors.ts';
import { ago, roughly } from '../spoken.ts';
import { tableLines } from '../table.ts';

const flags = z.looseObject({ scopes: z.string().default('read'), days: z.string().optional() });

function scopesOf(text: string): Permission[] {
  return text.split(',').map((word) => {
    const scope = permissions.find((each) => each === word.trim());
    if (scope === undefined)
      throw fail('wrong-usage', `--scopes: expected some of ${permissions.join(',')}, got "${word}"`);
    return scope;
  });
}

function daysOf(text: string): number {
  const days = Number(text);
  if (Number.isInteger(days) && days > 0) return days;
  throw fail('wrong-usage', `--days: expected a whole number of days, got "${text}"`);
}

async function add(call: ApiCall): Promise<number> {
  const [name = ''] = call.args;
  const { scopes, days } = flags.parse(call.options);
  const json: TokenRequest = {
    name,
    scopes: scopesOf(scopes),
    ...(days !== undefined && { days: daysOf(days) }),
  };
  const added = await call.client.request<AddedTokenView>('/tokens', { method: 'POST', json });
  if (call.isJson) printJson(call, added);
  else {
    print(call, `added ${added.id}: ${added.name} may ${added.scopes.join(', ')}`);
    print(call, `the token, shown only now: ${added.token}`);
  }
  return exitCodes.ok;
}

function rowOf({ id, name, scopes, usedAt, expiresAt }: TokenView, now: number): string[] {
  const used = usedAt === undefined ? 'never used' : `used ${ago(usedAt, now)}`;
  const left = expiresAt === undefined ? '' : roughly(expiresAt - now);
  const end = expiresAt === undefined ? 'no end' : expiresAt > now ? `${left} left` : 'over';
  return [id, name, scopes.join(','), used, end];
}

async function list(call: ApiCall): Promise<number> {
  const { items } = await call.client.request<Page<TokenView>>('/tokens');
  if (call.isJson) printJson(call, items);
  else {
    const now = call.clock.now();
    const rows = items.map((token) => rowOf(token, now));
    for (const line of tableLines(['ID', 'NAME', 'SCOPES', 'USE', 'END'], rows)) print(call, line);
  }
  return exitCodes.ok;
}

async function remove(call: ApiCall): Promise<number> {
  const [id = ''] = call.args;
  await call.client.request(`/tokens/${segment(id)}`, { method: 'DELETE' });
  if (call.isJson) printJson(call, { deleted: id });
  else print(call, `deleted ${id}`);
  return exitCodes.ok;
}

export const tokenCommands = [
  apiCommand({
    name: 'token list',
    about: 'list tokens',
    example: 'homerule token list',
    run: list,
  }),
  apiCommand({
    name: 'token add',
    about: 'make a token for a program; it is shown once',
    example: 'homerule token add grafana\nhomerule token add backup --scopes read,edit --days 365',
    declare: (command) =>
      void command
        .argument('<name>')
        .option('--scopes <scopes>', 'some of read,operate,edit,admin (default: read)')
        .option('--days <n>', 'how long it is good for (default: until it is deleted)'),
    run: add,
  }),
  apiCommand({
    name: 'token delete',
    about: 'delete a token; it holds at once',
    example: 'homerule token delete 01JB2Z…',
    declare: (command) => void command.argument('<id>'),
    run: remove,
  }),
];
