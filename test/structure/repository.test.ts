import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  foreignSources,
  lockFile,
  looseVersions,
  missingPlatformEntries,
  packageFile,
  strayNames,
  undecidedPackages,
} from './packages.ts';
import { root } from './source.ts';

const read = (name: string): string => readFileSync(join(root, name), 'utf8');

describe('the repository', () => {
  const manifest = packageFile.parse(JSON.parse(read('package.json')));
  const lock = lockFile.parse(JSON.parse(read('package-lock.json')));

  it('has only the names agreed at its top', () => {
    expect(strayNames(readdirSync(root))).toEqual([]);
  });

  it('asks for exact versions', () => {
    expect(looseVersions(manifest)).toEqual([]);
  });

  it('has a decision for every runtime dependency', () => {
    const path = 'src/DECISIONS.md';
    expect(existsSync(join(root, path)), `${path} is missing`).toBe(true);
    expect(undecidedPackages(manifest, read(path))).toEqual([]);
  });

  it('installs from the public registry only', () => {
    expect(foreignSources(lock)).toEqual([]);
  });

  it('locks the packages of every platform', () => {
    expect(missingPlatformEntries(lock)).toEqual([]);
  });
});

describe('the repository checks', () => {
  it('name a stray file', () => {
    expect(strayNames(['src', '.ci', 'LICENSE', 'node_modules', 'scripts', 'notes.txt'])).toEqual([
      'scripts',
      'notes.txt',
    ]);
  });

  it.each(['^1.0.0', '~1.0.0', '1.x', '*', 'latest', '>=1.0.0', 'file:../x', '1.0'])(
    'refuse version %s',
    (version) => {
      expect(looseVersions(packageFile.parse({ devDependencies: { a: version } }))).toHaveLength(1);
    },
  );

  it('accept a pinned beta', () => {
    expect(looseVersions(packageFile.parse({ dependencies: { aedes: '2.0.0-beta.1' } }))).toEqual([]);
  });

  it('name a dependency nobody decided on', () => {
    const manifest = packageFile.parse({ dependencies: { ws: '8.0.0', pino: '10.0.0' } });
    expect(undecidedPackages(manifest, '- `pino` writes the log; rows are no `wsx`')).toEqual(['ws']);
  });

  it('name a package from elsewhere', () => {
    const lock = lockFile.parse({
      packages: {
        'node_modules/a': { resolved: 'https://registry.npmjs.org/a/-/a-1.0.0.tgz' },
        'node_modules/b': { resolved: 'https://mirror.example/b/-/b-1.0.0.tgz' },
        'node_modules/c': {},
      },
    });
    expect(foreignSources(lock)).toEqual([
      'node_modules/b comes from https://mirror.example/b/-/b-1.0.0.tgz',
    ]);
  });

  it('name a platform package that the lock lost', () => {
    const lock = lockFile.parse({
      packages: {
        'node_modules/a': { optionalDependencies: { 'a-linux': '1.0.0', 'a-darwin': '1.0.0' } },
        'node_modules/a-linux': {},
        'node_modules/b': { optionalDependencies: { 'b-linux': '1.0.0' } },
        'node_modules/b/node_modules/b-linux': {},
      },
    });
    expect(missingPlatformEntries(lock)).toEqual(['node_modules/a needs a-darwin']);
  });
});
