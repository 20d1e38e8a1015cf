// What flows are, and those that come with Homerule: each with what it does, added with one button.
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { FlowSeedView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { useMay } from '../entry/use-session.ts';
import { inLanguage } from '../i18n/in-language.ts';
import { useWords } from '../i18n/use-words.ts';
import { LinkButton } from '../parts/link-button.tsx';
import { LoadFailure } from '../parts/load-failure.tsx';
import { Tag } from '../parts/tag.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { flowsCalls } from './flows-calls.ts';
import { SeedDialog } from './seed-dialog.tsx';
import './seed-list.css';

interface SeedProps {
  readonly seed: FlowSeedView;
  readonly onSettings: (() => void) | undefined;
}

function SeedCard({ seed, onSettings }: SeedProps) {
  const { say, language } = useWords();
  return (
    <li className="seed card">
      <div className="seed-words">
        <h3>
          {inLanguage(seed.title, language)}{' '}
          {seed.added ? <Tag tone="accent">{say('flows.seed.added')}</Tag> : null}
        </h3>
        <p>{inLanguage(seed.description, language)}</p>
      </div>
      <div className="seed-actions">
        {onSettings ? (
          <Button
            variant="default"
            leftSection={seed.added ? undefined : <IconPlus size={16} stroke={1.8} aria-hidden />}
            onClick={onSettings}
          >
            {say(seed.added ? 'flows.seed.settings' : 'flows.seed.add')}
          </Button>
        ) : null}
        {seed.added ? (
          <LinkButton
            to="/flows"
            search={{ part: 'editor', flow: `homerule-${seed.name}` }}
            variant="subtle"
            color="gray"
          >
            {say('flows.seed.open')}
          </LinkButton>
        ) : null}
      </div>
    </li>
  );
}

export function SeedList() {
  const { api } = useHouse();
  const { say } = useWords();
  const mayAdmin = useMay('admin');
  const [open, setOpen] = useState<string>();
  const { data, error, refetch } = useQuery({
    queryKey: ['flow-seeds'],
    queryFn: ({ signal }) => flowsCalls(api).seeds(signal),
  });
  const chosen = data?.find(({ name }) => name === open);
  return (
    <>
      <section className="flows-about">
        <p>{say('flows.about')}</p>
        <p className="dim">{say(mayAdmin ? 'flows.about.rights' : 'flows.about.look')}</p>
      </section>
      <h2 className="seeds-title">{say('flows.seeds')}</h2>
      {!data && error ? <LoadFailure error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <Waiting rows={3} /> : null}
      <ul className="seeds">
        {data?.map((seed) => (
          <SeedCard
            key={seed.name}
            seed={seed}
            onSettings={mayAdmin ? () => setOpen(seed.name) : undefined}
          />
        ))}
      </ul>
      {chosen ? <SeedDialog seed={chosen} onClose={() => setOpen(undefined)} /> : null}
    </>
  );
}
