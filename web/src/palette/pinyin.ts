// Chinese by its pinyin, in full or by initials (ktd finds 客厅灯). Its table is large: loaded by `usePinyin` alone.
import Pinyin from 'pinyin-match';
import type { Found } from './match.ts';

export function byPinyin(text: string, word: string): Found | undefined {
  const span = Pinyin.match(text, word);
  return span === false ? undefined : { rank: span[0] === 0 ? 1 : 3, span };
}
