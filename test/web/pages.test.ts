// A page names the parts of the texts that it says: what it shows must be in one of them.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type PartName, partNames, parts } from '../../web/src/i18n/parts.ts';

const folder = join(import.meta.dirname, '../../web/src');
const imported = /^(?:import|export) (?!type\b)[^;]*?from '(\.[^']+)'|import\('(\.[^']+)'\)/gm;

function importsOf(file: string): readonly string[] {
  return [...readFileSync(file, 'utf8').matchAll(imported)]
    .map((match) => resolve(dirname(file), match[1] ?? match[2] ?? ''))
    .filter((path) => /\.tsx?$/.test(path) && existsSync(path));
}

/** Files that a page may run; texts, and the table of all pages, are not followed. */
function filesOf(file: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(file) || /i18n\/parts\.ts$|app\/pages\.ts$/.test(file)) return seen;
  seen.add(file);
  for (const next of importsOf(file)) filesOf(next, seen);
  return seen;
}

interface PageLine {
  readonly path: string;
  readonly texts: readonly string[];
  readonly file: string;
}

const pages: readonly PageLine[] = readFileSync(join(folder, 'app/pages.ts'), 'utf8')
  .split('createRoute({')
  .slice(1)
  .map((block) => {
    const [, listed = ''] = /page\(\[([^\]]*)\]\)/.exec(block) ?? [];
    const [, path = ''] = /path: '([^']+)'/.exec(block) ?? [];
    const [, file = ''] = /import\('([^']+)'\)/.exec(block) ?? [];
    const texts = [...listed.matchAll(/'([a-z-]+)'/g)].map((match) => match[1] ?? '');
    return { path, texts, file: resolve(folder, 'app', file) };
  });

const keysOf = new Map(
  await Promise.all(
    partNames.map(async (part) => [part, Object.keys((await parts[part].en()).texts)] as const),
  ),
);

/** The parts whose sentences a file says. */
function saidBy(file: string): ReadonlySet<PartName> {
  const source = readFileSync(file, 'utf8');
  const built = [...source.matchAll(/`([a-z.-]+\.)\$\{/g)].map((match) => match[1] ?? '');
  const says = (key: string): boolean =>
    source.includes(`'${key.replace(/_(?:one|other)$/, '')}'`) ||
    built.some((start) => key.startsWith(start));
  return new Set(partNames.filter((part) => keysOf.get(part)?.some(says)));
}

test('there are pages', () => {
  expect(pages.map(({ path }) => path)).toContain('/rules/$id');
});

describe.each(pages)('the page $path', ({ texts, file }) => {
  test('loads the sentences that it says, and no others', () => {
    const said = new Set([...filesOf(file)].flatMap((one): readonly string[] => [...saidBy(one)]));
    said.delete('shell');
    // Comes with the first refusal, on whatever page.
    said.delete('refusals');
    expect(new Set(texts)).toEqual(said);
  });
});
