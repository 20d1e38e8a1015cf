// What people say of a device: name, room, labels. What is written stays until it is saved, also when others save first.
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { ApiError } from '../api/api-error.ts';
import type { DeviceView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { keepComposing } from '../base/typing.ts';
import { choicesOf } from '../devices/device-facts.ts';
import { useDevices } from '../devices/use-devices.ts';
import { useWords } from '../i18n/use-words.ts';
import { Toggle } from '../parts/toggle.tsx';
import { useToasts } from '../parts/use-toasts.tsx';
import { type DeviceDraft, draftOf, editOf, isEdited } from './device-draft.ts';
import { deviceKey } from './use-device.ts';
import './edit-form.css';

interface Save {
  readonly draft: DeviceDraft;
  /** Of the device when the person began, or when it was last shown to them. */
  readonly version: number;
}

function useSave(device: DeviceView, handlers: { done: () => void; conflict: (version: number) => void }) {
  const { api } = useHouse();
  const { say } = useWords();
  const toasts = useToasts();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ draft, version }: Save) => api.editDevice(device.id, editOf(device, draft), version),
    onSuccess: (saved) => {
      queries.setQueryData<DeviceView>(deviceKey(device.id), saved);
      handlers.done();
      toasts.done(say('device.saved'));
    },
    onError: async (error) => {
      if (!(error instanceof ApiError && error.status === 412)) {
        toasts.failed(say('device.notSaved'), error);
        return;
      }
      const theirs = await api.device(device.id);
      queries.setQueryData<DeviceView>(deviceKey(device.id), theirs);
      handlers.conflict(theirs.version);
    },
  });
}

/** Enter sends the form, but not while an input method composes. */
interface FieldsProps {
  readonly draft: DeviceDraft;
  readonly onChange: (change: Partial<DeviceDraft>) => void;
}

function Fields({ draft, onChange }: FieldsProps) {
  const { say, language } = useWords();
  const { data: devices = [] } = useDevices();
  const rooms = useId();
  return (
    <>
      <TextInput
        label={say('device.name')}
        value={draft.name}
        onChange={({ currentTarget }) => onChange({ name: currentTarget.value })}
      />
      <TextInput
        label={say('device.room')}
        value={draft.room}
        list={rooms}
        autoComplete="off"
        onChange={({ currentTarget }) => onChange({ room: currentTarget.value })}
      />
      <datalist id={rooms}>
        {choicesOf(
          devices.map(({ room }) => room),
          language,
        ).map((room) => (
          <option key={room} value={room} />
        ))}
      </datalist>
      <TextInput
        label={say('device.labels')}
        placeholder={say('device.labels.hint')}
        value={draft.labels}
        onChange={({ currentTarget }) => onChange({ labels: currentTarget.value })}
      />
      <div className="edit-hidden">
        <Toggle on={draft.hidden} label={say('device.hide')} onChange={(hidden) => onChange({ hidden })} />
        <span aria-hidden="true">{say('device.hide')}</span>
      </div>
    </>
  );
}

export function EditForm({ device }: { readonly device: DeviceView }) {
  const { say } = useWords();
  const [begun, setBegun] = useState<Save>();
  const [isConflict, setIsConflict] = useState(false);
  const draft = begun?.draft ?? draftOf(device);
  const stop = (): void => {
    setBegun(undefined);
    setIsConflict(false);
  };
  const { mutate, isPending } = useSave(device, {
    done: stop,
    conflict: (version) => {
      setIsConflict(true);
      setBegun((old) => old && { ...old, version });
    },
  });
  const change = (part: Partial<DeviceDraft>): void => {
    setBegun({ draft: { ...draft, ...part }, version: begun?.version ?? device.version });
  };
  const save = (event: FormEvent): void => {
    event.preventDefault();
    if (begun && isEdited(device, draft)) mutate(begun);
  };
  const isReady = isEdited(device, draft);
  return (
    <form
      className="card device-card edit-form"
      aria-label={say('device.edit')}
      onSubmit={save}
      onKeyDown={keepComposing}
    >
      <h2>{say('device.edit')}</h2>
      <Fields draft={draft} onChange={change} />
      {isConflict ? (
        <p className="edit-conflict" role="alert">
          {say('device.conflict', { name: device.name, room: device.room ?? '–' })}
        </p>
      ) : null}
      <div className="edit-actions" data-shown={isReady}>
        <Button type="submit" disabled={!isReady} loading={isPending}>
          {say('device.save')}
        </Button>
        {isReady ? (
          <Button variant="default" onClick={stop}>
            {say('app.cancel')}
          </Button>
        ) : null}
      </div>
    </form>
  );
}
