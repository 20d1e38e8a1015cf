// The files of the built web UI. A request is looked up in a list made from the folder, so that no path of a request
// ever reaches the file system.
import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

export interface WebFile {
  /** Below the web folder, with slashes. */
  readonly path: string;
  /** Compressed copies that stand beside it, best first. */
  readonly encodings: readonly ('br' | 'gzip')[];
  /** Its name changes with its content. */
  readonly isHashed: boolean;
}

export const suffixes = { br: '.br', gzip: '.gz' } as const;

const hashedName = /^assets\/(?:.*\/)?[^/]+-[\w-]{8,}\.\w+$/;

function fileOf(path: string, all: ReadonlySet<string>): WebFile {
  const encodings = (['br', 'gzip'] as const).filter((encoding) => all.has(path + suffixes[encoding]));
  return { path, encodings, isHashed: hashedName.test(path) };
}

export class WebFiles {
  readonly folder: string;
  #files: ReadonlyMap<string, WebFile> = new Map();
  #scannedFor = 0;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** The start page, or undefined when the UI is not built. Sees a new build without a restart. */
  async findIndex(): Promise<WebFile | undefined> {
    const changedAt = await this.#indexChangedAt();
    if (changedAt !== this.#scannedFor) {
      this.#files = changedAt === 0 ? new Map() : await this.#scan();
      this.#scannedFor = changedAt;
    }
    return this.#files.get('index.html');
  }

  find(path: string): WebFile | undefined {
    return this.#files.get(path);
  }

  async #indexChangedAt(): Promise<number> {
    try {
      return (await stat(join(this.folder, 'index.html'))).mtimeMs;
    } catch {
      // Missing or unreadable: there is no UI to serve, and the page that stands in for it says so.
      return 0;
    }
  }

  /** Symbolic links are not followed. */
  async #scan(): Promise<ReadonlyMap<string, WebFile>> {
    const entries = await readdir(this.folder, { recursive: true, withFileTypes: true });
    const paths = entries
      .filter((entry) => entry.isFile())
      .map((entry) => relative(this.folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
    const all = new Set(paths);
    const plain = paths.filter((path) => !/\.(?:br|gz)$/.test(path));
    return new Map(plain.map((path) => [path, fileOf(path, all)]));
  }
}
