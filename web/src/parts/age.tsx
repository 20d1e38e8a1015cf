// «3 min ago», kept true as time goes by; renders again only when its words change.
import { useCallback, useSyncExternalStore } from 'react';
import { useHouse } from '../app/house.ts';
import { formatAge, formatLeft, formatMoment } from '../i18n/format.ts';
import { useWords } from '../i18n/use-words.ts';

/** A text that time changes; renders again only when it does. */
export function useTickingText(text: () => string): string {
  const { ticker } = useHouse();
  const subscribe = useCallback((changed: () => void) => ticker.subscribe(changed), [ticker]);
  return useSyncExternalStore(subscribe, text);
}

export function useAge(at: number): string {
  const { say, language } = useWords();
  const { ticker } = useHouse();
  return useTickingText(() => formatAge(say, language, ticker.now() - at));
}

export function Age({ at, className }: { readonly at: number; readonly className?: string }) {
  const { language } = useWords();
  const { ticker } = useHouse();
  const moment = formatMoment(language, at, ticker.now());
  return (
    <time className={`number ${className ?? ''}`} dateTime={new Date(at).toISOString()} title={moment}>
      {useAge(at)}
    </time>
  );
}

export interface CountdownProps {
  readonly due: number;
  /** What was never begun does not go on. */
  readonly isBegun?: boolean;
}

/** Counts down to a moment. */
export function Countdown({ due, isBegun = true }: CountdownProps) {
  const { say } = useWords();
  const { ticker } = useHouse();
  const text = useTickingText(() => {
    const left = due - ticker.now();
    return left <= 0
      ? say('age.due.now')
      : say(isBegun ? 'age.due' : 'age.starts', { left: formatLeft(left) });
  });
  return <span className="number">{text}</span>;
}
