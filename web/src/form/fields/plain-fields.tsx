// Fields for texts, values, numbers, choices and switches.
import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { Toggle } from '../../parts/toggle.tsx';
import { valueText } from '../../sentence/values.ts';
import { useForm } from '../form-context.ts';
import { choiceWords } from '../option-words.ts';
import { useText } from '../use-text.ts';
import type { FieldProps } from './props.ts';
import { textToScalar, textToValue, valueToText } from './value-text.ts';

export function TextField({ value, label, onChange }: FieldProps) {
  const text = useText(value === undefined ? '' : valueText(value), { write: onChange });
  const { isFrozen } = useForm();
  return (
    <TextInput
      label={label}
      {...text}
      disabled={isFrozen}
      classNames={{ input: 'code' }}
      spellCheck={false}
    />
  );
}

export function ValueField({ value, label, onChange }: FieldProps) {
  const { isFrozen } = useForm();
  const text = useText(valueToText(value), {
    write: (typed) => onChange(textToValue(typed)),
    said: (typed) => valueToText(textToValue(typed)),
  });
  return (
    <Textarea
      label={label}
      {...text}
      disabled={isFrozen}
      autosize
      minRows={1}
      maxRows={12}
      classNames={{ input: 'code' }}
      spellCheck={false}
    />
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
