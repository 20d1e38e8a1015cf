// Adds an access rule.
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import type { AclRequest } from '../api/types.ts';
import { keepComposing } from '../base/typing.ts';
import { useWords } from '../i18n/use-words.ts';
import { useAct } from '../parts/use-act.ts';
import { useAccessCalls } from './use-access.ts';
import { UserField } from './user-field.tsx';

const words: readonly AclRequest['access'][] = ['read', 'write', 'readwrite', 'deny'];

function isWord(text: string): text is AclRequest['access'] {
  return words.some((word) => word === text);
}

export function RuleForm({ start }: { readonly start: AclRequest }) {
  const { say } = useWords();
  const calls = useAccessCalls();
  const [rule, setRule] = useState(start);
  const { mutate, isPending } = useAct<AclRequest>({
    do: (request) => calls.addRule(request),
    done: () => {
      setRule({ ...rule, filter: '' });
      return say('access.rule.added');
    },
    failed: 'access.failed',
    changes: ['access-rules', 'access-check'],
  });
  const send = (event: FormEvent): void => {
    event.preventDefault();
    mutate({ ...rule, user: rule.user.trim(), filter: rule.filter.trim() });
  };
  return (
    <form
      className="access-line"
      aria-label={say('access.rule.add')}
      onSubmit={send}
      onKeyDown={keepComposing}
    >
      <UserField
        required
        value={rule.user}
        placeholder={say('access.rule.everybody')}
        onChange={(user) => setRule({ ...rule, user })}
      />
      <NativeSelect
        label={say('access.rule.access')}
        value={rule.access}
        data={words.map((value) => ({ value, label: say(`access.word.${value}`) }))}
        onChange={({ currentTarget: { value } }) => isWord(value) && setRule({ ...rule, access: value })}
      />
      <TextInput
        className="access-line-wide"
        label={say('access.rule.filter')}
        placeholder="home/+/state"
        classNames={{ input: 'code' }}
        required
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={rule.filter}
        onChange={(event) => setRule({ ...rule, filter: event.currentTarget.value })}
      />
      <Button type="submit" loading={isPending} leftSection={<IconPlus size={17} aria-hidden />}>
        {say('access.rule.do')}
      </Button>
    </form>
  );
}
