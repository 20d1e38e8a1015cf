// What users may read and write: a tester that names the line that decides, and the rules themselves.
import { ActionIcon } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { AclRequest, AclRuleView } from '../api/types.ts';
import { useWords } from '../i18n/use-words.ts';
import { Age } from '../parts/age.tsx';
import { LoadFailure } from '../parts/load-failure.tsx';
import { Tag } from '../parts/tag.tsx';
import { useAct } from '../parts/use-act.ts';
import { useToasts } from '../parts/use-toasts.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { AccessTester } from './access-tester.tsx';
import { RuleForm } from './rule-form.tsx';
import { useAccessCalls, useAccessList } from './use-access.ts';

function useDelete() {
  const { say } = useWords();
  const calls = useAccessCalls();
  const toasts = useToasts();
  const add = useAct<AclRequest>({
    do: (rule) => calls.addRule(rule),
    failed: 'access.failed',
    changes: ['access-rules'],
  });
  return useAct<AclRuleView>({
    do: async ({ id, user, access, filter }) => {
      await calls.deleteRule(id);
      toasts.undoable(say('access.rule.deleted'), () => add.mutate({ user, access, filter }));
    },
    failed: 'problem.title.delete',
    changes: ['access-rules'],
  });
}

function RuleRow({ rule, onDelete }: { readonly rule: AclRuleView; readonly onDelete: () => void }) {
  const { say } = useWords();
  return (
    <li className="access-row">
      <span className="access-row-main">
        <span className="access-row-name">
          {rule.user === '*' ? say('access.rule.all') : rule.user}
          <Tag tone={rule.access === 'deny' ? 'bad' : 'accent'}>{say(`access.word.${rule.access}`)}</Tag>
        </span>
        <span className="code">{rule.filter}</span>
      </span>
      <span className="access-row-side dim">
        <Age at={rule.at} />
      </span>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={say('access.rule.delete', { filter: rule.filter })}
        onClick={onDelete}
      >
        <IconTrash size={17} stroke={1.8} />
      </ActionIcon>
    </li>
  );
}

export function RulesPart({ start }: { readonly start: AclRequest }) {
  const { say } = useWords();
  const { data: rules, error, refetch } = useAccessList('rules');
  const remove = useDelete();
  return (
    <div className="access-parts">
      <AccessTester start={start} />
      <section className="card access-box">
        <h2>{say('access.rule.add')}</h2>
        <p className="dim">{say('access.rule.hint')}</p>
        <RuleForm start={start} />
      </section>
      {!rules && error ? <LoadFailure error={error} retry={() => void refetch()} /> : null}
      {!rules && !error ? <Waiting /> : null}
      {rules?.length === 0 ? <p className="access-none dim">{say('access.rules.none')}</p> : null}
      {rules && rules.length > 0 ? (
        <ul className="card">
          {rules.map((rule) => (
            <RuleRow key={rule.id} rule={rule} onDelete={() => remove.mutate(rule)} />
          ))}
        </ul>
      ) : null}
    </div>
  );
}
