// What opens above every page: the palette and the list of keys, by key or by the field in the header. Loaded when opened.
import { IconSearch } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useEffectEvent, useState } from 'react';
import { isComposing } from '../base/typing.ts';
import { useWords } from '../i18n/use-words.ts';
import './shortcuts.css';

const Palette = lazy(async () => ({ default: (await import('../palette/palette.tsx')).Palette }));
const KeyList = lazy(async () => ({ default: (await import('../palette/key-list.tsx')).KeyList }));

type Sheet = 'palette' | 'keys';

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null;
}

function sheetOf(event: KeyboardEvent): Sheet | undefined {
  if (isComposing(event)) return undefined;
  const withControl = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  if (withControl && event.key.toLowerCase() === 'k') return 'palette';
  return event.key === '?' && !isTyping(event.target) ? 'keys' : undefined;
}

export function Shortcuts() {
  const { say } = useWords();
  const [sheet, setSheet] = useState<Sheet>();
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    const wanted = sheetOf(event);
    if (wanted === undefined) return;
    event.preventDefault();
    setSheet(wanted);
  });
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => onKeyDown(event);
    globalThis.addEventListener('keydown', hear);
    return () => globalThis.removeEventListener('keydown', hear);
  }, []);
  const close = (): void => setSheet(undefined);
  return (
    <>
      <button type="button" className="finder" onClick={() => setSheet('palette')}>
        <IconSearch size={18} stroke={1.8} aria-hidden />
        <span className="finder-words">{say('app.find')}</span>
        <span className="finder-key" aria-hidden="true">
          Ctrl K
        </span>
      </button>
      <Suspense fallback={null}>
        {sheet === 'palette' ? <Palette onClose={close} /> : null}
        {sheet === 'keys' ? <KeyList onClose={close} /> : null}
      </Suspense>
    </>
  );
}
