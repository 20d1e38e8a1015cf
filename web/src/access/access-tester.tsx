// Asks the broker itself whether somebody may use a topic, and which line decides; of one, or of everybody.
import { SegmentedControl, TextInput } from '@mantine/core';
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import type { AclRequest } from '../api/types.ts';
import { problemWords } from '../i18n/problem-words.ts';
import { useWords } from '../i18n/use-words.ts';
import { becauseWords } from './because-words.ts';
import { useAccessCalls } from './use-access.ts';
import { UserField } from './user-field.tsx';
import { WhoList } from './who-list.tsx';

interface Question {
  readonly user: string;
  readonly access: 'read' | 'write';
  readonly topic: string;
}

function Verdict({ question }: { readonly question: Question }) {
  const { say } = useWords();
  const calls = useAccessCalls();
  const { data, error } = useQuery({
    queryKey: ['access-check', question],
    queryFn: () => {
      const { user, ...rest } = question;
      return calls.check(user === '' ? rest : { user, ...rest });
    },
    enabled: question.topic !== '',
    placeholderData: keepPreviousData,
    retry: false,
  });
  if (question.topic === '') return <p className="dim">{say('access.test.hint')}</p>;
  if (error) return <p className="access-fault">{problemWords(say, error)}</p>;
  if (!data) return null;
  const Icon = data.allowed ? IconCircleCheck : IconCircleX;
  return (
    <p className="verdict" data-allowed={data.allowed}>
      <Icon size={20} stroke={1.8} aria-hidden />
      <strong>{say(data.allowed ? 'access.test.yes' : 'access.test.no')}</strong>
      <span>{becauseWords(say, data)}</span>
    </p>
  );
}

export function AccessTester({ start }: { readonly start: AclRequest }) {
  const { say } = useWords();
  const [question, setQuestion] = useState<Question>({
    user: start.user,
    access: start.access === 'write' ? 'write' : 'read',
    topic: start.filter,
  });
  const [isAboutAll, setAboutAll] = useState(false);
  const asked = useDeferredValue(question);
  return (
    <section className="card access-box" aria-label={say('access.test')}>
      <h2>{say('access.test')}</h2>
      <div className="access-line">
        <SegmentedControl
          className="access-line-whole"
          aria-label={say('access.test.about')}
          value={isAboutAll ? 'all' : 'one'}
          onChange={(about) => setAboutAll(about === 'all')}
          data={[
            { value: 'one', label: say('access.test.one') },
            { value: 'all', label: say('access.test.all') },
          ]}
        />
        {isAboutAll ? null : (
          <UserField
            value={question.user}
            placeholder={say('access.test.anonymous')}
            onChange={(user) => setQuestion({ ...question, user: user.trim() })}
          />
        )}
        <SegmentedControl
          className="access-line-end"
          aria-label={say('access.rule.access')}
          value={question.access}
          onChange={(access) => setQuestion({ ...question, access })}
          data={[
            { value: 'read', label: say('access.word.read') },
            { value: 'write', label: say('access.word.write') },
          ]}
        />
        <TextInput
          className="access-line-wide"
          label={say('access.test.topic')}
          placeholder="home/kitchen/lamp"
          classNames={{ input: 'code' }}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={question.topic}
          onChange={(event) => setQuestion({ ...question, topic: event.currentTarget.value.trim() })}
        />
      </div>
      <div role="status">
        {isAboutAll && asked.topic !== '' ? <WhoList question={asked} /> : <Verdict question={asked} />}
      </div>
    </section>
  );
}
