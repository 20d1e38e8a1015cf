// One run as a sentence: «21:04 home/door → Corridor light → home/corridor/light ON».
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { DeviceView, RuleSummary, RunView, TraceEffect } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { inline } from '../base/json.ts';
import { verbWords } from '../i18n/code-words.ts';
import { formatMoment } from '../i18n/format.ts';
import { useWords } from '../i18n/use-words.ts';
import { toneOf } from '../parts/outcome.tsx';
import { deedOf } from './effect-words.ts';

const mostEffects = 2;
const longestValue = 40;

interface EventProps {
  readonly run: RunView;
  /** In a row, with this one as the latest. */
  readonly times: number;
  readonly rules: readonly RuleSummary[];
  readonly devices: readonly DeviceView[];
}

function TopicLink({ topic, payload }: { readonly topic: string; readonly payload: unknown }) {
  const text = typeof payload === 'string' ? payload : inline(payload, longestValue);
  return (
    <Link to="/topics" search={{ topic }} className="event-part">
      {topic} <span className="event-value">{text.slice(0, longestValue)}</span>
    </Link>
  );
}

function Cause({ run: { trigger }, devices }: EventProps) {
  const { say } = useWords();
  const device = devices.find(({ id }) => id === trigger.device);
  if (device)
    return (
      <Link to="/devices/$id" params={{ id: device.id }} className="event-part">
        {device.name}
      </Link>
    );
  if (trigger.topic === undefined) return <span className="event-part">{verbWords(say, trigger.verb)}</span>;
  return <TopicLink topic={trigger.topic} payload={trigger.payload} />;
}

function Effect({ effect, rules }: { readonly effect: TraceEffect } & Pick<EventProps, 'rules'>) {
  const { say } = useWords();
  if (effect.topic !== undefined) return <TopicLink topic={effect.topic} payload={effect.payload} />;
  const { kind, value, rule } = deedOf(effect);
  const name = rules.find(({ id }) => id === rule)?.name;
  return (
    <span className="event-part">
      {kind === undefined ? null : `${say(kind)} `}
      {name === undefined ? <span className="event-value">{value}</span> : name}
    </span>
  );
}

function Arrow() {
  return (
    <span className="event-arrow" aria-hidden="true">
      →
    </span>
  );
}

function Effects({ run, rules }: Pick<EventProps, 'run' | 'rules'>) {
  const { say } = useWords();
  const effects = run.steps.flatMap((step) => step.effects ?? []);
  const rest = effects.length - mostEffects;
  return (
    <>
      {effects.slice(0, mostEffects).map((effect) => (
        <span key={effect.id} className="event-step">
          <Arrow />
          <Effect effect={effect} rules={rules} />
        </span>
      ))}
      {rest > 0 ? <span className="dim">{say('home.events.more', { count: rest })}</span> : null}
    </>
  );
}

function Ending({ run }: { readonly run: RunView }): ReactNode {
  const { say } = useWords();
  if (run.status === 'finished') return null;
  return (
    <span className="event-ending" data-tone={toneOf(run.status)}>
      {say(`status.${run.status}`)}
    </span>
  );
}

export function EventSentence(props: EventProps) {
  const { run, times, rules } = props;
  const { say, language } = useWords();
  const { ticker } = useHouse();
  const name = rules.find(({ id }) => id === run.rule)?.name ?? run.rule;
  return (
    <li className="event">
      <time className="event-time number dim" dateTime={new Date(run.at).toISOString()}>
        {formatMoment(language, run.at, ticker.now())}
        {times > 1 ? ` · ${say('home.events.times', { count: times })}` : ''}
      </time>
      <span className="event-words">
        <Cause {...props} />
        <span className="event-step">
          <Arrow />
          <Link
            to="/rules/$id"
            params={{ id: run.rule }}
            search={{ tab: 'runs', run: run.id }}
            className="event-rule"
          >
            {name}
          </Link>
        </span>
        <Effects run={run} rules={rules} />
        <Ending run={run} />
      </span>
    </li>
  );
}
