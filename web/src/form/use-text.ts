// The text of a field: what is typed stays as typed as long as it means what the rule says, even where the rule would
// write it differently.
import { type ChangeEvent, useState } from 'react';

export interface FieldText {
  readonly value: string;
  readonly onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => void;
}

export interface FieldTextOptions {
  readonly write: (typed: string) => void;
  /** How the rule would say what was typed; as it is when absent. */
  readonly said?: (typed: string) => string;
}

export interface TypedText {
  readonly value: string;
  readonly write: (typed: string) => void;
}

export function useTyped(text: string, { write, said = (typed) => typed }: FieldTextOptions): TypedText {
  const [typed, setTyped] = useState(text);
  return {
    value: said(typed) === text ? typed : text,
    write: (next) => {
      setTyped(next);
      write(next);
    },
  };
}

export function useText(text: string, options: FieldTextOptions): FieldText {
  const { value, write } = useTyped(text, options);
  return { value, onChange: ({ currentTarget }) => write(currentTarget.value) };
}
