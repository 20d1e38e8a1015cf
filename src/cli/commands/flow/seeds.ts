// `homerule flow list` and `add`: flows that come with Homerule.
import { z } from 'zod';
import type { FlowSeedAddedView, FlowSeedView, Page } from '../../../api/index.ts';
import { type ApiCall, apiCommand, segment } from '../../api-command.ts';
import { print, printJson } from '../../context.ts';
import { exitCodes, fail } from '../../errors.ts';
import { tableLines } from '../../table.ts';

const options = z.looseObject({ replace: z.boolean().default(false) });

async function listSeeds(call: ApiCall): Promise<number> {
  const { items } = await call.client.request<Page<FlowSeedView>>('/flows/seeds');
  if (call.isJson) {
    printJson(call, items);
    return exitCodes.ok;
  }
  const rows = items.map(({ name, title, settings, added }) => {
    const words = settings.map((one) => `${one.name}=${one.value}`).join(' ');
    return [name, added ? 'added' : '-', `${title.en} / ${title.zh}`, words];
  });
  for (const line of tableLines(['NAME', 'STATE', 'FLOW', 'SETTINGS'], rows)) print(call, line);
  return exitCodes.ok;
}

/** Throws `wrong-usage`. */
function settingOf(text: string): readonly [string, string] {
  const at = text.indexOf('=');
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
  throw fail(
    'wrong-usage',
    `a setting is NAME=VALUE, such as LAMP=hallway-light; this is "${text.slice(0, 80)}"`,
  );
}

async function addSeed(call: ApiCall): Promise<number> {
  const [name = '', ...given] = call.args;
  const { replace } = options.parse(call.options);
  const settings = Object.fromEntries(given.map(settingOf));
  const json = { ...(replace && { replace }), ...(given.length > 0 && { settings }) };
  const path = `/flows/seeds/${segment(name)}`;
  const view = await call.client.request<FlowSeedAddedView>(path, { method: 'POST', json });
  const { flow, added, kept, replaced } = view;
  const counts = [`${added} nodes added`, `${kept} left as they were`, `${replaced} put back`].join(', ');
  if (call.isJson) printJson(call, view);
  else print(call, `${name}: ${counts}; see it at /red/#flow/${flow}`);
  return exitCodes.ok;
}

export const seedCommands = [
  apiCommand({
    name: 'flow list',
    about: 'list the flows that come with Homerule, with their settings',
    example: 'homerule flow list',
    run: listSeeds,
  }),
  apiCommand({
    name: 'flow add',
    about: 'add one of them to Node-RED; what you changed in it stays',
    example: 'homerule flow add presence-lighting SENSOR=hallway-motion LAMP=hallway-light',
    declare: (command) =>
      void command
        .argument('<name>')
        .argument('[settings...]', 'NAME=VALUE, as `flow list` shows them')
        .option('--replace', 'put the flow back as it came, without what you changed'),
    run: addSeed,
  }),
];
