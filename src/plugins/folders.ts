// Which plugins there are: folders with a `plugin.json`, and npm packages that hold one.
import { cp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, isAbsolute, join, resolve } from 'node:path';
import { messageOf } from '../base/index.ts';
import type { PluginManifest } from './contract.ts';
import { fail } from './errors.ts';
import { parseManifest } from './manifest.ts';

/** `shipped` came with the house, `installed` stands in the data folder. */
export type Origin = 'shipped' | 'installed';

export interface FoundPlugin {
  readonly manifest: PluginManifest;
  readonly origin: Origin;
  readonly folder: string;
  /** The module, absolute. */
  readonly main: string;
}

export interface BrokenPlugin {
  readonly folder: string;
  readonly problem: string;
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
      .map(({ name }) => name);
  } catch {
    return []; // a folder that is not there has no plugins
  }
}

/** Undefined when the folder is no plugin's. Throws `plugin-invalid`. */
export async function readPlugin(folder: string, origin: Origin): Promise<FoundPlugin | undefined> {
  const path = join(folder, 'plugin.json');
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    return undefined; // no plugin.json
  }
  const manifest = parseManifest(text, path);
  return { manifest, origin, folder, main: resolve(folder, manifest.main) };
}

/** Packages of npm in `node_modules` below the folder, scoped ones too. */
async function packagesIn(folder: string): Promise<readonly string[]> {
  const modules = join(folder, 'node_modules');
  const names = await namesIn(modules);
  const scopes = names.filter((name) => name.startsWith('@'));
  const scoped = await Promise.all(
    scopes.map(async (scope) => (await namesIn(join(modules, scope))).map((name) => join(scope, name))),
  );
  return [...names.filter((name) => !name.startsWith('@')), ...scoped.flat()].map((name) =>
    join(modules, name),
  );
}

export interface PluginPlaces {
  /** The folder of the shipped plugins. */
  readonly shipped: string;
  /** Where their code is, when it is built: beside this file's own. */
  readonly built?: string | undefined;
  /** The folder of those in the data. */
  readonly installed: string;
}

export class PluginFolders {
  readonly #shipped: string;
  readonly #built: string | undefined;
  readonly #installed: string;

  constructor({ shipped, built, installed }: PluginPlaces) {
    this.#shipped = shipped;
    this.#built = built;
    this.#installed = installed;
  }

  /** By id; of two with the same id the shipped one counts. */
  async find(): Promise<{
    readonly plugins: readonly FoundPlugin[];
    readonly broken: readonly BrokenPlugin[];
  }> {
    const places: readonly { readonly folder: string; readonly origin: Origin }[] = [
      ...(await namesIn(this.#shipped)).map((name) => ({
        folder: join(this.#shipped, name),
        origin: 'shipped' as const,
      })),
      ...[
        ...(await namesIn(this.#installed)).map((name) => join(this.#installed, name)),
        ...(await packagesIn(this.#installed)),
      ].map((folder) => ({ folder, origin: 'installed' as const })),
    ];
    const plugins = new Map<string, FoundPlugin>();
    const broken: BrokenPlugin[] = [];
    for (const { folder, origin } of places) {
      try {
        const found = await readPlugin(folder, origin);
        if (found === undefined || plugins.has(found.manifest.id)) continue;
        plugins.set(found.manifest.id, origin === 'shipped' ? this.#withBuilt(found) : found);
      } catch (error) {
        broken.push({ folder, problem: messageOf(error) });
      }
    }
    return { plugins: [...plugins.values()], broken };
  }

  /** Copies a folder with a `plugin.json` in. `check` may refuse its id. Throws `plugin-invalid`. */
  async install(source: string, check: (id: string) => void): Promise<FoundPlugin> {
    if (!isAbsolute(source)) throw fail('plugin-invalid', `expected an absolute folder, got "${source}"`);
    const offered = await readPlugin(source, 'installed');
    if (offered === undefined) throw fail('plugin-invalid', `${source} holds no plugin.json`);
    const { id } = offered.manifest;
    check(id);
    const folder = join(this.#installed, id);
    const partial = join(this.#installed, `.${id}.partial`);
    await rm(partial, { recursive: true, force: true });
    await cp(source, partial, { recursive: true, dereference: true });
    await rm(folder, { recursive: true, force: true });
    await rename(partial, folder);
    const found = await readPlugin(folder, 'installed');
    if (found === undefined) throw fail('plugin-install-failed', `${folder} was there and is gone`);
    return found;
  }

  /** Shipped plugins are built together with the house. */
  #withBuilt(found: FoundPlugin): FoundPlugin {
    const { manifest, folder } = found;
    if (this.#built === undefined) return found;
    return { ...found, main: join(this.#built, basename(folder), manifest.main.replace(/\.ts$/, '.js')) };
  }

  async remove({ folder }: FoundPlugin): Promise<void> {
    await rm(folder, { recursive: true, force: true });
  }
}
