// An expression.
import { Textarea } from '@mantine/core';
import { valueText } from '../../sentence/values.ts';
import { useForm } from '../form-context.ts';
import { useText } from '../use-text.ts';
import type { FieldProps } from './props.ts';

export function ExpressionField({ value, label, onChange }: FieldProps) {
  const { isFrozen } = useForm();
  const text = useText(value === undefined || value === null ? '' : valueText(value), { write: onChange });
  return (
    <Textarea
      className="field-wide"
      label={label}
      {...text}
      disabled={isFrozen}
      autosize
      minRows={1}
      maxRows={8}
      classNames={{ input: 'code' }}
      spellCheck={false}
    />
  );
}
