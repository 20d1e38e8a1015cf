// A moment as ISO 8601 with the offset of this browser: exact, and still readable.
const two = (number: number): string => String(number).padStart(2, '0');

export function isoOf(at: number): string {
  const minutes = -new Date(at).getTimezoneOffset();
  const local = new Date(at + minutes * 60_000).toISOString().slice(0, -1);
  const size = Math.abs(minutes);
  return `${local}${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
