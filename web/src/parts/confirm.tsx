// Asks before something is lost. Only for what cannot be undone.
import { Button, Modal } from '@mantine/core';
import { useWords } from '../i18n/use-words.ts';
import './confirm.css';

export interface ConfirmProps {
  readonly open: boolean;
  readonly title: string;
  readonly hint: string;
  readonly yes: string;
  readonly busy?: boolean;
  readonly onYes: () => void;
  readonly onClose: () => void;
}

export function Confirm({ open, title, hint, yes, busy = false, onYes, onClose }: ConfirmProps) {
  const { say } = useWords();
  return (
    <Modal
      opened={open}
      onClose={onClose}
      title={title}
      centered
      closeButtonProps={{ 'aria-label': say('app.close') }}
    >
      <p className="dim">{hint}</p>
      <div className="dialog-actions">
        <Button variant="default" onClick={onClose} data-autofocus>
          {say('app.cancel')}
        </Button>
        <Button className="button-danger" onClick={onYes} loading={busy}>
          {yes}
        </Button>
      </div>
    </Modal>
  );
}
