// Asks before the text that was not applied is thrown away.
import { useWords } from '../i18n/use-words.ts';
import { Confirm } from '../parts/confirm.tsx';

export interface DiscardDialogProps {
  readonly open: boolean;
  readonly version: number | undefined;
  readonly onYes: () => void;
  readonly onClose: () => void;
}

export function DiscardDialog({ open, version, onYes, onClose }: DiscardDialogProps) {
  const { say } = useWords();
  return (
    <Confirm
      open={open}
      title={say('rule.discard.question')}
      hint={version === undefined ? say('rule.discard.new') : say('rule.discard.hint', { version })}
      yes={say('rule.discard')}
      onClose={onClose}
      onYes={() => {
        onYes();
        onClose();
      }}
    />
  );
}
