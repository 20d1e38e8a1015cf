// Forgets a device that nobody tells of any more, after a question.
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { DeviceView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { changeDevices } from '../devices/use-devices.ts';
import { useWords } from '../i18n/use-words.ts';
import { Confirm } from '../parts/confirm.tsx';
import { useToasts } from '../parts/use-toasts.tsx';

export function ForgetButton({ device }: { readonly device: DeviceView }) {
  const { api } = useHouse();
  const { say } = useWords();
  const toasts = useToasts();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [isOpen, setIsOpen] = useState(false);
  const { mutate, isPending } = useMutation({
    mutationFn: () => api.forgetDevice(device.id),
    onSuccess: async () => {
      changeDevices(queries, (list) => list.filter(({ id }) => id !== device.id));
      await navigate({ to: '/devices' });
    },
    onError: (error) => toasts.failed(say('problem.title.delete'), error),
  });
  return (
    <>
      <Button variant="default" onClick={() => setIsOpen(true)}>
        {say('device.forget')}
      </Button>
      <Confirm
        open={isOpen}
        busy={isPending}
        title={say('device.forget.question', { name: device.name })}
        hint={say('device.forget.hint')}
        yes={say('device.forget.yes')}
        onYes={() => mutate()}
        onClose={() => setIsOpen(false)}
      />
    </>
  );
}
