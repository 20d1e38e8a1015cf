// Beside a trigger or condition: whether it would pass now, and why. Its place is kept before the answer is there, so that
// no row moves.
import { IconCheck, IconMinus, IconX } from '@tabler/icons-react';
import type { PresentEntryView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { useWords } from '../i18n/use-words.ts';
import { useTickingText } from '../parts/age.tsx';
import { presentWords } from './present-words.ts';
import './present-mark.css';

const icons = { pass: IconCheck, fail: IconX, unknown: IconMinus } as const;

function Said({ entry }: { readonly entry: PresentEntryView }) {
  const words = useWords();
  const { ticker } = useHouse();
  const text = useTickingText(() => presentWords(words, entry, ticker.now()));
  const Icon = icons[entry.verdict];
  return (
    <>
      <span className="present-dot">
        <Icon size={12} stroke={3} aria-hidden />
        <span className="sr-only">{words.say(`present.${entry.verdict}`)}</span>
      </span>
      <span className="present-text number" title={text}>
        {text}
      </span>
    </>
  );
}

export interface PresentMarkProps {
  readonly id: string;
  readonly entry: PresentEntryView | undefined;
}

export function PresentMark({ id, entry }: PresentMarkProps) {
  return (
    <span id={id} className="present" data-verdict={entry?.verdict}>
      {entry ? <Said entry={entry} /> : null}
    </span>
  );
}
