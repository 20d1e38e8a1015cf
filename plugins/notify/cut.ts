// Cuts what is longer than a service takes, with a mark that says so; never within a character.

export interface Room {
  readonly most: number;
  /** `units` are those of UTF-16, as Telegram counts. */
  readonly of: 'bytes' | 'units';
}

function sizeOf(text: string, of: Room['of']): number {
  return of === 'bytes' ? Buffer.byteLength(text) : text.length;
}

/** What fits, whole characters only. */
function beginning(text: string, { most, of }: Room): string {
  let size = 0;
  let end = 0;
  for (const character of text) {
    size += sizeOf(character, of);
    if (size > most) break;
    end += character.length;
  }
  return text.slice(0, end);
}

const markOf = (left: number): string => ` … [+${left}]`;

/** The number in the mark is how many characters are missing. */
export function cut(text: string, room: Room): string {
  if (sizeOf(text, room.of) <= room.most) return text;
  const total = [...text].length;
  const kept = beginning(text, { ...room, most: room.most - sizeOf(markOf(total), room.of) });
  return kept + markOf(total - [...kept].length);
}
