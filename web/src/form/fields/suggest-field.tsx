// A text field that offers what there is: topics, devices, rules, usual times. Anything else may be typed.
import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useId, useState } from 'react';
import type { FieldKind } from '../../api/types.ts';
import { isTree } from '../../document/edit.ts';
import { useForm } from '../form-context.ts';
import { listKey, PickList } from '../pick-list.tsx';
import { useSuggestions } from '../suggestions.ts';
import { useText } from '../use-text.ts';
import type { FieldProps } from './props.ts';
import { textToScalar } from './value-text.ts';

function shownText(value: unknown): string {
  if (!isTree(value)) return value === undefined || value === null ? '' : String(value);
  const [[kind, name] = ['', '']] = Object.entries(value);
  return `${kind}:${String(name)}`;
}

function meantBy(field: FieldKind, text: string): unknown {
  const group = field === 'device' ? /^(label|room):\s*(.+)$/u.exec(text) : null;
  if (group?.[1] !== undefined) return { [group[1]]: group[2] };
  return field === 'duration' ? textToScalar(text) : text;
}

interface SuggestInputProps {
  readonly field: FieldKind;
  readonly label: string;
  readonly text: string;
  readonly isHidden?: boolean;
  readonly onText: (text: string) => void;
}

export function SuggestInput({ field, label, text, isHidden = false, onText }: SuggestInputProps) {
  const { isFrozen } = useForm();
  const id = useId();
  const [isOpen, setIsOpen] = useState(false);
  const [words, setWords] = useState('');
  const [current, setCurrent] = useState(-1);
  const suggestions = useSuggestions(field, words, isOpen);
  const items = suggestions.map((each) => ({ ...each, key: each.value }));
  const input = useText(text, {
    write: (typed) => {
      onText(typed);
      setWords(typed);
      setCurrent(-1);
      setIsOpen(true);
    },
    said: (typed) => shownText(meantBy(field, typed)),
  });
  const pick = ({ value }: { readonly value: string }): void => {
    onText(value);
    setIsOpen(false);
  };
  const isShown = isOpen && items.length > 0;
  return (
    <div className="suggest">
      <TextInput
        {...(isHidden ? { 'aria-label': label } : { label })}
        {...input}
        role="combobox"
        aria-expanded={isShown}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        {...(isShown && current >= 0 ? { 'aria-activedescendant': `${id}-list-${current}` } : {})}
        classNames={{ input: 'code' }}
        spellCheck={false}
        autoComplete="off"
        disabled={isFrozen}
        onFocus={() => {
          setWords('');
          setIsOpen(true);
          setCurrent(-1);
        }}
        onBlur={() => setIsOpen(false)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && isShown) {
            event.stopPropagation();
            setIsOpen(false);
          } else if (isShown) listKey(event, { items, current }, { go: setCurrent, pick });
        }}
      />
      {isShown ? (
        <PickList id={`${id}-list`} label={label} items={items} current={current} onPick={pick} />
      ) : null}
    </div>
  );
}

function Many({ option, value, label, onChange }: FieldProps & { readonly value: readonly unknown[] }) {
  const { speaker, isFrozen } = useForm();
  return (
    <fieldset className="field-many">
      <legend>{label}</legend>
      {value.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an item is known by its place
        <div key={index} className="field-many-row">
          <SuggestInput
            field={option.field}
            label={`${label} ${index + 1}`}
            isHidden
            text={shownText(item)}
            onText={(text) => onChange(value.with(index, meantBy(option.field, text)))}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            disabled={isFrozen}
            aria-label={speaker.say('form.removeValue')}
            onClick={() => onChange(value.length === 2 ? value[1 - index] : value.toSpliced(index, 1))}
          >
            <IconX size={17} stroke={1.8} />
          </ActionIcon>
        </div>
      ))}
    </fieldset>
  );
}

export function SuggestField(props: FieldProps) {
  const { option, value, label, onChange } = props;
  const { speaker, isFrozen } = useForm();
  const isMany = Array.isArray(value);
  return (
    <div className="field-wide">
      {isMany ? (
        <Many {...props} value={value} />
      ) : (
        <SuggestInput
          field={option.field}
          label={label}
          text={shownText(value)}
          onText={(text) => onChange(meantBy(option.field, text))}
        />
      )}
      {option.many && !isTree(value) && shownText(value) !== '' ? (
        <Button
          variant="subtle"
          size="compact-sm"
          className="field-more"
          disabled={isFrozen}
          onClick={() => onChange(isMany ? [...value, ''] : [value, ''])}
        >
          {speaker.say('form.anotherValue')}
        </Button>
      ) : null}
    </div>
  );
}
