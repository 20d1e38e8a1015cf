// The built package: what the runtime loads, what the editor shows, and its own package.json.
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { kinds } from '../src/kinds/table.ts';
import { helpOf, templateOf } from './template.ts';
import { type Language, languages, readHelp, readLabels } from './texts.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

type Bundle = Awaited<ReturnType<typeof build>>;

function codeOf(bundle: Bundle): string {
  const [first] = Array.isArray(bundle) ? bundle : [bundle];
  const [chunk] = first !== undefined && 'output' in first ? first.output : [];
  if (chunk?.type !== 'chunk') throw new Error('the build made no code');
  return chunk.code;
}

/** Packages of node_modules and of Node stay imports. */
async function runtimeCode(): Promise<string> {
  const bundle = await build({
    configFile: false,
    logLevel: 'warn',
    root,
    build: {
      ssr: join(root, 'src/index.ts'),
      write: false,
      minify: false,
      target: 'node22',
      rolldownOptions: { output: { format: 'es' } },
    },
  });
  return codeOf(bundle);
}

async function editorCode(): Promise<string> {
  const bundle = await build({
    configFile: false,
    logLevel: 'warn',
    root,
    build: {
      lib: { entry: join(root, 'src/editor/main.ts'), formats: ['iife'], name: 'homerule' },
      write: false,
      minify: true,
      target: 'es2022',
    },
  });
  return codeOf(bundle).replaceAll('</script', '<\\/script');
}

async function editorPage(): Promise<string> {
  const script = `<script type="text/javascript">\n${await editorCode()}</script>\n`;
  return script + kinds.map(templateOf).join('');
}

async function writeLanguage(folder: string, language: Language): Promise<void> {
  const place = join(folder, 'locales', language);
  await mkdir(place, { recursive: true });
  const help = kinds.map(({ type }) => helpOf(type, readHelp(language, type))).join('');
  await writeFile(join(place, 'homerule.html'), help);
  await writeFile(join(place, 'homerule.json'), JSON.stringify(readLabels(language)));
}

export async function buildPalette(folder: string): Promise<void> {
  const [runtime, page] = await Promise.all([runtimeCode(), editorPage()]);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'homerule.js'), runtime);
  await writeFile(join(folder, 'homerule.html'), page);
  for (const language of languages) await writeLanguage(folder, language);
  for (const name of ['icons', 'examples', 'page'])
    await cp(join(root, name), join(folder, name), { recursive: true });
  const { devDependencies: _, ...manifest } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
}
