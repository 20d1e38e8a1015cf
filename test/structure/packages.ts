// What package.json, the lock file, the decisions and the top level of the repository must look like.
import { z } from 'zod';

const versions = z.record(z.string(), z.string()).default({});

export const packageFile = z.looseObject({
  dependencies: versions,
  devDependencies: versions,
  optionalDependencies: versions,
});
export type PackageFile = z.infer<typeof packageFile>;

export const lockFile = z.looseObject({
  packages: z.record(
    z.string(),
    z.looseObject({
      resolved: z.string().optional(),
      link: z.boolean().optional(),
      optionalDependencies: versions,
    }),
  ),
});
export type LockFile = z.infer<typeof lockFile>;

const exactVersion = /^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/;

export function looseVersions(file: PackageFile): string[] {
  const all = { ...file.dependencies, ...file.devDependencies, ...file.optionalDependencies };
  return Object.entries(all)
    .filter(([, version]) => !exactVersion.test(version))
    .map(([name, version]) => `${name} ${version} is no exact version`);
}

/** Runtime dependencies without a line of their own, written in backquotes. */
export function undecidedPackages(file: PackageFile, decisions: string): string[] {
  return Object.keys({ ...file.dependencies, ...file.optionalDependencies }).filter(
    (name) => !decisions.includes(`\`${name}\``),
  );
}

export function foreignSources(lock: LockFile): string[] {
  return Object.entries(lock.packages)
    .filter(([, { resolved }]) => resolved && !resolved.startsWith('https://registry.npmjs.org/'))
    .map(([path, { resolved }]) => `${path} comes from ${resolved}`);
}

/** Platform packages that the lock file names and does not hold: `npm ci` refuses such a lock. */
export function missingPlatformEntries(lock: LockFile): string[] {
  return Object.entries(lock.packages).flatMap(([path, entry]) => {
    const parents = path.split('/node_modules/').map((_, depth, all) => all.slice(0, depth + 1));
    const prefixes = ['', ...parents.map((parts) => `${parts.join('/node_modules/')}/`)];
    return Object.keys(entry.optionalDependencies)
      .filter((name) => !prefixes.some((prefix) => `${prefix}node_modules/${name}` in lock.packages))
      .map((name) => `${path || 'the project'} needs ${name}`);
  });
}

const topNames = new Set(
  'package.json package-lock.json tsconfig.json src flows plugins web test data docs README.md README.zh-CN.md LICENSE'.split(
    ' ',
  ),
);
/** Made by npm and the build, never tracked. */
const made = new Set(['node_modules', 'dist']);

export function strayNames(names: readonly string[]): string[] {
  return names.filter((name) => !name.startsWith('.') && !topNames.has(name) && !made.has(name));
}
