// What people change of devices: an input like any other, so that a decision made before it and one made after it are
// told apart by a replay.
import type { BroughtSource } from '../discovery/brought.ts';
import type { DeviceMapping } from '../discovery/mapping.ts';

/** Null takes back what people said; what is absent stays. */
export interface DeviceEdit {
  readonly name?: string | null;
  readonly room?: string | null;
  readonly labels?: readonly string[];
  readonly hidden?: boolean;
  readonly note?: string;
}

export type DeviceChange =
  | { readonly change: 'edit'; readonly id: string; readonly edit: DeviceEdit }
  | { readonly change: 'forget'; readonly id: string }
  | { readonly change: 'rename'; readonly id: string; readonly to: string }
  /** The device gets the hardware of another one, which is forgotten. */
  | { readonly change: 'replace'; readonly id: string; readonly with: string }
  /** What was learned of a source; null: nothing that would be a device. */
  | { readonly change: 'learn'; readonly key: string; readonly document: DeviceMapping | null }
  /** What a plugin says of the devices of one source. */
  | ({ readonly change: 'bring' } & BroughtSource)
  /** A description by hand; null: deleted. */
  | {
      readonly change: 'map';
      readonly id: string;
      readonly document: DeviceMapping | null;
      readonly version: number;
    };
