// Fields that hold a small structure of their own: loops, what is waited for, what happens to what is late or fails.
import { NativeSelect } from '@mantine/core';
import { Fragment } from 'react';
import type { KindOption } from '../../api/types.ts';
import { isTree, valueAt } from '../../document/edit.ts';
import { useForm } from '../form-context.ts';
import { choiceWords, optionLabel } from '../option-words.ts';
import { ConditionField } from './condition-field.tsx';
import { ValueField } from './plain-fields.tsx';
import type { FieldProps } from './props.ts';
import { SuggestField } from './suggest-field.tsx';

const forms = ['times', 'while', 'until', 'each'] as const;

export function LoopField({ option, value, path, label, onChange }: FieldProps) {
  const { speaker, isFrozen } = useForm();
  const form = forms.find((each) => isTree(value) && Object.hasOwn(value, each)) ?? 'times';
  const isCondition = form === 'while' || form === 'until';
  const inner = {
    option,
    value: valueAt(value, [form]),
    path: [...path, form],
    label: speaker.say(`loop.${form}`),
    onChange: (next: unknown) => onChange({ [form]: next }),
  };
  return (
    <>
      <NativeSelect
        label={label}
        className="field-short"
        disabled={isFrozen}
        value={form}
        data={forms.map((each) => ({ value: each, label: speaker.say(`loop.${each}`) }))}
        onChange={({ currentTarget }) =>
          onChange({ [currentTarget.value]: currentTarget.value === 'times' ? 3 : '' })
        }
      />
      {isCondition ? <ConditionField {...inner} /> : <ValueField {...inner} />}
    </>
  );
}

/** A condition, or the triggers that end the wait. */
export function WatchesField(props: FieldProps) {
  const { value, path, label } = props;
  const { draw } = useForm();
  const isGroup = isTree(value) && ['all', 'any', 'not'].some((key) => Object.hasOwn(value, key));
  if (typeof value !== 'object' || value === null || isGroup) return <ConditionField {...props} />;
  return (
    <fieldset className="field-many field-wide">
      <legend>{label}</legend>
      {draw.list({ role: 'triggers', path })}
    </fieldset>
  );
}

const overdues = ['fire', 'skip', 'recheck'] as const;

export function OverdueField({ option, value, path, label, onChange }: FieldProps) {
  const { speaker, isFrozen } = useForm();
  const within = valueAt(value, ['within']);
  const choices = [...overdues, 'within'] as const;
  return (
    <>
      <NativeSelect
        label={label}
        className="field-short"
        disabled={isFrozen}
        value={within === undefined ? String(value ?? 'fire') : 'within'}
        data={choices.map((each) => ({
          value: each,
          label: each === 'within' ? speaker.say('field.within') : choiceWords(speaker.say, each),
        }))}
        onChange={({ currentTarget: { value: chosen } }) =>
          onChange(chosen === 'within' ? { within: '10m' } : chosen)
        }
      />
      {within === undefined ? null : (
        <SuggestField
          option={{ ...option, field: 'duration' }}
          value={within}
          path={[...path, 'within']}
          label={speaker.say('field.within')}
          onChange={(next) => onChange({ within: next })}
        />
      )}
    </>
  );
}

export function OnErrorField({ value, path, label, onChange }: FieldProps) {
  const { draw, speaker, isFrozen } = useForm();
  const isList = typeof value === 'object' && value !== null;
  return (
    <>
      <NativeSelect
        label={label}
        className="field-short"
        disabled={isFrozen}
        value={isList ? 'actions' : String(value ?? 'stop')}
        data={[
          { value: 'stop', label: choiceWords(speaker.say, 'stop') },
          { value: 'continue', label: choiceWords(speaker.say, 'continue') },
          { value: 'actions', label: speaker.say('form.handler') },
        ]}
        onChange={({ currentTarget: { value: chosen } }) => onChange(chosen === 'actions' ? [] : chosen)}
      />
      {isList ? draw.list({ role: 'actions', path }) : null}
    </>
  );
}

function part(name: string, field: KindOption['field']): KindOption {
  return { name, field, required: false, many: false };
}

const confirmParts: readonly KindOption[] = [
  part('state', 'topic'),
  part('equals', 'value'),
  part('when', 'condition'),
  part('within', 'duration'),
  part('retries', 'number'),
  part('fresh', 'flag'),
];

export function ConfirmField({ value, path, label }: FieldProps) {
  const { draw, speaker } = useForm();
  const given = isTree(value) ? value : {};
  const always = new Set(['state', 'within', 'retries', given['when'] === undefined ? 'equals' : 'when']);
  const shown = confirmParts.filter(({ name }) => always.has(name) || given[name] !== undefined);
  return (
    <fieldset className="field-many field-wide">
      <legend>{label}</legend>
      <div className="entry-fields">
        {shown.map((option) => (
          <Fragment key={option.name}>
            {draw.field({
              option,
              path: [...path, option.name],
              label: optionLabel(speaker.say, option.name),
            })}
          </Fragment>
        ))}
      </div>
    </fieldset>
  );
}
