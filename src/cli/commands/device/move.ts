// `homerule device used-by`, `rename` and `replace`: what names a device, and other names for it.
import { z } from 'zod';
import type { DeviceMoveView, DeviceUsesView } from '../../../api/index.ts';
import { type ApiCall, apiCommand, segment } from '../../api-command.ts';
import { print, printJson } from '../../context.ts';
import { exitCodes, fail } from '../../errors.ts';

async function usedBy(call: ApiCall): Promise<number> {
  const view = await call.client.request<DeviceUsesView>(`/devices/${segment(call.args[0] ?? '')}/used-by`);
  if (call.isJson) printJson(call, view);
  else {
    for (const { id, uses } of view.rules)
      for (const { path, line, name } of uses) print(call, `rule ${id} line ${line} ${path}: ${name}`);
    for (const { name, topics } of view.bridges) print(call, `bridge ${name}: ${topics.join('; ')}`);
    if (view.rules.length + view.bridges.length === 0) print(call, 'nothing names it');
  }
  return exitCodes.ok;
}

function show(call: ApiCall, view: DeviceMoveView): void {
  for (const { id, diff, uses } of view.rules) {
    print(call, `rule ${id}${diff === '' ? ': only by wildcards, left as it is' : ''}`);
    if (diff !== '') print(call, diff);
    for (const { isLoose, line, name } of uses)
      if (isLoose) print(call, `  line ${line} means ${name} among others: look at it`);
  }
  for (const { name, topics } of view.bridges)
    print(call, `bridge ${name} is not rewritten: ${topics.join('; ')}`);
  if (view.lost.length > 0) print(call, `the new hardware has no ${view.lost.join(', ')}`);
  print(call, view.applied ? `done: ${view.device}` : 'nothing was changed; --apply does it');
}

async function move(call: ApiCall, verb: 'rename' | 'replace', json: object): Promise<number> {
  const path = `/devices/${segment(call.args[0] ?? '')}/${verb}`;
  const view = await call.client.request<DeviceMoveView>(path, { method: 'POST', json });
  if (call.isJson) printJson(call, view);
  else show(call, view);
  return exitCodes.ok;
}

const options = z.looseObject({ apply: z.boolean().default(false), topic: z.array(z.string()).default([]) });

function topicPair(text: string): { from: string; to: string } {
  const [from = '', to = '', ...rest] = text.split('=');
  if (from === '' || to === '' || rest.length > 0)
    throw fail('wrong-usage', `--topic ${text}: expected OLD=NEW`);
  return { from, to };
}

export const deviceMoveCommands = [
  apiCommand({
    name: 'device used-by',
    about: 'list the rules and bridges that name a device or its topics',
    example: 'homerule device used-by desk-lamp',
    declare: (command) => void command.argument('<id>'),
    run: usedBy,
  }),
  apiCommand({
    name: 'device rename',
    about: 'another id, or other topics: shows what would change; with --apply rewrites the rules, too',
    example: 'homerule device rename desk-lamp study-lamp --apply',
    declare: (command) =>
      void command
        .argument('<id>')
        .argument('[new-id]')
        .option('--topic <old=new...>', 'topics that were renamed')
        .option('--apply', 'do it'),
    run: (call) => {
      const { apply, topic } = options.parse(call.options);
      const [, id] = call.args;
      return move(call, 'rename', { ...(id !== undefined && { id }), topics: topic.map(topicPair), apply });
    },
  }),
  apiCommand({
    name: 'device replace',
    about: 'give a device the hardware of another one: shows what would change; with --apply does it',
    example: 'homerule device replace desk-lamp 0x00158d0002 --apply',
    declare: (command) => void command.argument('<id>').argument('<new-hardware>').option('--apply', 'do it'),
    run: (call) =>
      move(call, 'replace', { with: call.args[1] ?? '', apply: options.parse(call.options).apply }),
  }),
];
