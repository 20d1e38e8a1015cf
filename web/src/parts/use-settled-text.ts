// A text as it was when its typing last paused.
import { useEffect, useState } from 'react';

export function useSettledText<Text extends string | undefined>(text: Text, ms: number): Text {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = globalThis.setTimeout(() => setSettled(text), ms);
    return () => globalThis.clearTimeout(timer);
  }, [text, ms]);
  return settled;
}
