// `homerule variable …`: persistent variables that rules share.
import type { Page, VariableView } from '../../api/index.ts';
import { type ApiCall, apiCommand, segment } from '../api-command.ts';
import { print, printJson } from '../context.ts';
import { exitCodes } from '../errors.ts';
import { ago } from '../spoken.ts';
import { tableLines } from '../table.ts';
import { shownValue, valueOfText } from './device/values.ts';

async function listVariables(call: ApiCall): Promise<number> {
  const { items } = await call.client.request<Page<VariableView>>('/variables');
  if (call.isJson) printJson(call, items);
  else {
    const now = call.clock.now();
    const rows = items.map(({ name, value, at, by }) => [name, shownValue(value), ago(at, now), by]);
    for (const line of tableLines(['NAME', 'VALUE', 'SET', 'BY'], rows)) print(call, line);
  }
  return exitCodes.ok;
}

async function getVariable(call: ApiCall): Promise<number> {
  const view = await call.client.request<VariableView>(`/variables/${segment(call.args[0] ?? '')}`);
  if (call.isJson) printJson(call, view);
  else print(call, shownValue(view.value));
  return exitCodes.ok;
}

async function setVariable(call: ApiCall): Promise<number> {
  const [name = '', value = ''] = call.args;
  const json = { value: valueOfText(value) };
  const view = await call.client.request<VariableView>(`/variables/${segment(name)}`, {
    method: 'PUT',
    json,
  });
  if (call.isJson) printJson(call, view);
  else print(call, `${name} = ${shownValue(view.value)}`);
  return exitCodes.ok;
}

async function deleteVariable(call: ApiCall): Promise<number> {
  const [name = ''] = call.args;
  await call.client.request(`/variables/${segment(name)}`, { method: 'DELETE' });
  if (call.isJson) printJson(call, { deleted: name });
  else print(call, `deleted ${name}`);
  return exitCodes.ok;
}

export const variableCommands = [
  apiCommand({
    name: 'variable list',
    about: 'list the variables that rules share',
    example: 'homerule variable list',
    run: listVariables,
  }),
  apiCommand({
    name: 'variable get',
    about: 'print the value of a variable',
    example: 'homerule variable get holiday',
    declare: (command) => void command.argument('<name>'),
    run: getVariable,
  }),
  apiCommand({
    name: 'variable set',
    about: 'set a variable; what is JSON is taken as JSON, all else as text',
    example: 'homerule variable set holiday true',
    declare: (command) => void command.argument('<name>').argument('<value>'),
    run: setVariable,
  }),
  apiCommand({
    name: 'variable delete',
    about: 'delete a variable',
    example: 'homerule variable delete holiday',
    declare: (command) => void command.argument('<name>'),
    run: deleteVariable,
  }),
];
