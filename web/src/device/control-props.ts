// What every control of a property is given.
import type { DevicePropertyView } from '../api/types.ts';
import type { PendingState } from '../devices/wanted.ts';

export interface ControlProps {
  readonly property: DevicePropertyView;
  /** Spoken. */
  readonly name: string;
  /** Wanted or reported; undefined is not known. */
  readonly value: unknown;
  readonly state: PendingState;
  readonly onSet: (value: unknown) => void;
}
