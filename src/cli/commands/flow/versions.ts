// `homerule flow versions` and `restore`: the last deploys, and the way back to one.
import { z } from 'zod';
import type { FlowsView, FlowVersionView, Page } from '../../../api/index.ts';
import { type ApiCall, apiCommand, segment } from '../../api-command.ts';
import { print, printJson } from '../../context.ts';
import { exitCodes } from '../../errors.ts';
import { tableLines } from '../../table.ts';

const options = z.looseObject({ diff: z.boolean().default(false) });

function rowOf({ version, at, by, type, diff = [] }: FlowVersionView): string[] {
  const counts = (['added', 'removed', 'changed'] as const).flatMap((change) => {
    const count = diff.filter((one) => one.change === change).length;
    return count === 0 ? [] : [`${count} ${change}`];
  });
  return [String(version), new Date(at).toISOString(), by || '-', type, counts.join(', ') || '-'];
}

function diffLines({ version, at, by, diff = [] }: FlowVersionView): string[] {
  const head = `# version ${version} of ${new Date(at).toISOString()}${by === '' ? '' : ` by ${by}`}`;
  const nodes = diff.flatMap(({ id, type, name, change, text }) => [
    `# ${change} ${type} ${name === undefined ? id : `${name} (${id})`}`,
    ...text.split('\n'),
  ]);
  return [head, ...nodes, ''];
}

async function listVersions(call: ApiCall): Promise<number> {
  const { items } = await call.client.request<Page<FlowVersionView>>('/flows/versions');
  const { diff } = options.parse(call.options);
  if (call.isJson) printJson(call, items);
  else if (diff) for (const line of items.flatMap(diffLines)) print(call, line);
  else {
    const heading = ['VERSION', 'DEPLOYED', 'BY', 'TYPE', 'NODES'];
    for (const line of tableLines(heading, items.map(rowOf))) print(call, line);
  }
  return exitCodes.ok;
}

async function restore(call: ApiCall): Promise<number> {
  const [version = ''] = call.args;
  const path = `/flows/versions/${segment(version)}/restore`;
  const view = await call.client.request<FlowsView>(path, { method: 'POST', json: {} });
  if (call.isJson) printJson(call, view);
  else print(call, `deployed version ${version} again`);
  return exitCodes.ok;
}

export const versionCommands = [
  apiCommand({
    name: 'flow versions',
    about: 'list the last deploys',
    example: 'homerule flow versions --diff',
    declare: (command) => void command.option('--diff', 'print what each deploy changed'),
    run: listVersions,
  }),
  apiCommand({
    name: 'flow restore',
    about: 'deploy an earlier version of the flows again',
    example: 'homerule flow restore 3',
    declare: (command) => void command.argument('<version>'),
    run: restore,
  }),
];
