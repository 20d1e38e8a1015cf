// Which rules and bridges name the device or its topics, and which topics those are.
import { Link } from '@tanstack/react-router';
import type { DeviceUsesView } from '../api/types.ts';
import { useWords } from '../i18n/use-words.ts';
import { useDeviceUses } from './use-device.ts';

function Users({ uses: { rules, bridges } }: { readonly uses: DeviceUsesView }) {
  const { say } = useWords();
  if (rules.length + bridges.length === 0) return <p className="dim">{say('device.usedBy.none')}</p>;
  return (
    <ul className="device-uses">
      {rules.map(({ id, uses }) => (
        <li key={`rule ${id}`}>
          <Link to="/rules/$id" params={{ id }} className="side-link">
            {id}
          </Link>
          <span className="dim number">
            {say('device.usedBy.lines', { lines: [...new Set(uses.map(({ line }) => line))].join(', ') })}
          </span>
        </li>
      ))}
      {bridges.map(({ name, topics }) => (
        <li key={`bridge ${name}`}>
          <span>{say('device.usedBy.bridge', { name })}</span>
          <span className="code dim">{topics.join(', ')}</span>
        </li>
      ))}
    </ul>
  );
}

export function DeviceUses({ id }: { readonly id: string }) {
  const { say } = useWords();
  const { data: uses } = useDeviceUses(id);
  return (
    <section className="card device-card" aria-label={say('device.usedBy')}>
      <h2>{say('device.usedBy')}</h2>
      {uses ? <Users uses={uses} /> : <p className="dim">…</p>}
      {uses && uses.topics.length > 0 ? (
        <>
          <h3>{say('device.topics')}</h3>
          <ul>
            {uses.topics.map((topic) => (
              <li key={topic}>
                <Link to="/topics" search={{ topic }} className="side-link code">
                  {topic}
                </Link>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </section>
  );
}
