// "HH:MM" and "HH:MM:SS": a time of day as milliseconds from midnight.
const pattern = /^([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/;

/** Undefined when it is no time of day. */
export function parseClockText(text: string): number | undefined {
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const [, hour, minute, second = '0'] = match;
  return ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000;
}
