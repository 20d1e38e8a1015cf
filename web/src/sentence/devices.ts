// Devices by the names that people gave them: one, several, those with a label or of a room.
import { isTree, type Path } from '../document/edit.ts';
import { at, code, filled, joined, type Sentence, type Speaker } from './part.ts';
import { valueText } from './values.ts';

function one(speaker: Speaker, id: unknown, path: Path): Sentence {
  if (id === '*') return at(speaker.say('some.device'), path);
  const name = typeof id === 'string' ? speaker.deviceName?.(id) : undefined;
  return name === undefined ? code(valueText(id), path) : at(name, path);
}

export function deviceNames(speaker: Speaker, value: unknown, path: Path): Sentence {
  if (Array.isArray(value)) {
    const said = value.map((id, index) => one(speaker, id, [...path, index]));
    return joined(speaker, 'sentence.comma', said);
  }
  if (!isTree(value)) return one(speaker, value, path);
  const { label, room } = value;
  if (typeof label === 'string')
    return filled(speaker, 'some.labelled', { x: at(label, [...path, 'label']) });
  if (typeof room === 'string') return filled(speaker, 'some.room', { x: at(room, [...path, 'room']) });
  return code(valueText(value), path);
}
