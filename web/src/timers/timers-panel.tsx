// What is pending: runs that wait, triggers that hold, what is scheduled; each with its countdown.
import { ActionIcon } from '@mantine/core';
import {
  IconCalendarTime,
  IconClockPause,
  IconEar,
  IconHourglass,
  IconPlayerTrackNext,
  IconX,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { TimerView } from '../api/types.ts';
import { useMay } from '../entry/use-session.ts';
import { stepWords, verbWords } from '../i18n/code-words.ts';
import { useWords } from '../i18n/use-words.ts';
import { Countdown } from '../parts/age.tsx';
import { useRules } from '../rules/use-rules.ts';
import { useTimerCommands } from './use-timer-commands.ts';
import { useTimers } from './use-timers.ts';
import './timers-panel.css';

const icons = {
  run: IconClockPause,
  schedule: IconCalendarTime,
  hold: IconHourglass,
  silence: IconEar,
} as const;
const shownAtFirst = 4;

function Commands({ timer }: { readonly timer: TimerView }) {
  const { say } = useWords();
  const { fire, cancel } = useTimerCommands(timer.id);
  return (
    <span className="timer-tools">
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={say('timers.fire')}
        title={say('timers.fire')}
        loading={fire.isPending}
        onClick={() => fire.mutate()}
      >
        <IconPlayerTrackNext size={17} stroke={1.8} />
      </ActionIcon>
      {timer.kind === 'schedule' ? null : (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={say('timers.cancel')}
          title={say('timers.cancel')}
          loading={cancel.isPending}
          onClick={() => cancel.mutate()}
        >
          <IconX size={17} stroke={1.8} />
        </ActionIcon>
      )}
    </span>
  );
}

function Title({ timer, name }: { readonly timer: TimerView; readonly name: string }) {
  if (timer.run !== undefined)
    return (
      <Link to="/runs/$id" params={{ id: timer.run }} className="timer-rule">
        {name}
      </Link>
    );
  return (
    <Link to="/rules/$id" params={{ id: timer.rule }} className="timer-rule">
      {name}
    </Link>
  );
}

function TimerRow({ timer, name }: { readonly timer: TimerView; readonly name: string }) {
  const { say } = useWords();
  const mayOperate = useMay('operate');
  const Icon = icons[timer.kind];
  const verb = timer.kind === 'run' ? stepWords(say, timer.verb) : verbWords(say, timer.verb);
  return (
    <li className="timer">
      <span className="timer-icon">
        <Icon size={17} stroke={1.8} aria-hidden />
      </span>
      <span className="timer-main">
        <Title timer={timer} name={name} />
        <span className="timer-what dim">
          {say(`timers.${timer.kind}`, { verb, about: timer.about ?? '' })}
        </span>
      </span>
      <span className="timer-left">
        <Countdown due={timer.due} isBegun={timer.kind === 'run'} />
      </span>
      {mayOperate ? <Commands timer={timer} /> : null}
    </li>
  );
}

/** Nothing at all where nothing is pending. */
export function TimersPanel({ rule }: { readonly rule?: string }) {
  const { say } = useWords();
  const [isWhole, setWhole] = useState(false);
  const { data: timers = [] } = useTimers(rule);
  const { data: rules = [] } = useRules();
  if (timers.length === 0) return null;
  const names = new Map(rules.map(({ id, name }) => [id, name]));
  const shown = isWhole ? timers : timers.slice(0, shownAtFirst);
  return (
    <section className="timers" aria-label={say('timers.title')}>
      <h2>
        {say('timers.title')} <span className="dim number">{timers.length}</span>
      </h2>
      <ul className="card">
        {shown.map((timer) => (
          <TimerRow key={timer.id} timer={timer} name={names.get(timer.rule) ?? timer.rule} />
        ))}
      </ul>
      {timers.length > shown.length ? (
        <button type="button" className="timers-more" onClick={() => setWhole(true)}>
          {say('timers.more', { count: timers.length - shown.length })}
        </button>
      ) : null}
    </section>
  );
}
