// What the house counts: what was lost in words, and every figure for who looks for one.
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import type { SystemView } from '../api/types.ts';
import { formatCount } from '../i18n/format.ts';
import { useWords } from '../i18n/use-words.ts';
import { lossesOf } from './losses.ts';

/** Each says what was lost and what may be done; nothing lost is said too. */
export function Losses({ system }: { readonly system: SystemView }) {
  const { say, language } = useWords();
  const losses = lossesOf(system.counters);
  if (losses.length === 0)
    return (
      <p className="system-well card">
        <IconCircleCheck size={20} stroke={1.8} aria-hidden />
        {say('system.well')}
      </p>
    );
  return (
    <section>
      <h3>{say('system.losses')}</h3>
      <ul className="card system-losses">
        {losses.map(({ name, count }) => (
          <li key={name}>
            <IconAlertTriangle size={18} stroke={1.8} aria-hidden />
            <strong className="number">{formatCount(language, count)}</strong>
            <span>{say(`system.loss.${name}`)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const vital = ['connections', 'publishesReceived', 'publishesSent', 'devices', 'rules', 'timers'] as const;

export function Vitals({ system }: { readonly system: SystemView }) {
  const { say, language } = useWords();
  return (
    <dl className="system-counters card">
      {vital.map((name) => (
        <div key={name} className="system-counter">
          <dt>{say(`system.vital.${name}`)}</dt>
          <dd className="number">{formatCount(language, system.counters[name] ?? 0)}</dd>
        </div>
      ))}
    </dl>
  );
}

export function Counters({ system }: { readonly system: SystemView }) {
  const { say, language } = useWords();
  return (
    <details>
      <summary className="system-all">
        {say('system.counters')} <span className="dim">· {say('system.counters.hint')}</span>
      </summary>
      <dl className="system-counters card">
        {Object.entries(system.counters).map(([name, count]) => (
          <div key={name} className="system-counter">
            <dt className="code">{name}</dt>
            <dd className="number">{formatCount(language, count)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
