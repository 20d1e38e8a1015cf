// `homerule backup` and `homerule restore`: through the running house, or on its data folder when none runs there.
import { cpSync, existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type {
  BackupComparison,
  BackupPreview,
  BackupRestoreView,
  BackupView,
  Page,
} from '../../api/index.ts';
import { HomeruleError } from '../../base/index.ts';
import { dataFolder, packageVersion } from '../../config/index.ts';
import { type ApiCall, apiCommand, segment } from '../api-command.ts';
import type { CliCommand } from '../command.ts';
import { print, printJson, remark } from '../context.ts';
import { exitCodes, fail } from '../errors.ts';
import { tableLines } from '../table.ts';

const options = z.looseObject({
  data: z.string().optional(),
  url: z.string().optional(),
  out: z.string().optional(),
  history: z.boolean().default(false),
  withKey: z.boolean().default(false),
  preview: z.boolean().default(false),
});

const upkeep = () => import('../../app.ts');

/** What a running house answers; without one, what is done on the folder itself, unless an address was given. */
async function askOr<Out>(
  call: ApiCall,
  ask: () => Promise<Out>,
  offline: (dir: string) => Promise<Out>,
): Promise<Out> {
  const { data, url } = options.parse(call.options);
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof HomeruleError) || error.code !== 'not-running' || url !== undefined) throw error;
    return offline(dataFolder(data));
  }
}

const size = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

function contentsOf({ hasHistory, hasKey }: BackupView): string {
  return ['house', ...(hasHistory ? ['history'] : []), ...(hasKey ? ['key'] : [])].join('+');
}

async function makeBackup(call: ApiCall): Promise<number> {
  const { data, url, out, history, withKey } = options.parse(call.options);
  if (out !== undefined && url !== undefined)
    throw fail('wrong-usage', '--out needs the data folder on this machine: use --data instead of --url');
  const order = { version: packageVersion(), reason: 'asked', hasHistory: history, hasKey: withKey } as const;
  const view = await askOr<BackupView>(
    call,
    () => call.client.request('/backups', { method: 'POST', json: { history, withKey } }),
    async (dir) => (await upkeep()).backUpFolder({ ...order, dir, at: call.clock.now() }),
  );
  const folder = join(dataFolder(data), 'backups', view.id);
  const target = out === undefined ? undefined : join(resolve(out), view.id);
  if (target !== undefined) cpSync(folder, target, { recursive: true, errorOnExist: true, force: false });
  if (call.isJson) printJson(call, { ...view, ...(target !== undefined && { out: target }) });
  else
    print(
      call,
      `backup ${view.id}: ${size(view.bytes)}, ${view.files} files${target === undefined ? '' : `; also in ${target}`}`,
    );
  if (!withKey && !call.isJson)
    remark(
      call,
      'without secret.key: on another machine its secrets cannot be read; --with-key takes it along',
    );
  return exitCodes.ok;
}

async function listAll(call: ApiCall): Promise<number> {
  const items = await askOr<readonly BackupView[]>(
    call,
    async () => (await call.client.request<Page<BackupView>>('/backups')).items,
    async (dir) => (await upkeep()).listBackups(dir),
  );
  if (call.isJson) {
    printJson(call, items);
    return exitCodes.ok;
  }
  const rows = items.map((one) => [one.id, one.reason, contentsOf(one), size(one.bytes), one.version]);
  for (const line of tableLines(['ID', 'WHY', 'HOLDS', 'SIZE', 'VERSION'], rows)) print(call, line);
  return exitCodes.ok;
}

function comparisonRow({ subject, count, added, removed, changed, items }: BackupComparison): string[] {
  const named = items
    .slice(0, 5)
    .map(({ id, change }) => `${{ added: '+', removed: '-', changed: '~' }[change]}${id}`);
  const more = items.length > named.length ? ' …' : '';
  return [subject, `${count}`, `+${added}`, `-${removed}`, `~${changed}`, named.join(' ') + more];
}

function showPreview(call: ApiCall, preview: BackupPreview): void {
  if (call.isJson) {
    printJson(call, preview);
    return;
  }
  print(
    call,
    `backup ${preview.id} of Homerule ${preview.version}: ${contentsOf(preview)}; every file is whole`,
  );
  const heading = ['SUBJECT', 'IN BACKUP', 'COMES', 'GOES', 'CHANGES', ''];
  for (const line of tableLines(heading, preview.comparisons.map(comparisonRow))) print(call, line);
  if (!preview.hasHistory) print(call, 'history: stays as it is');
  if (!preview.canReadSecrets)
    print(call, 'secrets: cannot be read without the secret.key they were sealed with');
}

/** A backup by its id, or a folder from elsewhere, which the data folder then has too. */
async function idOf(call: ApiCall, given: string): Promise<string> {
  const { data, url } = options.parse(call.options);
  const isFolder = given.includes('/') || existsSync(join(resolve(given), 'manifest.json'));
  if (!isFolder) return given;
  if (url !== undefined)
    throw fail('wrong-usage', 'a folder is restored on this machine: use --data instead of --url');
  return (await upkeep()).adoptBackup(dataFolder(data), resolve(given));
}

async function restore(call: ApiCall): Promise<number> {
  const [given = ''] = call.args;
  const id = await idOf(call, given);
  const folderOf = (dir: string): string => join(dir, 'backups', id);
  if (options.parse(call.options).preview) {
    const preview = await askOr<BackupPreview>(
      call,
      () => call.client.request(`/backups/${segment(id)}`),
      async (dir) => (await upkeep()).previewFolder(dir, folderOf(dir), id),
    );
    showPreview(call, preview);
    return exitCodes.ok;
  }
  let isRunning = true;
  const { kept } = await askOr<BackupRestoreView>(
    call,
    () => call.client.request(`/backups/${segment(id)}/restore`, { method: 'POST' }),
    async (dir) => {
      isRunning = false;
      const order = { dir, folder: folderOf(dir), id, by: 'owner', at: call.clock.now() };
      return (await upkeep()).restoreFolder(order);
    },
  );
  if (call.isJson) printJson(call, { id, kept, restarts: isRunning });
  else
    print(
      call,
      `${isRunning ? 'the house starts anew with' : 'restored'} ${id}; what was there before is kept in ${kept}`,
    );
  return exitCodes.ok;
}

export const backupCommands: readonly CliCommand[] = [
  apiCommand({
    name: 'backup',
    about: 'copy the house into its data folder while it runs',
    example: 'homerule backup --out /media/usb --with-key',
    declare: (command) =>
      void command
        .option('--out <dir>', 'copy it there, too')
        .option('--history', 'with the journal, the runs and the figures of the past')
        .option('--with-key', 'with secret.key and the keys of TLS: whoever has it can read every secret'),
    run: makeBackup,
  }),
  apiCommand({
    name: 'backup list',
    about: 'list the backups in the data folder, newest first',
    example: 'homerule backup list',
    run: listAll,
  }),
  apiCommand({
    name: 'restore',
    about: 'put a backup in the place of what is there, which is kept; a running house starts anew',
    example: 'homerule restore 2026-01-15T12-00-00.000Z --preview',
    declare: (command) =>
      void command.argument('<id or folder>').option('--preview', 'only check it and say what would change'),
    run: restore,
  }),
];
