// A JSON value as lines to show, each with its path.
import { fieldsOf, isContainer, type JsonPath } from '../base/json.ts';

export interface JsonLine {
  readonly path: JsonPath;
  /** Opening and closing lines of one container share its path. */
  readonly id: string;
  readonly indent: number;
  readonly name?: string;
  readonly text: string;
  readonly kind: 'text' | 'number' | 'word' | 'mark';
  readonly comma: boolean;
}

interface Place {
  readonly path: JsonPath;
  readonly indent: number;
  readonly name?: string;
  readonly comma: boolean;
}

function leafKind(value: unknown): JsonLine['kind'] {
  if (typeof value === 'number') return 'number';
  if (typeof value === 'string') return 'text';
  return isContainer(value) ? 'mark' : 'word';
}

function* linesOf(value: unknown, place: Place): Generator<JsonLine> {
  const fields = fieldsOf(value);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (fields.length === 0) {
    const text = isContainer(value) ? open + close : (JSON.stringify(value) ?? 'null');
    yield { ...place, id: place.path, text, kind: leafKind(value) };
    return;
  }
  yield { ...place, id: place.path, text: open, kind: 'mark', comma: false };
  for (const [index, [name, child]] of fields.entries()) {
    yield* linesOf(child, {
      path: `${place.path}/${name}`,
      indent: place.indent + 1,
      comma: index < fields.length - 1,
      ...(Array.isArray(value) ? {} : { name }),
    });
  }
  yield {
    path: place.path,
    id: `${place.path}/)`,
    indent: place.indent,
    text: close,
    kind: 'mark',
    comma: place.comma,
  };
}

/** At most `most` lines, so that a huge payload cannot stall the page. */
export function jsonLines(value: unknown, most = 600): readonly JsonLine[] {
  const lines: JsonLine[] = [];
  for (const line of linesOf(value, { path: '', indent: 0, comma: false })) {
    if (lines.length >= most) break;
    lines.push(line);
  }
  return lines;
}
