// The sky of the simulated home: local time of day, daylight, and how warm it is outside.

/** Hours since local midnight, with fraction. */
export function hourOf(at: number): number {
  const date = new Date(at);
  return date.getHours() + date.getMinutes() / 60 + date.getSeconds() / 3600;
}

const sunrise = 6.5;
const sunset = 18.5;

/** Lux outside: nothing at night, a smooth hill by day. */
export function daylight(at: number): number {
  const progress = (hourOf(at) - sunrise) / (sunset - sunrise);
  return progress <= 0 || progress >= 1 ? 0 : 30_000 * Math.sin(Math.PI * progress) ** 1.5;
}

/** Celsius: coldest at about four, warmest in the afternoon. */
export function outdoors(at: number): number {
  return 12 + 6 * Math.sin(((hourOf(at) - 10) / 24) * 2 * Math.PI);
}
