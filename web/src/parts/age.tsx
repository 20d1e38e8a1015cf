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

/** Counts down to a moment. */
export function Countdown({ due }: { readonly due: number }) {
  const { say } = useWords();
  const { ticker } = useHouse();
  const text = useTickingText(() => {
    const left = due - ticker.now();
    return left <= 0 ? say('age.due.now') : say('age.due', { left: formatLeft(left) });
  });
  return <span className="number">{text}</span>;
}
