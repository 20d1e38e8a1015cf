// Copies a text and says so for a moment.
import { ActionIcon } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { copyText } from '../base/copy-text.ts';
import { useWords } from '../i18n/use-words.ts';

export function CopyButton({ text }: { readonly text: string }) {
  const { say } = useWords();
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = globalThis.setTimeout(() => setIsCopied(false), 1_600);
    return () => globalThis.clearTimeout(timer);
  }, [isCopied]);
  const copy = async (): Promise<void> => setIsCopied(await copyText(text));
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-label={say(isCopied ? 'app.copied' : 'app.copy')}
      onClick={() => void copy()}
    >
      {isCopied ? <IconCheck size={17} stroke={1.8} /> : <IconCopy size={17} stroke={1.8} />}
    </ActionIcon>
  );
}
