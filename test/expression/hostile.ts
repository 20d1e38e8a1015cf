// Expressions and payloads that want to do harm, as data: each ends with a named error, or with a value that is cheap.
import { recursion } from './hostile-calls.ts';
import type { Hostile } from './hostile-case.ts';
import { depths, spoofs } from './hostile-data.ts';
import { engines } from './hostile-engines.ts';
import { lists } from './hostile-lists.ts';
import { sources } from './hostile-sources.ts';
import { numbers, texts } from './hostile-texts.ts';

export const hostile: readonly Hostile[] = [
  ...recursion,
  ...texts,
  ...lists,
  ...depths,
  ...spoofs,
  ...sources,
  ...numbers,
  ...engines,
];
