// What woke the run: kind, topic, who said it, the message itself.

import { Link } from '@tanstack/react-router';
import type { TraceTrigger } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { WhoDidThis } from '../causes/who-did-this.tsx';
import { originWords, verbWords } from '../i18n/code-words.ts';
import { formatMoment, formatSpan } from '../i18n/format.ts';
import { useWords } from '../i18n/use-words.ts';
import { PayloadView } from '../parts/json-view.tsx';
import { Tag } from '../parts/tag.tsx';
import { ValueText } from './expression-view.tsx';
import './trigger-card.css';

function Params({ params }: { readonly params: Readonly<Record<string, unknown>> }) {
  const { say } = useWords();
  const entries = Object.entries(params);
  if (entries.length === 0) return null;
  return (
    <div className="fact">
      <dt>{say('trace.params')}</dt>
      <dd>
        {entries.map(([name, value]) => (
          <span key={name} className="code trigger-param">
            {name} <ValueText value={value} />
          </span>
        ))}
      </dd>
    </div>
  );
}

function Publisher({ trigger }: { readonly trigger: TraceTrigger }) {
  const { say } = useWords();
  if (trigger.origin === undefined && trigger.by === undefined) return null;
  const kind = trigger.origin === undefined ? '' : originWords(say, trigger.origin);
  return (
    <div className="fact">
      <dt>{say('trace.by')}</dt>
      <dd>
        {trigger.by ? <span className="code">{trigger.by}</span> : null}{' '}
        <span className={trigger.by ? 'dim' : ''}>{kind}</span>
      </dd>
    </div>
  );
}

export function TriggerCard({ trigger }: { readonly trigger: TraceTrigger }) {
  const { say, language } = useWords();
  const { ticker } = useHouse();
  return (
    <div className="trigger">
      <div className="trigger-head">
        {trigger.topic === undefined ? (
          <span>{verbWords(say, trigger.verb)}</span>
        ) : (
          <Link to="/topics" search={{ topic: trigger.topic }} className="trigger-topic code">
            {trigger.topic}
          </Link>
        )}
        {trigger.topic === undefined ? null : <Tag>{verbWords(say, trigger.verb)}</Tag>}
        {trigger.retain ? <Tag>{say('trace.retain')}</Tag> : null}
        {trigger.lateMs === undefined ? null : (
          <Tag tone="warn">{say('trace.late', { time: formatSpan(language, trigger.lateMs) })}</Tag>
        )}
        {trigger.unobservedMs === undefined ? null : (
          <Tag tone="warn">
            {say('trace.unobserved', { time: formatSpan(language, trigger.unobservedMs) })}
          </Tag>
        )}
        <span className="trigger-time dim number">{formatMoment(language, trigger.at, ticker.now())}</span>
      </div>
      {trigger.payload === undefined ? null : <PayloadView payload={trigger.payload} />}
      <dl className="facts">
        <Params params={trigger.params ?? {}} />
        <Publisher trigger={trigger} />
      </dl>
      {trigger.topic === undefined ? null : (
        <WhoDidThis effect={{ topic: trigger.topic, at: trigger.at }} name={trigger.topic} />
      )}
    </div>
  );
}
