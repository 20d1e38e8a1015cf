// The house that a test begins with.
import { z } from 'zod';
import { encodePayload, mappingSchema } from '../../devices/index.ts';
import { LocalTime } from '../../expression/index.ts';
import type { HomeSettings } from '../compile/context.ts';
import { MemoryWorldRows } from '../replay/memory-rows.ts';
import type { WorldSettings } from '../replay/world.ts';
import { parseClockText } from '../schedule/clock-text.ts';
import { StandInDevices } from './stand-in-devices.ts';

const deviceSchema = z.strictObject({
  id: z.string(),
  labels: z.array(z.string()).default([]),
  /** Commands go to `TOPIC/set`; its id where nothing is said. */
  topic: z.string().exactOptional(),
  properties: z.record(z.string(), z.unknown()).default({}),
  readonly: z.array(z.string()).default([]),
});

/** What rules may call. */
const services = ['http', 'notify', 'plugin', 'flow'];

export const givenSchema = z.strictObject({
  /** Local: `2026-03-02 22:30`, or `22:30` on that Monday; or with an offset; or epoch milliseconds. */
  time: z.union([z.string(), z.number()]).exactOptional(),
  zone: z.string().exactOptional(),
  place: z.strictObject({ latitude: z.number(), longitude: z.number() }).exactOptional(),
  calendar: z
    .strictObject({ holidays: z.array(z.string()).default([]), workdays: z.array(z.string()).default([]) })
    .exactOptional(),
  /** Topics with their values, as if they had spoken just now. */
  state: z.record(z.string(), z.unknown()).default({}),
  variables: z.record(z.string(), z.unknown()).default({}),
  /** Stand-ins: each takes its commands as one JSON object. */
  devices: z.array(deviceSchema).default([]),
  /** Devices as people describe them, by id; in place of `devices`. */
  mappings: z.record(z.string(), mappingSchema).default({}),
  secrets: z.record(z.string(), z.string()).default({}),
  /** Services that are there; a call waits until a step answers it. */
  services: z.array(z.string()).default(services),
});

export type GivenDocument = z.output<typeof givenSchema>;

/** A Monday outside of daylight saving almost everywhere. */
const usualDay = '2026-03-02';
const usualTime = '12:00';
const localTime = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d?:\d\d(?::\d\d)?))?$/;

/** Undefined when it is none. */
export function timeOf(written: string | number, zone: string): number | undefined {
  if (typeof written === 'number') return written;
  const text = parseClockText(written) === undefined ? written : `${usualDay} ${written}`;
  const [, day, clock = '00:00'] = localTime.exec(text) ?? [];
  const [midnight, ofDay] = [Date.parse(`${day}T00:00:00Z`), parseClockText(clock)];
  const isLocal = day !== undefined && ofDay !== undefined && !Number.isNaN(midnight);
  const at = isLocal ? new LocalTime(zone).instant(midnight + ofDay) : Date.parse(text);
  return Number.isNaN(at) ? undefined : at;
}

export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** Made for each test anew. */
export interface Beginning {
  readonly time: number;
  readonly zone: string;
  readonly settings: WorldSettings;
  readonly rows: MemoryWorldRows;
  readonly devices: StandInDevices;
}

/** `home`: where the test says nothing of its own. The time was checked before. */
export function beginningOf(given: GivenDocument, home: HomeSettings): Beginning {
  const { zone = home.zone, place = home.place, calendar, mappings } = given;
  const time = timeOf(given.time ?? usualTime, zone) ?? 0;
  const devices = new StandInDevices(given.devices.map((device) => ({ topic: device.id, ...device })));
  const isMapped = Object.keys(mappings).length > 0;
  return {
    time,
    zone,
    settings: {
      ...{ zone, place },
      ...(calendar && { calendar }),
      ...(home.functions && { functions: home.functions }),
      ...(isMapped ? { formats: [] } : { directory: devices }),
    },
    rows: rowsOf(given, time),
    devices,
  };
}

function rowsOf({ state, variables, secrets }: GivenDocument, at: number): MemoryWorldRows {
  const rows = new MemoryWorldRows();
  const by = 'given';
  for (const [topic, value] of Object.entries(state)) {
    const bytes = encodePayload(value);
    const head = { topic, payload: { bytes }, bytes: bytes.length, at, changedAt: at };
    const from = { qos: 0, retain: false, origin: 'client', by } as const;
    rows.states.put({ ...head, ...from, previous: undefined, pathChanges: undefined });
  }
  for (const [name, value] of Object.entries(variables))
    rows.variables.put({ name, value: JSON.stringify(value), at, by });
  for (const [name, value] of Object.entries(secrets)) rows.secrets.put({ name, value, changedAt: at });
  return rows;
}
