// What one action saw and did: the values in its expressions, what left the house, what was confirmed, what it changed.
import { IconArrowUpRight, IconCheck, IconClockExclamation, IconNote } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { TraceEffect, TraceStep } from '../api/types.ts';
import { formatSpan } from '../i18n/format.ts';
import { useWords } from '../i18n/use-words.ts';
import { PayloadView } from '../parts/json-view.tsx';
import { Tag } from '../parts/tag.tsx';
import { ErrorView } from './error-view.tsx';
import { ConditionView, Operands } from './expression-view.tsx';
import { NamedValues } from './named-values.tsx';
import { resultWords } from './result-words.ts';
import './step-body.css';

function PublishedTopic({ effect }: { readonly effect: TraceEffect }) {
  const { say } = useWords();
  return (
    <div className="effect-head">
      <IconArrowUpRight size={16} stroke={2} aria-label={say('trace.sends')} />
      <Link to="/topics" search={{ topic: effect.topic ?? '' }} className="code effect-topic">
        {effect.topic}
      </Link>
      <span className="effect-tags">
        <Tag>QoS {effect.qos ?? 0}</Tag>
        {effect.retain ? <Tag>{say('trace.retained')}</Tag> : null}
      </span>
    </div>
  );
}

function EffectView({ effect }: { readonly effect: TraceEffect }) {
  const { say } = useWords();
  return (
    <div className="effect" data-refused={effect.refused !== undefined}>
      {effect.kind === 'publish' ? (
        <>
          <PublishedTopic effect={effect} />
          <PayloadView payload={effect.payload ?? ''} />
        </>
      ) : (
        <div className="effect-head">
          <IconNote size={16} stroke={1.8} aria-label={say('trace.logs')} />
          <span>{effect.text ?? effect.name}</span>
        </div>
      )}
      {effect.refused === undefined ? null : (
        <p className="effect-refused">{say('trace.refused', { why: effect.refused })}</p>
      )}
    </div>
  );
}

/** Whether what was sent was confirmed by a report, and how long that took. */
function Acknowledgement({ step }: { readonly step: TraceStep }) {
  const { say, language } = useWords();
  const { result = '', durationMs } = step;
  const isConfirmed = /^confirmed/.test(result);
  if (!isConfirmed && result !== 'unconfirmed') return null;
  const Icon = isConfirmed ? IconCheck : IconClockExclamation;
  return (
    <p className="step-answer" data-confirmed={isConfirmed}>
      <Icon size={16} stroke={2} aria-hidden />
      {resultWords({ say, language }, result)}
      <span className="number">{formatSpan(language, durationMs)}</span>
    </p>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className="step-part">
      <h5>{title}</h5>
      {children}
    </div>
  );
}

export function StepBody({ step }: { readonly step: TraceStep }) {
  const { say } = useWords();
  const { expressions = [], effects = [], changed, error } = step;
  return (
    <div className="step-body">
      {expressions.length > 0 ? (
        <Part title={say('trace.saw')}>
          {expressions.map((expression) =>
            expression.result === undefined ? (
              <Operands key={expression.path} expression={expression} />
            ) : (
              <ConditionView key={expression.path} expression={expression} />
            ),
          )}
        </Part>
      ) : null}
      {changed ? (
        <Part title={say('trace.changed')}>
          <NamedValues values={changed} />
        </Part>
      ) : null}
      {effects.length > 0 ? (
        <Part title={say('trace.did')}>
          {effects.map((effect) => (
            <EffectView key={effect.id} effect={effect} />
          ))}
          <Acknowledgement step={step} />
        </Part>
      ) : (
        <Acknowledgement step={step} />
      )}
      {error ? <ErrorView error={error} /> : null}
    </div>
  );
}
