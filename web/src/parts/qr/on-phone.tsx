// These pages on another device of the house: their address as text and for its camera, or how to let others in.
import { useWords } from '../../i18n/use-words.ts';
import { useWebReach } from '../../system/use-broker.ts';
import { Snippet } from '../snippets/snippet.tsx';
import { QrCode } from './qr-code.tsx';

/** Also what starts a house that listens to its network. */
export const openCommand = 'npm start -- --host 0.0.0.0';

export function OnPhone() {
  const { say } = useWords();
  const { addresses, port, isAlone } = useWebReach();
  const [address] = addresses;
  if (isAlone)
    return (
      <div>
        <p className="dim">{say('reach.web.alone')}</p>
        <Snippet text={openCommand} />
      </div>
    );
  if (address === undefined) return <p className="dim">{say('reach.none')}</p>;
  // Through a proxy the address of this page is the one that works.
  const { protocol, origin } = globalThis.location;
  const url = protocol === 'https:' ? `${origin}/` : `http://${address}:${port}/`;
  return (
    <div className="on-phone">
      <QrCode text={url} label={say('reach.web.qr', { url })} />
      <div className="on-phone-words">
        <p className="dim">{say('reach.web')}</p>
        <Snippet text={url} />
      </div>
    </div>
  );
}
