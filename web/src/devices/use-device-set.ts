// Tells a device to take a state. The wish is shown at once, and taken back with a word when the server refuses.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { DeviceView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { deviceKey } from '../device/use-device.ts';
import { useWords } from '../i18n/use-words.ts';
import { useToasts } from '../parts/use-toasts.tsx';
import { changeDevices, devicesKey } from './use-devices.ts';

/** The server's own patience; its news says it exactly. */
const patienceMs = 5_000;

export interface Wish {
  readonly device: Pick<DeviceView, 'id' | 'name'>;
  readonly property: string;
  readonly value: unknown;
}

/** The device with a wish on its way; what is never reported waits for nothing. */
export function withWish(device: DeviceView, { property, value }: Wish, at: number): DeviceView {
  const pending = { value, at, until: at + patienceMs, by: { origin: 'api', id: '' }, unconfirmed: false };
  return {
    ...device,
    properties: device.properties.map((one) =>
      one.id === property && one.reported ? { ...one, pending } : one,
    ),
  };
}

export function useDeviceSet(): (wish: Wish) => void {
  const { api, ticker } = useHouse();
  const { say } = useWords();
  const toasts = useToasts();
  const queries = useQueryClient();
  const { mutate } = useMutation({
    mutationFn: ({ device, property, value }: Wish) =>
      api.setDevice(device.id, { properties: { [property]: value } }),
    onMutate: (wish) => {
      const change = (one: DeviceView) => withWish(one, wish, ticker.now());
      changeDevices(queries, (list) => list.map((one) => (one.id === wish.device.id ? change(one) : one)));
      queries.setQueryData<DeviceView>(deviceKey(wish.device.id), (one) => one && change(one));
    },
    onError: (error, { device }) => {
      toasts.failed(say('device.setFailed', { name: device.name }), error);
      void queries.invalidateQueries({ queryKey: deviceKey(device.id) });
      void queries.invalidateQueries({ queryKey: devicesKey });
    },
  });
  return mutate;
}
