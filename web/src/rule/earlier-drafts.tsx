// Drafts of new rules that were begun before this one: each can come back, and this one goes aside for it.
import { ActionIcon, Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useHouse } from '../app/house.ts';
import { useWords } from '../i18n/use-words.ts';
import { Age } from '../parts/age.tsx';
import { type Aside, asides, nameIn, putAside } from './new-drafts.ts';
import type { DraftState } from './use-draft.ts';

interface RowProps {
  readonly aside: Aside;
  readonly onRestore: () => void;
  readonly onDrop: () => void;
}

function Row({ aside: { draft }, onRestore, onDrop }: RowProps) {
  const { say } = useWords();
  const name = nameIn(draft.source) ?? say('rule.new');
  return (
    <li className="earlier-draft">
      <span className="earlier-draft-name">{name}</span>
      <Age at={draft.savedAt} className="dim" />
      <Button variant="subtle" aria-label={`${say('rule.draft.restore')}: ${name}`} onClick={onRestore}>
        {say('rule.draft.restore')}
      </Button>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={`${say('rule.discard')}: ${name}`}
        onClick={onDrop}
      >
        <IconX size={17} stroke={1.8} />
      </ActionIcon>
    </li>
  );
}

export function EarlierDrafts({ state }: { readonly state: DraftState }) {
  const { drafts } = useHouse();
  const { say } = useWords();
  const [shown, setShown] = useState(() => asides(drafts));
  if (shown.length === 0) return null;
  const drop = ({ key }: Aside): void => {
    drafts.drop(key);
    setShown(asides(drafts));
  };
  const restore = (aside: Aside): void => {
    drafts.drop(aside.key);
    if (state.draft) putAside(drafts, state.draft);
    state.write(aside.draft.source);
    setShown(asides(drafts));
  };
  return (
    <section className="earlier-drafts card" aria-label={say('rule.draft.earlier')}>
      <p className="dim">{say('rule.draft.earlier')}</p>
      <ul>
        {shown.map((aside) => (
          <Row key={aside.key} aside={aside} onRestore={() => restore(aside)} onDrop={() => drop(aside)} />
        ))}
      </ul>
    </section>
  );
}
