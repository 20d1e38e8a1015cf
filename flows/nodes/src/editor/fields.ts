// Gives the fields of a form their behaviour: typed inputs, suggestions, lines, boxes, and which of them are shown.
import type { Field, Kind, Row } from '../kinds/kind.ts';
import { type EditorNode, widgetsOf } from './red.ts';
import { readRows, showRows } from './rows.ts';
import { suggestionsOf } from './suggestions.ts';
import { showTyped } from './typed.ts';

function inputOf(name: string): JQuery {
  return $(`#node-input-${name}`);
}

function showChoices(name: string, value: unknown): void {
  const chosen = Array.isArray(value) ? value : [];
  inputOf(name)
    .find('input')
    .each((_index, box) => {
      $(box).prop('checked', chosen.includes($(box).val()));
    });
}

function readChoices(name: string): readonly string[] {
  const boxes = inputOf(name).find('input:checked').toArray();
  return boxes.map((box) => String($(box).val()));
}

function show(name: string, field: Field, node: EditorNode): void {
  const value = node[name];
  if (field.input === 'typed') showTyped(inputOf(name), field, $(`#node-input-${name}Type`));
  else if (field.input === 'choices') showChoices(name, value);
  else if (field.input === 'rows')
    showRows(inputOf(name), { field, node, rows: Array.isArray(value) ? (value as readonly Row[]) : [] });
  else if (field.input === 'text' && field.pick !== undefined)
    widgetsOf(inputOf(name)).autoComplete({ search: suggestionsOf(field.pick), minLength: 0 });
}

function currentOf(name: string): unknown {
  const input = inputOf(name);
  return input.attr('type') === 'checkbox' ? input.prop('checked') : input.val();
}

/** Hides what has no meaning beside the present choices; a field that is hidden hides those that hang on it. */
function updateShown({ fields }: Kind): void {
  const hidden = new Set<string>();
  for (const [name, { when }] of Object.entries(fields)) {
    const isShown =
      when === undefined || (!hidden.has(when.field) && when.is.includes(currentOf(when.field)));
    if (!isShown) hidden.add(name);
    $(`[data-field="${name}"]`).toggle(isShown);
  }
}

/** Called when the form opens. */
export function showFields(kind: Kind, node: EditorNode): void {
  for (const [name, field] of Object.entries(kind.fields)) show(name, field, node);
  for (const name of Object.keys(kind.fields)) inputOf(name).on('change', () => updateShown(kind));
  updateShown(kind);
}

/** What the editor does not read by itself when the form closes. */
export function readFields({ fields }: Kind): Record<string, unknown> {
  const read: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields)) {
    if (field.input === 'choices') read[name] = readChoices(name);
    if (field.input === 'rows') read[name] = readRows(inputOf(name), field);
  }
  return read;
}
