// What the broker did not let clients do, each with the rule that would allow it.

import type { AuditView } from '../api/types.ts';
import { useWords } from '../i18n/use-words.ts';
import { Age } from '../parts/age.tsx';
import { Empty } from '../parts/empty.tsx';
import { LinkButton } from '../parts/link-button.tsx';
import { LoadFailure } from '../parts/load-failure.tsx';
import { Tag } from '../parts/tag.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { entryWords } from './denial-words.ts';
import { useAccessList } from './use-access.ts';

interface RowProps {
  readonly denial: AuditView;
  /** Of the client, as long as it is known. */
  readonly user: string | undefined;
}

function DenialRow({ denial, user }: RowProps) {
  const { say } = useWords();
  const { who, action, target, address, detail, count, at } = denial;
  const wish = action === 'client.publish' ? 'write' : 'read';
  return (
    <li className="access-row">
      <span className="access-row-main">
        <span className="access-row-name">
          {who || say('access.denial.somebody')}
          <Tag tone="bad">{target === '' ? say('access.denial.enter') : say(`access.denial.${wish}`)}</Tag>
          {count > 1 ? <span className="dim number">× {count}</span> : null}
        </span>
        {target === '' ? null : <span className="code">{target}</span>}
        <span className="dim">
          {(target === '' ? [entryWords(say, detail), address] : [user ?? '', address])
            .filter(Boolean)
            .join(' · ')}{' '}
          · <Age at={at} />
        </span>
      </span>
      {target === '' ? null : (
        <LinkButton
          variant="default"
          to="/access"
          search={{ part: 'rules', access: wish, filter: target, ...(user !== undefined && { user }) }}
        >
          {say('access.denial.allow')}
        </LinkButton>
      )}
    </li>
  );
}

export function DenialList() {
  const { say } = useWords();
  const { data: denials, error, refetch } = useAccessList('denials');
  const { data: clients = [] } = useAccessList('clients');
  if (!denials) return error ? <LoadFailure error={error} retry={() => void refetch()} /> : <Waiting />;
  if (denials.length === 0)
    return <Empty title={say('access.denials.none')} hint={say('access.denials.none.hint')} />;
  return (
    <>
      <p className="access-head dim">{say('access.denials.hint')}</p>
      <ul className="card">
        {denials.map((denial) => (
          <DenialRow
            key={denial.id}
            denial={denial}
            user={clients.find(({ id }) => id === denial.who)?.user}
          />
        ))}
      </ul>
    </>
  );
}
