// A button that asks who made a value what it is, and shows the answer below it.
import { Button } from '@mantine/core';
import { IconRoute } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useHouse } from '../app/house.ts';
import { problemWords } from '../i18n/problem-words.ts';
import { useWords } from '../i18n/use-words.ts';
import { Waiting } from '../parts/waiting.tsx';
import { CauseChain } from './cause-chain.tsx';
import { causesOf, type Effect } from './causes-calls.ts';
import './causes.css';

function Chain({ effect }: { readonly effect: Effect }) {
  const { api } = useHouse();
  const { say } = useWords();
  const { data, error } = useQuery({
    queryKey: ['causes', effect],
    queryFn: ({ signal }) => causesOf(api, effect, signal),
    retry: false,
    gcTime: 0,
  });
  if (data) return <CauseChain links={data.links} end={data.end} />;
  return error ? <p className="dim">{problemWords(say, error)}</p> : <Waiting rows={2} />;
}

export interface WhoDidThisProps {
  readonly effect: Effect;
  /** Of what, for who does not see where it stands. */
  readonly name: string;
}

export function WhoDidThis({ effect, name }: WhoDidThisProps) {
  const { say } = useWords();
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="who">
      <Button
        variant="subtle"
        className="who-button"
        aria-expanded={isOpen}
        aria-label={`${say('causes.ask')} ${name}`}
        leftSection={<IconRoute size={16} stroke={1.8} aria-hidden />}
        onClick={() => setOpen(!isOpen)}
      >
        {say('causes.ask')}
      </Button>
      {isOpen ? <Chain effect={effect} /> : null}
    </div>
  );
}
