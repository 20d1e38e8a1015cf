// Fields for texts, values, numbers, choices and switches.
import { NativeSelect, TextInput } from '@mantine/core';
import { Toggle } from '../../parts/toggle.tsx';
import { valueText } from '../../sentence/values.ts';
import { useForm } from '../form-context.ts';
import { choiceWords } from '../option-words.ts';
import { useSeen } from '../seen.ts';
import { seenPlaceOf } from '../seen-place.ts';
import { useText, useTyped } from '../use-text.ts';
import type { FieldProps } from './props.ts';
import { RichText } from './rich-text.tsx';
import { SeenValues } from './seen-values.tsx';
import { textToScalar, textToValue, valueToText } from './value-text.ts';

/** Of these people write more than a line. */
const long: ReadonlySet<string> = new Set(['log', 'notify', 'message', 'body', 'description', 'note']);

export function TextField({ option, value, path, label, onChange }: FieldProps) {
  const text = useTyped(value === undefined ? '' : valueText(value), { write: onChange });
  return <RichText text={text} path={path} label={label} isLine={!long.has(option.name)} />;
}

/** Of a payload or a state: what was really seen there can be taken. */
export function ValueField({ value, path, label, onChange }: FieldProps) {
  const { tree } = useForm();
  const text = useTyped(valueToText(value), {
    write: (typed) => onChange(textToValue(typed)),
    said: (typed) => valueToText(textToValue(typed)),
  });
  const place = seenPlaceOf(tree, path);
  const seen = useSeen(place);
  return (
    <div className="field-wide">
      <RichText text={text} path={path} label={label} />
      {place === undefined ? null : <SeenValues seen={seen} onPick={onChange} />}
    </div>
  );
}

/** A place in what a topic says. */
export function PathField(props: FieldProps) {
  const { tree } = useForm();
  const seen = useSeen(seenPlaceOf(tree, props.path));
  return (
    <div className="field-wide">
      <TextField {...props} />
      <SeenValues seen={{ values: seen?.paths ?? [] }} onPick={props.onChange} />
    </div>
  );
}

export function NumberField({ option, value, label, onChange }: FieldProps) {
  const { isFrozen } = useForm();
  const text = useText(value === undefined ? '' : String(value), {
    write: (typed) => onChange(textToScalar(typed)),
    said: (typed) => String(textToScalar(typed)),
  });
  return (
    <TextInput
      label={label}
      {...text}
      type="number"
      inputMode="decimal"
      disabled={isFrozen}
      className="field-short"
      {...(option.min === undefined ? {} : { min: option.min })}
      {...(option.max === undefined ? {} : { max: option.max })}
    />
  );
}

export function ChoiceField({ option, value, label, onChange }: FieldProps) {
  const { speaker, isFrozen } = useForm();
  const choices = option.choices ?? [];
  const known = choices.some((choice) => choice === value);
  const all = known || value === undefined ? choices : [...choices, String(value)];
  return (
    <NativeSelect
      label={label}
      className="field-short"
      disabled={isFrozen}
      value={String(value ?? '')}
      data={all.map((choice) => ({ value: String(choice), label: choiceWords(speaker.say, String(choice)) }))}
      onChange={({ currentTarget }) => {
        const chosen = all.find((choice) => String(choice) === currentTarget.value);
        onChange(chosen ?? currentTarget.value);
      }}
    />
  );
}

export function FlagField({ value, label, onChange }: FieldProps) {
  const { isFrozen } = useForm();
  return (
    <div className="field-flag">
      <Toggle on={value === true} label={label} disabled={isFrozen} onChange={onChange} />
      <span aria-hidden="true">{label}</span>
    </div>
  );
}
