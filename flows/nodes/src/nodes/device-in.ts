// `device in`: what devices say, as it comes.
import type { DeviceView } from '../../../../src/api/contract.ts';
import { deviceIn as kind } from '../kinds/devices.ts';
import type { Undo } from '../shared/clock.ts';
import { conditionOf } from '../shared/condition.ts';
import { DeviceWatch } from '../shared/device-watch.ts';
import type { Selector } from '../shared/engine.ts';
import { messageOf } from '../shared/errors.ts';
import type { NodeType, Work } from '../shared/node-type.ts';
import type { Heard, Listener } from '../shared/present.ts';
import { factsOf, type Reading } from '../shared/reading.ts';
import type { Settings } from '../shared/settings.ts';
import { Turns } from '../shared/turns.ts';

type MessageFacts = { device: DeviceView; reading: Reading; previous: unknown };

function selectorsOf(settings: Settings): readonly Selector[] {
  const by = settings.text('by');
  const every = !settings.flag('ignoreUnchanged');
  if (by === 'room' || by === 'label') return [{ by, name: settings.text('target'), every }];
  return settings.names('target').map((name) => ({ by: 'device', name, every }));
}

/** Fresh for each output and time: what is in it is shared and frozen. */
function messageFor({ device, reading, previous }: MessageFacts, property: string): Record<string, unknown> {
  const topic = property === '' ? device.id : `${device.id}/${reading.property?.id ?? property}`;
  const homerule = factsOf(device, reading);
  return { topic, payload: reading.value ?? null, previous: previous ?? null, homerule };
}

function watchOf(work: Work): DeviceWatch {
  const { settings, values, clock, engine, status } = work;
  const property = settings.text('property');
  const compare = settings.text('compare');
  const condition = conditionOf(compare, settings.typed('value'), values);
  return new DeviceWatch({
    property,
    forMs: settings.duration('for'),
    ignoreUnchanged: settings.flag('ignoreUnchanged'),
    ignoreUnknown: settings.flag('ignoreUnknown'),
    onConnect: settings.flag('onConnect'),
    isComparing: compare !== 'any',
    passes: (device, reading, previous) =>
      condition(reading.value, messageFor({ device, reading, previous }, property)),
    tell: (output, device, reading, previous) => {
      const msg = messageFor({ device, reading, previous }, property);
      status.value(reading.value);
      if (output === 0) work.send(msg);
      else work.send(undefined, msg);
    },
    clock,
    isConnected: () => engine.isConnected,
  });
}

class DeviceIn implements Listener<DeviceView> {
  readonly #work: Work;
  readonly #watches = new Map<string, DeviceWatch>();
  readonly #turns: Turns;
  readonly #undo: readonly Undo[];

  constructor(work: Work) {
    this.#work = work;
    this.#turns = new Turns(() => work.engine.dropped());
    watchOf(work); // a bad expression is an error of the deploy, not of the first message
    this.#undo = selectorsOf(work.settings).map((selector) => work.engine.followDevices(selector, this));
  }

  heard(device: DeviceView, _previous: DeviceView | undefined, how: Heard): void {
    const watch = this.#watches.get(device.id) ?? watchOf(this.#work);
    this.#watches.set(device.id, watch);
    this.#turns.add(async () => {
      try {
        await watch.heard(device, how);
      } catch (error) {
        this.#work.status.failed(messageOf(error));
        this.#work.error(error);
      }
    });
  }

  gone(id: string): void {
    this.#watches.get(id)?.close();
    this.#watches.delete(id);
  }

  synced(): void {
    if (this.#watches.size === 0)
      this.#work.status.set({
        fill: 'yellow',
        shape: 'ring',
        text: `? ${this.#work.settings.text('target')}`,
      });
  }

  failed(reason: string): void {
    this.#work.status.failed(reason);
  }

  close(): void {
    for (const undo of this.#undo) undo();
    this.#turns.clear();
    for (const watch of this.#watches.values()) watch.close();
  }
}

export const deviceIn: NodeType = {
  kind,
  start: (work) => {
    const running = new DeviceIn(work);
    return { close: () => running.close() };
  },
};
