// How far this browser has come with the setup: survives a reload, and a restart of the house.
import { isContainer } from '../base/json.ts';
import type { TextStorage } from '../base/storage.ts';
import { readStored, writeStored } from '../base/stored.ts';

export const steps = ['language', 'administrator', 'device', 'place', 'find', 'rule', 'done'] as const;
export type Step = (typeof steps)[number];

export interface Progress {
  readonly step: Step;
  /** The house stays without an administrator, for now. */
  readonly isOpen?: boolean;
  /** The MQTT user that was made on the way. */
  readonly device?: string;
  /** As it was typed. */
  readonly place?: { readonly latitude: string; readonly longitude: string };
}

const key = 'homerule.setup';

function placeFrom(value: unknown): Progress['place'] {
  if (!isContainer(value) || Array.isArray(value)) return undefined;
  const { latitude, longitude } = value;
  return typeof latitude === 'string' && typeof longitude === 'string' ? { latitude, longitude } : undefined;
}

function progressFrom(value: unknown): Progress | undefined {
  if (!isContainer(value) || Array.isArray(value)) return undefined;
  const step = steps.find((one) => one === value['step']);
  if (step === undefined) return undefined;
  const { isOpen, device } = value;
  const place = placeFrom(value['place']);
  return {
    step,
    ...(isOpen === true && { isOpen }),
    ...(typeof device === 'string' && { device }),
    ...(place && { place }),
  };
}

export interface Situation {
  readonly needsSetup: boolean;
  /** Whoever is here may do everything. */
  readonly isAdmin: boolean;
}

/**
 * Where to go on; undefined: there is nothing to set up. A house that has an administrator is never set up from the
 * start again, whatever happens to it later; what an earlier house at this address left in the browser does not count.
 */
export function progressOf(storage: TextStorage, { needsSetup, isAdmin }: Situation): Progress | undefined {
  const kept = readStored(storage, key, progressFrom);
  if (needsSetup) {
    const isBehind = kept !== undefined && steps.indexOf(kept.step) <= 1;
    const goesOn = kept !== undefined && (isBehind || (kept.isOpen === true && isAdmin));
    return goesOn ? kept : { step: 'language' };
  }
  if (kept === undefined || !isAdmin || kept.isOpen) return undefined;
  return steps.indexOf(kept.step) <= 1 ? undefined : kept;
}

export function keepProgress(storage: TextStorage, progress: Progress): void {
  writeStored(storage, key, progress);
}

export function endProgress(storage: TextStorage): void {
  storage.removeItem(key);
}
