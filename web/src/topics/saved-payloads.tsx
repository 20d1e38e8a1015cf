// Messages that are published again and again, remembered by this browser.
import { ActionIcon, Button, NativeSelect } from '@mantine/core';
import { IconDeviceFloppy, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useHouse } from '../app/house.ts';
import { readStored, writeStored } from '../base/stored.ts';
import { useWords } from '../i18n/use-words.ts';
import type { PublishStart } from './publish-start.ts';

const key = 'homerule.payloads';
const most = 30;

function isStart(value: unknown): value is PublishStart {
  return typeof value === 'object' && value !== null && 'topic' in value && 'payload' in value;
}

function parse(value: unknown): readonly PublishStart[] | undefined {
  return Array.isArray(value) ? value.filter(isStart) : undefined;
}

function nameOf({ topic, payload }: PublishStart): string {
  return `${topic} ${payload.slice(0, 60)}`;
}

export interface SavedPayloadsProps {
  readonly now: PublishStart;
  readonly onTake: (saved: PublishStart) => void;
}

export function SavedPayloads({ now, onTake }: SavedPayloadsProps) {
  const { say } = useWords();
  const { storage } = useHouse();
  const [saved, setSaved] = useState(() => readStored(storage, key, parse) ?? []);
  const keep = (next: readonly PublishStart[]): void => {
    writeStored(storage, key, next.slice(0, most));
    setSaved(next.slice(0, most));
  };
  const others = saved.filter((one) => nameOf(one) !== nameOf(now));
  const isSaved = others.length < saved.length;
  if (saved.length === 0 && now.topic.trim() === '') return null;
  return (
    <div className="publish-saved">
      {saved.length === 0 ? null : (
        <NativeSelect
          className="publish-saved-choice"
          aria-label={say('publish.saved')}
          value={isSaved ? nameOf(now) : ''}
          onChange={(event) => {
            const wanted = event.currentTarget.value;
            const found = saved.find((one) => nameOf(one) === wanted);
            if (found) onTake(found);
          }}
          data={[
            { value: '', label: say('publish.saved.choose') },
            ...saved.map((one) => ({ value: nameOf(one), label: nameOf(one) })),
          ]}
        />
      )}
      {isSaved ? (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={say('publish.saved.forget')}
          onClick={() => keep(others)}
        >
          <IconTrash size={17} stroke={1.8} />
        </ActionIcon>
      ) : (
        <Button
          variant="subtle"
          color="gray"
          disabled={now.topic.trim() === ''}
          leftSection={<IconDeviceFloppy size={16} stroke={1.8} aria-hidden />}
          onClick={() => keep([{ topic: now.topic, payload: now.payload }, ...saved])}
        >
          {say('publish.saved.keep')}
        </Button>
      )}
    </div>
  );
}
