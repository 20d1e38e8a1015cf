// Runs a rule with a payload of one's own.
import { Button, Modal, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { RunRequest } from '../api/types.ts';
import { parsePayload } from '../base/json.ts';
import { useWords } from '../i18n/use-words.ts';
import { Toggle } from '../parts/toggle.tsx';

export interface RunDialogProps {
  readonly open: boolean;
  readonly busy: boolean;
  readonly onRun: (request: RunRequest) => void;
  readonly onClose: () => void;
}

export function RunDialog({ open, busy, onRun, onClose }: RunDialogProps) {
  const { say } = useWords();
  const [payload, setPayload] = useState('{\n  "celsius": 31\n}');
  const [skipConditions, setSkipConditions] = useState(false);
  return (
    <Modal
      opened={open}
      onClose={onClose}
      title={say('rule.runWith.title')}
      centered
      closeButtonProps={{ 'aria-label': say('app.close') }}
    >
      <Textarea
        label={say('rule.runWith.payload')}
        description={say('rule.runWith.hint')}
        value={payload}
        onChange={(event) => setPayload(event.currentTarget.value)}
        rows={5}
        classNames={{ input: 'code' }}
        data-autofocus
      />
      <div className="run-dialog-skip">
        <Toggle on={skipConditions} label={say('rule.runWith.skip')} onChange={setSkipConditions} />
        <span aria-hidden="true">{say('rule.runWith.skip')}</span>
      </div>
      <div className="dialog-actions">
        <Button variant="default" onClick={onClose}>
          {say('app.cancel')}
        </Button>
        <Button loading={busy} onClick={() => onRun({ payload: parsePayload(payload), skipConditions })}>
          {say('rule.runWith.run')}
        </Button>
      </div>
    </Modal>
  );
}
