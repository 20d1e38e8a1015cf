// Where devices reach the broker: the likeliest address to be copied, the others in words; or that nobody else does.
import { useWords } from '../../i18n/use-words.ts';
import { useBroker } from '../../system/use-broker.ts';
import { Snippet } from '../snippets/snippet.tsx';
import { openCommand } from './on-phone.tsx';

export function BrokerAddresses() {
  const { say } = useWords();
  const { addresses, port, isAlone } = useBroker();
  const [first, ...others] = addresses;
  if (isAlone)
    return (
      <div>
        <p className="dim">{say('reach.broker.alone')}</p>
        <Snippet text={openCommand} />
      </div>
    );
  if (first === undefined) return <p className="dim">{say('reach.none')}</p>;
  return (
    <div>
      <p className="dim">{say('reach.broker')}</p>
      <Snippet text={`${first}:${port}`} />
      {others.length > 0 ? (
        <p className="dim">{say('reach.others', { addresses: others.join(', ') })}</p>
      ) : null}
    </div>
  );
}
