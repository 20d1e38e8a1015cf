// Publishes a message by hand. The payload goes out exactly as it is written.
import { Button, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { IconArrowUpRight } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type KeyboardEvent, useId, useState } from 'react';
import type { PublishRequest } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { isPlainEnter } from '../base/typing.ts';
import type { TextKey } from '../i18n/texts.ts';
import { useWords } from '../i18n/use-words.ts';
import { Toggle } from '../parts/toggle.tsx';
import { useToasts } from '../parts/use-toasts.tsx';
import type { PublishStart } from './publish-start.ts';
import { SavedPayloads } from './saved-payloads.tsx';
import './publish-form.css';

type Qos = '0' | '1' | '2';
const qosNumbers = { '0': 0, '1': 1, '2': 2 } as const;

function faultOf(topic: string): TextKey | undefined {
  if (topic.trim() === '') return 'publish.noTopic';
  return /[+#]/.test(topic) ? 'publish.wildcard' : undefined;
}

function usePublish() {
  const { api } = useHouse();
  const { say } = useWords();
  const toasts = useToasts();
  return useMutation({
    mutationFn: (request: PublishRequest) => api.publish(request),
    onSuccess: (_answer, { topic }) => toasts.done(say('publish.sent', { topic })),
    onError: (error) => toasts.failed(say('problem.title.publish'), error),
  });
}

interface OptionsProps {
  readonly qos: Qos;
  readonly retain: boolean;
  readonly onQos: (qos: Qos) => void;
  readonly onRetain: (retain: boolean) => void;
}

function Options({ qos, retain, onQos, onRetain }: OptionsProps) {
  const { say } = useWords();
  const label = useId();
  return (
    <div className="publish-options">
      <span id={label}>{say('publish.qos')}</span>
      <SegmentedControl aria-labelledby={label} value={qos} onChange={onQos} data={['0', '1', '2']} />
      <span className="publish-retain" title={say('publish.retain.hint')}>
        <Toggle
          on={retain}
          label={`${say('publish.retain')}: ${say('publish.retain.hint')}`}
          onChange={onRetain}
        />
        <span aria-hidden="true">{say('publish.retain')}</span>
      </span>
    </div>
  );
}

interface FieldsProps {
  readonly message: PublishStart;
  /** Said below the topic. */
  readonly fault: TextKey | undefined;
  readonly onMessage: (message: PublishStart) => void;
}

function Fields({ message, fault, onMessage }: FieldsProps) {
  const { say } = useWords();
  return (
    <>
      <TextInput
        label={say('publish.topic')}
        value={message.topic}
        onChange={(event) => onMessage({ ...message, topic: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !isPlainEnter(event)) event.preventDefault();
        }}
        placeholder="home/kitchen/temperature"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        error={fault === undefined ? false : say(fault)}
        classNames={{ input: 'code' }}
      />
      <Textarea
        label={say('publish.payload')}
        description={say('publish.payload.hint')}
        inputWrapperOrder={['label', 'input', 'description']}
        value={message.payload}
        onChange={(event) => onMessage({ ...message, payload: event.currentTarget.value })}
        rows={4}
        spellCheck={false}
        placeholder='{"celsius": 31}'
        classNames={{ input: 'code' }}
      />
    </>
  );
}

export function PublishForm({ start }: { readonly start: PublishStart }) {
  const { say } = useWords();
  const [message, setMessage] = useState(start);
  const [qos, setQos] = useState<Qos>('0');
  const [retain, setRetain] = useState(false);
  const [wasTried, setWasTried] = useState(false);
  const { mutate, isPending } = usePublish();
  const { topic, payload } = message;
  const fault = faultOf(topic);
  const send = (event: FormEvent): void => {
    event.preventDefault();
    setWasTried(true);
    if (fault === undefined && !isPending)
      mutate({ topic: topic.trim(), payload, qos: qosNumbers[qos], retain });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (isPlainEnter(event) && (event.ctrlKey || event.metaKey)) send(event);
  };
  return (
    <form className="publish card" onSubmit={send} onKeyDown={onKeyDown} aria-label={say('publish.title')}>
      <h2>{say('publish.title')}</h2>
      <SavedPayloads now={message} onTake={setMessage} />
      <Fields message={message} fault={wasTried ? fault : undefined} onMessage={setMessage} />
      <div className="publish-foot">
        <Options qos={qos} retain={retain} onQos={setQos} onRetain={setRetain} />
        <Button
          type="submit"
          loading={isPending}
          leftSection={<IconArrowUpRight size={16} stroke={1.8} aria-hidden />}
        >
          {say('publish.send')}
        </Button>
      </div>
    </form>
  );
}
