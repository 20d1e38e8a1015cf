// Text, JSON, or a number without ends: written, then sent with Enter or the button.
import { Button, TextInput } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { inline, parsePayload } from '../base/json.ts';
import { isComposing } from '../base/typing.ts';
import { useWords } from '../i18n/use-words.ts';
import type { ControlProps } from './control-props.ts';

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : inline(value, 10_000);
}

export function TextControl({ property, name, value, onSet }: ControlProps) {
  const { say } = useWords();
  const [draft, setDraft] = useState<string>();
  const { kind, unit, step, min, max } = property;
  const isNumber = kind === 'number';
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (draft === undefined || (isNumber && draft.trim() === '')) return;
    const typed = isNumber ? Number(draft) : draft;
    onSet(kind === 'json' ? parsePayload(draft) : typed);
    setDraft(undefined);
  };
  const keepComposing = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && isComposing(event)) event.preventDefault();
  };
  return (
    <form className="send" onSubmit={send}>
      <TextInput
        className="send-text"
        type={isNumber ? 'number' : 'text'}
        aria-label={unit === undefined ? name : `${name} (${unit})`}
        value={draft ?? textOf(value)}
        step={step ?? 'any'}
        {...(isNumber && { min, max, rightSection: unit && <span className="dim">{unit}</span> })}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onKeyDown={keepComposing}
      />
      <Button type="submit" variant="default" disabled={draft === undefined}>
        {say('device.send')}
      </Button>
    </form>
  );
}
