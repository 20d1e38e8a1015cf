// `homerule secret …`: what rules may use and nobody may read.
import type { Page, SecretView } from '../../api/index.ts';
import { type ApiCall, apiCommand, segment } from '../api-command.ts';
import { print, printJson } from '../context.ts';
import { exitCodes } from '../errors.ts';
import { readPassword } from '../password-input.ts';
import { ago } from '../spoken.ts';
import { tableLines } from '../table.ts';

async function setSecret(call: ApiCall): Promise<number> {
  const [name = ''] = call.args;
  const json = { value: await readPassword(call) };
  const view = await call.client.request<SecretView>(`/secrets/${segment(name)}`, { method: 'PUT', json });
  if (call.isJson) printJson(call, view);
  else print(call, `set ${name}; rules read it as $secret('${name}')`);
  return exitCodes.ok;
}

async function listSecrets(call: ApiCall): Promise<number> {
  const { items } = await call.client.request<Page<SecretView>>('/secrets');
  if (call.isJson) printJson(call, items);
  else {
    const now = call.clock.now();
    const rows = items.map(({ name, changedAt }) => [name, ago(changedAt, now)]);
    for (const line of tableLines(['NAME', 'CHANGED'], rows)) print(call, line);
  }
  return exitCodes.ok;
}

async function deleteSecret(call: ApiCall): Promise<number> {
  const [name = ''] = call.args;
  await call.client.request(`/secrets/${segment(name)}`, { method: 'DELETE' });
  if (call.isJson) printJson(call, { deleted: name });
  else print(call, `deleted ${name}`);
  return exitCodes.ok;
}

export const secretCommands = [
  apiCommand({
    name: 'secret set',
    about: 'set a secret; its value is read from the standard input, and asked for on a terminal',
    example: 'homerule secret set gate-code',
    declare: (command) => void command.argument('<name>'),
    run: setSecret,
  }),
  apiCommand({
    name: 'secret list',
    about: 'list the names of the secrets',
    example: 'homerule secret list',
    run: listSecrets,
  }),
  apiCommand({
    name: 'secret delete',
    about: 'delete a secret',
    example: 'homerule secret delete gate-code',
    declare: (command) => void command.argument('<name>'),
    run: deleteSecret,
  }),
];
