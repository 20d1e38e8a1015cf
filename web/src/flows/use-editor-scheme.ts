// Light or dark in the editor as around it, by what Node-RED offers to pages that embed it: it asks, and hears of changes.
import { useMantineColorScheme } from '@mantine/core';
import { type RefObject, useEffect } from 'react';
import { useHouse } from '../app/house.ts';

function isQuestion(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'type' in data && data.type === 'request-theme';
}

export function useEditorScheme(frame: RefObject<HTMLIFrameElement | null>): void {
  const { storage } = useHouse();
  const { colorScheme } = useMantineColorScheme();
  // Where it looks before it may ask, and in a tab of its own.
  storage.setItem('view-dark-theme', colorScheme);
  useEffect(() => {
    const inside = (): Window | null | undefined => frame.current?.contentWindow;
    const tell = (): void =>
      inside()?.postMessage(
        { type: 'set-theme', payload: { theme: colorScheme } },
        globalThis.location.origin,
      );
    const hear = ({ source, data }: MessageEvent): void => {
      if (source === inside() && isQuestion(data)) tell();
    };
    tell();
    globalThis.addEventListener('message', hear);
    return () => globalThis.removeEventListener('message', hear);
  }, [colorScheme, frame]);
}
