// What a device is told so that it finds this broker, for the usual kinds.
import { SegmentedControl } from '@mantine/core';
import { IconQrcode } from '@tabler/icons-react';
import { useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { useBroker } from '../../system/use-broker.ts';
import { BrokerAddresses } from '../qr/addresses.tsx';
import { QrCode } from '../qr/qr-code.tsx';
import { Snippet } from './snippet.tsx';
import { snippets } from './snippets.ts';

interface ForPhoneProps {
  readonly address: string;
  readonly port: number;
}

interface ConnectSnippetsProps {
  readonly user: string;
  readonly password: string;
}

/** Not open by itself: somebody may look over one's shoulder. */
function ForPhone({ user, password, address, port }: ConnectSnippetsProps & ForPhoneProps) {
  const { say } = useWords();
  const [name, secret] = [encodeURIComponent(user), encodeURIComponent(password)];
  return (
    <details className="qr-more">
      <summary>
        <IconQrcode size={18} stroke={1.8} aria-hidden />
        {say('reach.device')}
      </summary>
      <div className="on-phone">
        <QrCode
          text={`mqtt://${name}:${secret}@${address}:${port}`}
          label={say('reach.device.qr', { name: user })}
        />
        <p className="dim on-phone-words">{say('reach.device.hint')}</p>
      </div>
    </details>
  );
}

export function ConnectSnippets({ user, password }: ConnectSnippetsProps) {
  const { say } = useWords();
  const { host, address, port, isAlone, isKnown } = useBroker();
  const [chosen, setChosen] = useState('mosquitto_pub');
  const snippet = snippets.find(({ name }) => name === chosen);
  const text = snippet?.text({ host: address ?? host, port, user, password }) ?? '';
  if (!isKnown) return null;
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
      {isAlone ? <BrokerAddresses /> : null}
      {!isAlone && address === undefined ? <p className="dim">{say('access.snippets.local')}</p> : null}
      {address === undefined ? null : <ForPhone {...{ user, password, address, port }} />}
    </section>
  );
}
