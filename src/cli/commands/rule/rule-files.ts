// Rule documents from files: several in one file, each with the line it begins on.
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { messageOf } from '../../../base/index.ts';
import type { Context } from '../../context.ts';
import { fail } from '../../errors.ts';

export interface RuleText {
  readonly file: string;
  readonly text: string;
  /** 1-based line of the file on which the text begins. */
  readonly firstLine: number;
}

/** What an id cannot be. */
export function isFile(name: string): boolean {
  return name === '-' || /[./\\]/.test(name);
}

async function readText(context: Context, file: string): Promise<string> {
  if (file === '-') return text(context.stdin);
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw fail('file-missing', `${file} cannot be read: ${messageOf(error)}`, { cause: error });
  }
}

function placed(file: string, whole: string, parts: readonly string[]): RuleText[] {
  let offset = 0;
  return parts.map((part) => {
    const start = Math.max(offset, whole.indexOf(part, offset));
    offset = start + part.length;
    return { file, text: part, firstLine: whole.slice(0, start).split('\n').length };
  });
}

/** `-` is the standard input. Throws `file-missing`. */
export async function readRuleTexts(context: Context, files: readonly string[]): Promise<RuleText[]> {
  const { splitRuleTexts } = await import('../../../api/index.ts');
  const found: RuleText[] = [];
  for (const file of files) {
    const whole = await readText(context, file);
    found.push(...placed(file, whole, splitRuleTexts(whole)));
  }
  return found;
}
