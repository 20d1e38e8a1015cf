// What a device is told so that it finds this broker, for the usual kinds.
import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { useBroker } from '../../system/use-broker.ts';
import { Snippet } from './snippet.tsx';
import { snippets } from './snippets.ts';

interface ConnectSnippetsProps {
  readonly user: string;
  readonly password: string;
}

export function ConnectSnippets({ user, password }: ConnectSnippetsProps) {
  const { say } = useWords();
  const { host, address, port, isAlone } = useBroker();
  const [chosen, setChosen] = useState('mosquitto_pub');
  const snippet = snippets.find(({ name }) => name === chosen);
  const text = snippet?.text({ host: address ?? host, port, user, password }) ?? '';
  return (
    <section className="snippets" aria-label={say('access.snippets')}>
      <h3>{say('access.snippets')}</h3>
      <SegmentedControl
        className="snippets-kinds"
        aria-label={say('access.snippets')}
        value={chosen}
        onChange={setChosen}
        data={snippets.map(({ name }) => name)}
      />
      <Snippet text={text} />
      {isAlone ? <p className="dim">{say('access.snippets.alone')}</p> : null}
      {!isAlone && address === undefined ? <p className="dim">{say('access.snippets.local')}</p> : null}
    </section>
  );
}
