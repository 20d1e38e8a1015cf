// Whether a value holds what another one says: of objects the named keys, of lists all items, anything else as it is.
import { isDeepStrictEqual } from 'node:util';

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function pieceOf(whole: unknown, piece: unknown): boolean {
  if (Array.isArray(piece))
    return (
      Array.isArray(whole) &&
      whole.length === piece.length &&
      piece.every((item, index) => pieceOf(whole[index], item))
    );
  if (isObject(piece))
    return (
      isObject(whole) &&
      Object.entries(piece).every(([key, value]) => pieceOf(Reflect.get(whole, key), value))
    );
  return isDeepStrictEqual(whole, piece);
}
