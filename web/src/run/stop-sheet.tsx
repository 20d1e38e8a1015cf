// On a phone: one stop above the page, with the way to the next and back.
import { ActionIcon } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconX } from '@tabler/icons-react';
import { useWords } from '../i18n/use-words.ts';
import { Sheet } from '../parts/sheet.tsx';
import { StopDetail, type StopDetailProps } from './stop-detail.tsx';

export interface StopSheetProps extends StopDetailProps {
  /** The stops before and behind it. */
  readonly before: string | undefined;
  readonly next: string | undefined;
  readonly onChoose: (key: string | undefined) => void;
}

const look = { variant: 'subtle', color: 'gray' } as const;

export function StopSheet({ before, next, onChoose, ...props }: StopSheetProps) {
  const { say } = useWords();
  return (
    <Sheet label={props.words} className="stop-sheet" onClose={() => onChoose(undefined)}>
      <div className="stop-sheet-bar">
        <ActionIcon
          {...look}
          aria-label={say('trace.step.before')}
          disabled={before === undefined}
          onClick={() => onChoose(before)}
        >
          <IconChevronLeft size={20} stroke={1.8} aria-hidden />
        </ActionIcon>
        <ActionIcon
          {...look}
          aria-label={say('trace.step.next')}
          disabled={next === undefined}
          onClick={() => onChoose(next)}
        >
          <IconChevronRight size={20} stroke={1.8} aria-hidden />
        </ActionIcon>
        <ActionIcon {...look} aria-label={say('app.close')} onClick={() => onChoose(undefined)}>
          <IconX size={20} stroke={1.8} aria-hidden />
        </ActionIcon>
      </div>
      <StopDetail {...props} />
    </Sheet>
  );
}
