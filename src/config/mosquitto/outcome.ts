// What became of one line of mosquitto.conf.
import type { MosquittoOption } from './lines.ts';

/** One option and what became of it. */
export interface TranslatedOption {
  readonly where: string;
  /** As it stands in the file, passwords left out. */
  readonly option: string;
  /** `mqtt.port: 1884`; absent when nothing was made of it. */
  readonly settings?: readonly string[];
  /** What to know about it. */
  readonly note?: string;
}

export type Outcome = Pick<TranslatedOption, 'settings' | 'note'>;
export type Translate = (option: MosquittoOption) => Outcome;

export function notTranslated(why: string): Outcome {
  return { note: `not translated: ${why}` };
}

/** `true` and `false`; undefined for anything else. */
export function flagOf(value: string): boolean | undefined {
  return value === 'true' ? true : value === 'false' ? false : undefined;
}

export const expectedFlag = notTranslated('expected true or false');
