// The name of a user, with those that exist to choose from.
import { TextInput } from '@mantine/core';
import { useId } from 'react';
import { useWords } from '../i18n/use-words.ts';
import { useAccessList } from './use-access.ts';

interface UserFieldProps {
  readonly value: string;
  readonly placeholder?: string;
  readonly required?: boolean;
  readonly onChange: (user: string) => void;
}

export function UserField({ value, placeholder, required = false, onChange }: UserFieldProps) {
  const { say } = useWords();
  const { data: users = [] } = useAccessList('users');
  const list = useId();
  return (
    <>
      <TextInput
        label={say('access.rule.user')}
        {...(placeholder === undefined ? {} : { placeholder })}
        required={required}
        list={list}
        autoComplete="off"
        autoCapitalize="none"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <datalist id={list}>
        {users.map(({ name }) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  );
}
