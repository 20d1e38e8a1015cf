// What shall wake the draft: one of its triggers, a message of one's own, or a hand; now or at an earlier time.
import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { valueIn } from '../document/apply-edit.ts';
import { isTree, listOf } from '../document/edit.ts';
import { useSpeaker } from '../form/use-speaker.ts';
import { useWords } from '../i18n/use-words.ts';
import { Toggle } from '../parts/toggle.tsx';
import { plainText } from '../sentence/part.ts';
import { triggerSentence } from '../sentence/trigger.ts';
import { type DryInput, journalNumber } from './dry-input.ts';

function triggersOf(text: string): readonly unknown[] {
  const tree = valueIn(text)?.value;
  return isTree(tree) ? listOf(tree['triggers']) : [];
}

export interface DryFieldsProps {
  readonly text: string;
  readonly input: DryInput;
  readonly onChange: (input: DryInput) => void;
}

function Message({ input, onChange }: Omit<DryFieldsProps, 'text'>) {
  const { say } = useWords();
  return (
    <>
      <TextInput
        label={say('dry.topic')}
        value={input.topic}
        classNames={{ input: 'code' }}
        onChange={(event) => onChange({ ...input, topic: event.currentTarget.value })}
      />
      <Textarea
        label={say('dry.payload')}
        value={input.payload}
        rows={2}
        classNames={{ input: 'code' }}
        onChange={(event) => onChange({ ...input, payload: event.currentTarget.value })}
      />
    </>
  );
}

export function DryFields({ text, input, onChange }: DryFieldsProps) {
  const { say } = useWords();
  const speaker = useSpeaker();
  const triggers = triggersOf(text).map((entry, index) => ({
    value: String(index),
    label: plainText(triggerSentence(speaker, entry, [])),
  }));
  const number = journalNumber(input);
  const replayed =
    number === undefined ? [] : [{ value: input.wake, label: say('dry.wake.run', { number }) }];
  return (
    <div className="dry-fields">
      <NativeSelect
        label={say('dry.wake')}
        value={input.wake}
        data={[
          { value: 'hand', label: say('dry.wake.hand') },
          ...replayed,
          ...triggers,
          { value: 'message', label: say('dry.wake.message') },
        ]}
        onChange={(event) => onChange({ ...input, wake: event.currentTarget.value })}
      />
      {input.wake === 'message' ? <Message input={input} onChange={onChange} /> : null}
      <TextInput
        label={say('dry.time')}
        placeholder={say('dry.time.now')}
        value={input.at}
        onChange={(event) => onChange({ ...input, at: event.currentTarget.value })}
      />
      <div className="dry-skip">
        <Toggle
          on={input.skipConditions}
          label={say('dry.skip')}
          onChange={(skipConditions) => onChange({ ...input, skipConditions })}
        />
        <span aria-hidden="true">{say('dry.skip')}</span>
      </div>
    </div>
  );
}
