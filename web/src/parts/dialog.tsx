// A dialog with a title and a way to close it.
import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../i18n/use-words.ts';
import { useReturnFocus } from './use-return-focus.ts';
import './confirm.css';

export interface DialogProps {
  readonly title: string;
  readonly size?: 'md' | 'lg' | 'xl';
  readonly onClose: () => void;
  readonly children: ReactNode;
}

export function Dialog({ title, size = 'md', onClose, children }: DialogProps) {
  useReturnFocus();
  const { say } = useWords();
  return (
    <Modal
      opened
      centered
      onClose={onClose}
      title={title}
      size={size}
      closeButtonProps={{ 'aria-label': say('app.close') }}
    >
      {children}
    </Modal>
  );
}
