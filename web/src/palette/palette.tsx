// Go to, do, find: one field, a list below it, and no need of a mouse.
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { useHouse } from '../app/house.ts';
import { readStored, textsOf, writeStored } from '../base/stored.ts';
import { isComposing, isPlainEnter } from '../base/typing.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { useWords } from '../i18n/use-words.ts';
import { Sheet } from '../parts/sheet.tsx';
import { type Entry, type Hit, hitsOf, withRecent } from './entries.ts';
import { useEntries } from './use-entries.ts';
import { usePinyin } from './use-pinyin.ts';
import './palette.css';

const recentKey = 'homerule.recent';

function Name({ hit: { entry, span } }: { readonly hit: Hit }) {
  const { name } = entry;
  if (span === undefined) return <span className="hit-name">{name}</span>;
  const [first, last] = span;
  return (
    <span className="hit-name">
      {name.slice(0, first)}
      <mark>{name.slice(first, last + 1)}</mark>
      {name.slice(last + 1)}
    </span>
  );
}

interface HitRowProps {
  readonly hit: Hit;
  readonly id: string;
  readonly isActive: boolean;
  readonly onOpen: (entry: Entry) => void;
}

function HitRow({ hit, id, isActive, onOpen }: HitRowProps) {
  const { say } = useWords();
  const { icon: Icon, kind } = hit.entry;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keyboard, this is only for pointers
    // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the field, which names the active option
    <div
      id={id}
      role="option"
      aria-selected={isActive}
      className="hit"
      ref={(row) => {
        if (isActive) row?.scrollIntoView({ block: 'nearest' });
      }}
      onClick={() => onOpen(hit.entry)}
    >
      <Icon size={18} stroke={1.7} aria-hidden />
      <Name hit={hit} />
      <span className="hit-kind">{say(`palette.${kind}`)}</span>
    </div>
  );
}

function useRecent() {
  const { storage } = useHouse();
  const [recent, setRecent] = useState(() => readStored(storage, recentKey, textsOf) ?? []);
  const remember = (id: string): void => {
    const next = withRecent(recent, id);
    writeStored(storage, recentKey, next);
    setRecent(next);
  };
  return { recent, remember };
}

interface FieldProps {
  readonly list: string;
  /** The id of the option that Enter opens. */
  readonly active: string | undefined;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

function Field({ list, active, text, onText, onKeyDown }: FieldProps) {
  const { say } = useWords();
  const composes = useRef(false);
  const compose = (is: boolean) => (): void => {
    composes.current = is;
  };
  return (
    <div className="palette-field">
      <IconSearch size={19} stroke={1.8} aria-hidden />
      <input
        // biome-ignore lint/a11y/noAutofocus: the palette is opened to type in it
        autoFocus
        role="combobox"
        aria-expanded="true"
        aria-controls={list}
        aria-activedescendant={active}
        aria-label={say('palette.field')}
        placeholder={say('palette.field')}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => onText(event.currentTarget.value)}
        onCompositionStart={compose(true)}
        onCompositionEnd={compose(false)}
        onKeyDown={(event) => {
          if (!isComposing(event) && !composes.current) onKeyDown(event);
        }}
      />
    </div>
  );
}

function Foot() {
  const { say } = useWords();
  return (
    <p className="palette-foot dim" aria-hidden="true">
      <kbd>↑</kbd> <kbd>↓</kbd> {say('palette.key.move')} <kbd>Enter</kbd> {say('palette.key.open')}{' '}
      <kbd>Esc</kbd> {say('palette.key.close')}
    </p>
  );
}

function Finder({ onClose }: { readonly onClose: () => void }) {
  const { say } = useWords();
  const list = useId();
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const words = text.trim();
  const { recent, remember } = useRecent();
  const hits = hitsOf(useEntries(words), { words, recent, byPinyin: usePinyin(true) });
  const at = Math.min(active, hits.length - 1);
  const open = (entry: Entry): void => {
    remember(entry.id);
    onClose();
    entry.open();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const hit = hits[at];
    if (event.key === 'ArrowDown') setActive((at + 1) % Math.max(1, hits.length));
    else if (event.key === 'ArrowUp') setActive((at - 1 + hits.length) % Math.max(1, hits.length));
    else if (isPlainEnter(event) && hit) open(hit.entry);
    else return;
    event.preventDefault();
  };
  const onText = (next: string): void => {
    setText(next);
    setActive(0);
  };
  const activeId = hits.length > 0 ? `${list}-${at}` : undefined;
  return (
    <>
      <Field list={list} active={activeId} text={text} onText={onText} onKeyDown={onKeyDown} />
      <div id={list} role="listbox" aria-label={say('palette.hits')} className="hits">
        {hits.map((hit, index) => (
          <HitRow
            key={hit.entry.id}
            hit={hit}
            id={`${list}-${index}`}
            isActive={index === at}
            onOpen={open}
          />
        ))}
      </div>
      {hits.length === 0 ? <p className="hits-none dim">{say('palette.none', { words })}</p> : null}
      <Foot />
    </>
  );
}

export function Palette({ onClose }: { readonly onClose: () => void }) {
  const { say } = useWords();
  if (!useTexts('palette')) return null;
  return (
    <Sheet label={say('palette.field')} className="palette" onClose={onClose}>
      <Finder onClose={onClose} />
    </Sheet>
  );
}
