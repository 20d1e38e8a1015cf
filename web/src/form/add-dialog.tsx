// Asks what shall be added: one field finds kinds, devices and their values, topics and rules.
import { Button, Modal, TextInput } from '@mantine/core';
import { IconHandFinger, IconSearch } from '@tabler/icons-react';
import { useId, useLayoutEffect, useRef, useState } from 'react';
import { useReturnFocus } from '../parts/use-return-focus.ts';
import { actionSentence } from '../sentence/action.ts';
import { conditionSentence } from '../sentence/condition.ts';
import { plainText } from '../sentence/part.ts';
import { triggerSentence } from '../sentence/trigger.ts';
import { useAddItems } from './add-items.ts';
import { type AddPlace, useForm } from './form-context.ts';
import { listKey, PickList } from './pick-list.tsx';
import { TeachPanel } from './teach-panel.tsx';
import './add-dialog.css';

export interface AddDialogProps {
  readonly place: AddPlace;
  readonly onPick: (entry: unknown) => void;
  readonly onClose: () => void;
}

const sentences = {
  triggers: triggerSentence,
  conditions: conditionSentence,
  actions: actionSentence,
} as const;

function Search({ place, onPick }: Omit<AddDialogProps, 'onClose'>) {
  const { speaker, kinds } = useForm();
  const { say } = speaker;
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  // At once: whoever types on must not type into the field before.
  useLayoutEffect(() => field.current?.focus(), []);
  const [words, setWords] = useState('');
  const [current, setCurrent] = useState(0);
  const said = (role: AddPlace['role'], entry: unknown): string =>
    plainText(sentences[role](speaker, entry, []));
  const items = useAddItems({ role: place.role, kinds, words, said });
  return (
    <>
      <TextInput
        ref={field}
        role="combobox"
        aria-expanded
        aria-controls={`${id}-list`}
        aria-activedescendant={`${id}-list-${current}`}
        aria-label={say('form.search')}
        placeholder={say('form.search')}
        leftSection={<IconSearch size={16} stroke={1.8} aria-hidden />}
        value={words}
        data-autofocus
        autoComplete="off"
        onChange={({ currentTarget }) => {
          setWords(currentTarget.value);
          setCurrent(0);
        }}
        onKeyDown={(event) =>
          listKey(event, { items, current }, { go: setCurrent, pick: ({ entry }) => onPick(entry) })
        }
      />
      {items.length === 0 ? <p className="add-none dim">{say('form.nothingFound')}</p> : null}
      <PickList
        id={`${id}-list`}
        label={say('form.search')}
        items={items}
        current={current}
        onPick={({ entry }) => onPick(entry)}
      />
    </>
  );
}

export function AddDialog({ place, onPick, onClose }: AddDialogProps) {
  useReturnFocus();
  const { speaker } = useForm();
  const { say } = speaker;
  const [isTeaching, setIsTeaching] = useState(false);
  return (
    <Modal
      opened
      onClose={onClose}
      title={say(`form.add.${place.role}`)}
      size="lg"
      classNames={{ body: 'add-body', content: 'add-content' }}
      closeButtonProps={{ 'aria-label': say('app.close') }}
    >
      {isTeaching ? (
        <TeachPanel onPick={onPick} onBack={() => setIsTeaching(false)} />
      ) : (
        <>
          <Search place={place} onPick={onPick} />
          {place.role === 'triggers' ? (
            <Button
              variant="default"
              className="add-teach"
              leftSection={<IconHandFinger size={17} stroke={1.8} aria-hidden />}
              onClick={() => setIsTeaching(true)}
            >
              {say('form.teach')}
            </Button>
          ) : null}
        </>
      )}
    </Modal>
  );
}
