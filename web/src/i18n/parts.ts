// The sentences of the UI in parts: each page names those that it says, and only they are loaded, in the language in use.
import type { Translation } from './translation.ts';

type Sentences = Readonly<Record<string, string>>;

interface Part<En extends Sentences> {
  readonly en: () => Promise<{ readonly texts: En }>;
  readonly 'zh-CN': () => Promise<{ readonly texts: Translation<En> }>;
}

function part<const En extends Sentences>(en: Part<En>['en'], zh: Part<En>['zh-CN']): Part<En> {
  return { en, 'zh-CN': zh };
}

/** `shell` is there before the first page. */
export const parts = {
  shell: part(
    () => import('./en/shell.ts'),
    () => import('./zh/shell.ts'),
  ),
  entry: part(
    () => import('./en/entry.ts'),
    () => import('./zh/entry.ts'),
  ),
  setup: part(
    () => import('./en/setup.ts'),
    () => import('./zh/setup.ts'),
  ),
  reach: part(
    () => import('./en/reach.ts'),
    () => import('./zh/reach.ts'),
  ),
  home: part(
    () => import('./en/home.ts'),
    () => import('./zh/home.ts'),
  ),
  palette: part(
    () => import('./en/palette.ts'),
    () => import('./zh/palette.ts'),
  ),
  engine: part(
    () => import('./en/engine.ts'),
    () => import('./zh/engine.ts'),
  ),
  devices: part(
    () => import('./en/devices.ts'),
    () => import('./zh/devices.ts'),
  ),
  rules: part(
    () => import('./en/rules.ts'),
    () => import('./zh/rules.ts'),
  ),
  editor: part(
    () => import('./en/editor.ts'),
    () => import('./zh/editor.ts'),
  ),
  sentences: part(
    () => import('./en/sentences.ts'),
    () => import('./zh/sentences.ts'),
  ),
  runs: part(
    () => import('./en/runs.ts'),
    () => import('./zh/runs.ts'),
  ),
  versions: part(
    () => import('./en/versions.ts'),
    () => import('./zh/versions.ts'),
  ),
  trial: part(
    () => import('./en/trial.ts'),
    () => import('./zh/trial.ts'),
  ),
  causes: part(
    () => import('./en/causes.ts'),
    () => import('./zh/causes.ts'),
  ),
  why: part(
    () => import('./en/why.ts'),
    () => import('./zh/why.ts'),
  ),
  timers: part(
    () => import('./en/timers.ts'),
    () => import('./zh/timers.ts'),
  ),
  topics: part(
    () => import('./en/topics.ts'),
    () => import('./zh/topics.ts'),
  ),
  faults: part(
    () => import('./en/faults.ts'),
    () => import('./zh/faults.ts'),
  ),
  refusals: part(
    () => import('./en/refusals.ts'),
    () => import('./zh/refusals.ts'),
  ),
  chart: part(
    () => import('./en/chart.ts'),
    () => import('./zh/chart.ts'),
  ),
  access: part(
    () => import('./en/access.ts'),
    () => import('./zh/access.ts'),
  ),
  bridges: part(
    () => import('./en/bridges.ts'),
    () => import('./zh/bridges.ts'),
  ),
  flows: part(
    () => import('./en/flows.ts'),
    () => import('./zh/flows.ts'),
  ),
  history: part(
    () => import('./en/history.ts'),
    () => import('./zh/history.ts'),
  ),
  map: part(
    () => import('./en/map.ts'),
    () => import('./zh/map.ts'),
  ),
  backups: part(
    () => import('./en/backups.ts'),
    () => import('./zh/backups.ts'),
  ),
  deeds: part(
    () => import('./en/deeds.ts'),
    () => import('./zh/deeds.ts'),
  ),
  system: part(
    () => import('./en/system.ts'),
    () => import('./zh/system.ts'),
  ),
} as const;

export type PartName = keyof typeof parts;

function isPart(name: string): name is PartName {
  return Object.hasOwn(parts, name);
}

export const partNames: readonly PartName[] = Object.keys(parts).filter(isPart);
