// The ending of a run as icon and words. Shape and words carry the meaning; colour only helps.
import {
  IconAlertTriangle,
  IconArrowForwardUp,
  IconBan,
  IconCircleCheck,
  IconCircleX,
  IconClockPause,
  IconFilterOff,
  IconHourglassEmpty,
  IconPlayerPlay,
  IconPlayerStop,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { RunStatus } from '../api/types.ts';
import { useWords } from '../i18n/use-words.ts';
import './outcome.css';

type Tone = 'good' | 'quiet' | 'wait' | 'bad';
type Icon = ComponentType<{ size?: number; stroke?: number; 'aria-hidden'?: boolean }>;

const looks: Readonly<Record<RunStatus, readonly [icon: Icon, tone: Tone]>> = {
  running: [IconPlayerPlay, 'good'],
  waiting: [IconClockPause, 'wait'],
  finished: [IconCircleCheck, 'good'],
  stopped: [IconPlayerStop, 'quiet'],
  superseded: [IconArrowForwardUp, 'quiet'],
  refused: [IconBan, 'wait'],
  'timed-out': [IconHourglassEmpty, 'wait'],
  failed: [IconAlertTriangle, 'bad'],
  cancelled: [IconCircleX, 'quiet'],
  'conditions-failed': [IconFilterOff, 'quiet'],
};

export function toneOf(status: RunStatus): Tone {
  return looks[status][1];
}

export function OutcomeIcon({ status, size = 17 }: { readonly status: RunStatus; readonly size?: number }) {
  const [Icon, tone] = looks[status];
  return (
    <span className="outcome-icon" data-tone={tone}>
      <Icon size={size} stroke={1.8} aria-hidden />
    </span>
  );
}

export function OutcomeWords({ status }: { readonly status: RunStatus }) {
  const { say } = useWords();
  return (
    <span className="outcome-words" data-tone={toneOf(status)}>
      {say(`status.${status}`)}
    </span>
  );
}

export function Outcome({ status }: { readonly status: RunStatus }) {
  return (
    <span className="outcome">
      <OutcomeIcon status={status} />
      <OutcomeWords status={status} />
    </span>
  );
}
