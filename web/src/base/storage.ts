// The browser's storage, or memory where it is switched off; never throws on reading.
export type TextStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

function memoryStorage(): TextStorage {
  const values = new Map<string, string>();
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
  };
}

export function browserStorage(): TextStorage {
  try {
    globalThis.localStorage.getItem('homerule');
    return globalThis.localStorage;
  } catch {
    return memoryStorage();
  }
}
