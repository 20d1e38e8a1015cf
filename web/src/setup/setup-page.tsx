// The first run of a house, step by step. Only while there is no administrator, or for who is still on the way.
import { Navigate } from '@tanstack/react-router';
import { type ComponentType, useState } from 'react';
import { useHouse } from '../app/house.ts';
import { LoginPage } from '../entry/login-page.tsx';
import { useSession } from '../entry/use-session.ts';
import { AdministratorStep } from './administrator-step.tsx';
import { DeviceStep } from './device-step.tsx';
import { DoneStep } from './done-step.tsx';
import { FindStep } from './find-step.tsx';
import { LanguageStep } from './language-step.tsx';
import { PlaceStep } from './place-step.tsx';
import {
  endProgress,
  keepProgress,
  type Progress,
  progressOf,
  type Situation,
  type Step,
  steps,
} from './progress.ts';
import { RuleStep } from './rule-step.tsx';
import { type MadeDevice, type Walk, WalkContext } from './walk.ts';

const shown: Readonly<Record<Step, ComponentType>> = {
  language: LanguageStep,
  administrator: AdministratorStep,
  device: DeviceStep,
  place: PlaceStep,
  find: FindStep,
  rule: RuleStep,
  done: DoneStep,
};

function isPassed(step: Step | undefined, { isOpen }: Progress): boolean {
  return step === undefined || (!isOpen && step === 'administrator');
}

function useWalkFrom(first: Progress): Walk {
  const { storage } = useHouse();
  const [progress, setProgress] = useState(first);
  const [made, setMade] = useState<MadeDevice>();
  const go = (wanted: Progress): void => {
    keepProgress(storage, wanted);
    setProgress(wanted);
  };
  const index = steps.indexOf(progress.step);
  const before = steps[index - 1];
  return {
    progress,
    made,
    setMade: (device) => {
      setMade(device);
      go({ ...progress, device: device.name });
    },
    keep: (more) => go({ ...progress, ...more }),
    next: (more) => go({ ...progress, ...more, step: steps[index + 1] ?? 'done' }),
    back:
      before === undefined || isPassed(before, progress)
        ? undefined
        : () => go({ ...progress, step: before }),
    end: () => endProgress(storage),
  };
}

function Wizard({ first }: { readonly first: Progress }) {
  const walk = useWalkFrom(first);
  const Shown = shown[walk.progress.step];
  return (
    <WalkContext value={walk}>
      <Shown key={walk.progress.step} />
    </WalkContext>
  );
}

/** Decided once: that there is an administrator now is a step on the way, not its end. */
function Way({ needsSetup, isAdmin }: Situation) {
  const { storage } = useHouse();
  const [first] = useState(() => progressOf(storage, { needsSetup, isAdmin }));
  return first ? <Wizard first={first} /> : <Navigate to="/" replace />;
}

export function SetupPage() {
  const { data: session } = useSession();
  if (session === undefined) return null;
  const { needsSetup, user } = session;
  if (!needsSetup && user === undefined) return <LoginPage />;
  return <Way needsSetup={needsSetup} isAdmin={user?.may.includes('admin') ?? false} />;
}
