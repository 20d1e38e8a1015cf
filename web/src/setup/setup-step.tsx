// The frame of a step: which of how many, its title and sentence, and the ways back and on.
import { Button } from '@mantine/core';
import { type FormEvent, type ReactNode, useEffect, useRef } from 'react';
import { keepComposing } from '../base/typing.ts';
import { EntryFrame } from '../entry/entry-frame.tsx';
import { useWords } from '../i18n/use-words.ts';
import { steps } from './progress.ts';
import { useWalk } from './walk.ts';
import './setup.css';

function Dots() {
  const { say } = useWords();
  const { step } = useWalk().progress;
  const index = steps.indexOf(step);
  const words = say('setup.step', { step: index + 1, of: steps.length });
  return (
    <ol className="setup-dots" aria-label={words}>
      {steps.map((one, at) => (
        <li
          key={one}
          data-state={at < index ? 'past' : at === index ? 'now' : 'ahead'}
          aria-current={at === index ? 'step' : undefined}
        >
          <span className="sr-only">{say(`setup.name.${one}`)}</span>
        </li>
      ))}
    </ol>
  );
}

export interface SetupStepProps {
  readonly title: string;
  readonly hint: string;
  readonly children?: ReactNode;
  /** What the main button says and does; without it, on. */
  readonly action?: { readonly words: string; readonly busy?: boolean; readonly do: () => void };
  /** Leaves what the step is about for later; absent where it cannot be left. */
  readonly onSkip?: (() => void) | undefined;
}

export function SetupStep({ title, hint, children, action, onSkip }: SetupStepProps) {
  const { say } = useWords();
  const { back, next } = useWalk();
  const form = useRef<HTMLFormElement>(null);
  // A step begins where its title stands; the first thing to fill in takes the keys by itself.
  useEffect(() => {
    globalThis.scrollTo({ top: 0 });
    form.current?.querySelector<HTMLElement>('[data-first]')?.focus();
  }, []);
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (action) action.do();
    else next();
  };
  return (
    <EntryFrame title={title} hint={hint} head={<Dots />} isWide>
      <form ref={form} className="gate-form" onSubmit={send} onKeyDown={keepComposing}>
        {children}
        <div className="setup-foot">
          {back ? (
            <Button variant="default" onClick={back}>
              {say('setup.back')}
            </Button>
          ) : null}
          {onSkip ? (
            <Button variant="subtle" className="setup-skip" onClick={onSkip}>
              {say('setup.skip')}
            </Button>
          ) : null}
          <Button type="submit" className="setup-next" loading={action?.busy ?? false}>
            {action?.words ?? say('setup.next')}
          </Button>
        </div>
      </form>
    </EntryFrame>
  );
}
