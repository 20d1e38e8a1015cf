// Which devices stand on the overview of this browser, in the order in which they were chosen.
import { useState } from 'react';
import { useHouse } from '../app/house.ts';
import { readStored, textsOf, writeStored } from '../base/stored.ts';

const key = 'homerule.favourites';

export interface Favourites {
  /** Undefined: nobody has chosen yet. */
  readonly ids: readonly string[] | undefined;
  readonly toggle: (id: string, among?: readonly string[]) => void;
}

export function useFavourites(): Favourites {
  const { storage } = useHouse();
  const [ids, setIds] = useState(() => readStored(storage, key, textsOf));
  /** `among`: what is shown while nobody has chosen. */
  const toggle = (id: string, among: readonly string[] = []): void => {
    const known = ids ?? among;
    const next = known.includes(id) ? known.filter((one) => one !== id) : [...known, id];
    writeStored(storage, key, next);
    setIds(next);
  };
  return { ids, toggle };
}
