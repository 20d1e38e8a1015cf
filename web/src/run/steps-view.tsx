// The actions of a run as a timeline: what each did, how long it took, what left the house.
import { IconArrowUpRight, IconNote } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { TraceEffect, TraceStep } from '../api/types.ts';
import { stepWords } from '../i18n/code-words.ts';
import { formatSpan } from '../i18n/format.ts';
import { useWords } from '../i18n/use-words.ts';
import { PayloadView } from '../parts/json-view.tsx';
import { Tag } from '../parts/tag.tsx';
import { ErrorView } from './error-view.tsx';
import { ConditionView, Operands } from './expression-view.tsx';
import { NamedValues } from './named-values.tsx';
import './steps-view.css';

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
          <span>{effect.text}</span>
        </div>
      )}
      {effect.refused === undefined ? null : (
        <p className="effect-refused">{say('trace.refused', { why: effect.refused })}</p>
      )}
    </div>
  );
}

function StepView({ step }: { readonly step: TraceStep }) {
  const { say } = useWords();
  return (
    <li className="step" data-failed={step.error !== undefined}>
      <div className="step-head">
        <span className="step-name">{stepWords(say, step.verb)}</span>
        {step.id === undefined ? null : <Tag>{step.id}</Tag>}
        {step.result === undefined ? null : <span className="step-result">{step.result}</span>}
        <code className="step-path dim">{step.path}</code>
        <span className="step-time dim number">{formatSpan(step.durationMs)}</span>
      </div>
      {step.expressions?.map((expression) =>
        expression.result === undefined ? (
          <Operands key={expression.path} expression={expression} />
        ) : (
          <ConditionView key={expression.path} expression={expression} />
        ),
      )}
      {step.changed ? <NamedValues values={step.changed} /> : null}
      {step.effects?.map((effect) => (
        <EffectView key={effect.id} effect={effect} />
      ))}
      {step.error ? <ErrorView error={step.error} /> : null}
    </li>
  );
}

export function StepsView({ steps }: { readonly steps: readonly TraceStep[] }) {
  return (
    <ol className="steps">
      {steps.map((step, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a path comes again in loops; a trace only grows at its end
        <StepView key={index} step={step} />
      ))}
    </ol>
  );
}
