// A search field that waits for an input method to finish: half a pinyin syllable is no search.
import { CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useRef, useState } from 'react';

export interface SearchBoxProps {
  readonly words: string;
  readonly label: string;
  readonly clearLabel: string;
  readonly className?: string;
  readonly onSearch: (words: string) => void;
}

export function SearchBox({ words, label, clearLabel, className, onSearch }: SearchBoxProps) {
  const [text, setText] = useState(words);
  const composes = useRef(false);
  const take = (next: string): void => {
    setText(next);
    if (!composes.current) onSearch(next.trim());
  };
  return (
    <TextInput
      {...(className === undefined ? {} : { className })}
      type="search"
      aria-label={label}
      placeholder={label}
      value={text}
      onChange={(event) => take(event.currentTarget.value)}
      onCompositionStart={() => {
        composes.current = true;
      }}
      onCompositionEnd={(event) => {
        composes.current = false;
        take(event.currentTarget.value);
      }}
      leftSection={<IconSearch size={16} stroke={1.8} aria-hidden />}
      rightSectionWidth={44}
      rightSection={
        text === '' ? null : <CloseButton size="md" aria-label={clearLabel} onClick={() => take('')} />
      }
    />
  );
}
