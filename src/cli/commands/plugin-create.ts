// `homerule plugin create`: a folder with a plugin that works, to begin with. It needs no running house.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pluginId } from '../../api/index.ts';
import { messageOf } from '../../base/index.ts';
import { packageRoot } from '../../config/index.ts';
import type { Call, CliCommand } from '../command.ts';
import { print, printJson } from '../context.ts';
import { exitCodes, fail } from '../errors.ts';
import { starterFiles } from '../starter/files.ts';

/** The types that plugins are written against: as they are in the sources, or as the build left them. */
const contractPath = import.meta.url.endsWith('.ts')
  ? 'src/plugins/contract.ts'
  : 'dist/src/plugins/contract.d.ts';

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (cause) {
    const isThere = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST';
    if (isThere) throw fail('file-exists', `${folder} is there already`, { cause });
    throw fail('file-missing', `${folder} cannot be made: ${messageOf(cause)}`, { cause });
  }
}

async function run(call: Call): Promise<number> {
  const { data: id, error } = pluginId.safeParse(call.args[0]);
  if (id === undefined)
    throw fail('wrong-usage', `"${call.args[0]}": ${error.issues[0]?.message ?? 'wrong'}`);
  const contract = await readFile(join(packageRoot(), contractPath), 'utf8');
  await makeFolder(id);
  const files = starterFiles(id, contract);
  for (const { path, text } of files) await writeFile(join(id, path), text);
  const next = `homerule plugin install ./${id} && homerule plugin enable ${id}`;
  if (call.isJson) printJson(call, { id, folder: id, files: files.map(({ path }) => path), next });
  else {
    print(call, `made ${id}/ with ${files.map(({ path }) => path).join(', ')}`);
    print(call, `try its test:   (cd ${id} && node --test)`);
    print(call, `put it to use:  ${next}`);
  }
  return exitCodes.ok;
}

export const createPlugin: CliCommand = {
  name: 'plugin create',
  about: 'make a folder with a plugin that works, and its test',
  example: 'homerule plugin create my-plugin',
  declare: (command) => void command.argument('<id>'),
  run,
};
