// One option of an entry as a field: which one is decided by what the option is about, never by its kind.
import type { ComponentType } from 'react';
import type { FieldKind, KindOption } from '../../api/types.ts';
import { pathText, valueAt } from '../../document/edit.ts';
import { type FieldPlace, useForm } from '../form-context.ts';
import { ConditionField } from './condition-field.tsx';
import { DaysField } from './days-field.tsx';
import { NamesField, PropertiesField } from './names-field.tsx';
import { ChoiceField, FlagField, NumberField, PathField, TextField, ValueField } from './plain-fields.tsx';
import type { FieldProps } from './props.ts';
import { ConfirmField, LoopField, OnErrorField, OverdueField, WatchesField } from './structured-fields.tsx';
import { SuggestField } from './suggest-field.tsx';

const fields: Readonly<Partial<Record<FieldKind, ComponentType<FieldProps>>>> = {
  value: ValueField,
  path: PathField,
  number: NumberField,
  choice: ChoiceField,
  flag: FlagField,
  condition: ConditionField,
  days: DaysField,
  names: NamesField,
  properties: PropertiesField,
  loop: LoopField,
  watches: WatchesField,
  overdue: OverdueField,
  onError: OnErrorField,
  confirm: ConfirmField,
  filter: SuggestField,
  topic: SuggestField,
  device: SuggestField,
  duration: SuggestField,
  clock: SuggestField,
  zone: SuggestField,
  rule: SuggestField,
};

function isPlain(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}

/** A text field can show no structure: what somebody wrote by hand stays visible as a value. */
function fieldFor({ field, many }: KindOption, value: unknown): ComponentType<FieldProps> {
  const known = fields[field];
  if (field === 'choice') return isPlain(value) ? ChoiceField : ValueField;
  if (known) return known;
  if (isPlain(value)) return TextField;
  return many && Array.isArray(value) ? SuggestField : ValueField;
}

export function Field({ option, path, label }: FieldPlace) {
  const { tree, edit } = useForm();
  const value = valueAt(tree, path);
  const Shown = fieldFor(option, value);
  return (
    <div className="entry-field" data-field={pathText(path)}>
      <Shown
        option={option}
        value={value}
        path={path}
        label={label}
        onChange={(next) => edit({ do: 'set', path, value: next }, { group: pathText(path) })}
      />
    </div>
  );
}
