// A native input that is dragged tells only where it ends: `change`, which React's onChange is not.
import { type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react';

export interface Settled {
  readonly ref: RefObject<HTMLInputElement | null>;
  /** What is being chosen right now; undefined: nothing. */
  readonly draft: string | undefined;
  readonly onDraft: (draft: string) => void;
}

export function useSettled(onSettle: (value: string) => void): Settled {
  const ref = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState<string>();
  const settle = useEffectEvent((value: string) => {
    setDraft(undefined);
    onSettle(value);
  });
  useEffect(() => {
    const input = ref.current;
    const changed = (): void => {
      if (input) settle(input.value);
    };
    input?.addEventListener('change', changed);
    return () => input?.removeEventListener('change', changed);
  }, []);
  return { ref, draft, onDraft: setDraft };
}
