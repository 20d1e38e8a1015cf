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

export function useText(text: string, { write, said = (typed) => typed }: FieldTextOptions): FieldText {
  const [typed, setTyped] = useState(text);
  return {
    value: said(typed) === text ? typed : text,
    onChange: ({ currentTarget: { value } }) => {
      setTyped(value);
      write(value);
    },
  };
}
