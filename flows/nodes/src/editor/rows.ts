// A field of lines, such as the properties that a node sets: each line has the columns of the field.
import type { Columns, Field, Row } from '../kinds/kind.ts';
import { defaultsOf } from '../shared/migrate.ts';
import { type EditorNode, widgetsOf } from './red.ts';
import { suggestionsOf } from './suggestions.ts';
import { showTyped } from './typed.ts';

type RowsField = Field & { readonly input: 'rows' };

interface Shown {
  readonly field: RowsField;
  readonly node: EditorNode;
  readonly rows: readonly Row[];
}

function selectOf(name: string, options: readonly string[], node: EditorNode): JQuery {
  const select = $('<select/>').css({ width: '8em' });
  for (const option of options)
    $('<option/>')
      .val(option)
      .text(node._(`homerule.options.${name}.${option}`))
      .appendTo(select);
  return select;
}

function controlOf(name: string, field: Field, node: EditorNode): JQuery {
  if (field.input === 'choice') return selectOf(name, field.options, node);
  if (field.input === 'check') return $('<input type="checkbox"/>').css({ width: 'auto', margin: '0 4px' });
  const input = $('<input type="text"/>').css({ width: field.input === 'typed' ? '60%' : '7em' });
  return input.attr('placeholder', node._(`homerule.fields.${name}`));
}

/** After the control is in the document: widgets measure it. */
function dress(control: JQuery, field: Field): void {
  if (field.input === 'typed') {
    const typeField = $('<input type="hidden"/>').insertAfter(control);
    control.data('typeField', typeField);
    showTyped(control, field, typeField);
  }
  if (field.input === 'text' && field.pick !== undefined)
    widgetsOf(control).autoComplete({ search: suggestionsOf(field.pick), minLength: 0 });
}

function fill(control: JQuery, field: Field, { name, row }: { name: string; row: Row }): void {
  if (field.input === 'check') control.prop('checked', row[name] === true);
  else if (field.input === 'typed') {
    widgetsOf(control).typedInput('type', String(row[`${name}Type`] ?? field.type));
    widgetsOf(control).typedInput('value', String(row[name] ?? ''));
  } else control.val(String(row[name] ?? ''));
}

function addRow(place: JQuery, row: Row, { field, node }: Shown): void {
  place.css({ display: 'flex', flexWrap: 'wrap', gap: '4px', alignItems: 'center' });
  const whole = { ...defaultsOf(field.columns), ...row };
  for (const [name, column] of Object.entries(field.columns)) {
    const control = controlOf(name, column, node).attr('data-column', name);
    const labelled = column.input === 'check' ? $('<label/>').css({ width: 'auto', margin: 0 }) : undefined;
    if (labelled === undefined) control.appendTo(place);
    else labelled.append(control, document.createTextNode(node._(`homerule.fields.${name}`))).appendTo(place);
    dress(control, column);
    fill(control, column, { name, row: whole });
  }
}

export function showRows(list: JQuery, shown: Shown): void {
  const add = (place: JQuery, _index: number, row: Row): void => addRow(place, row, shown);
  widgetsOf(list).editableList({ addItem: add, removable: true, sortable: true, height: 'auto' });
  for (const row of shown.rows) widgetsOf(list).editableList('addItem', { ...row });
}

function readRow(item: JQuery, columns: Columns): Row {
  const row: Record<string, unknown> = {};
  for (const [name, column] of Object.entries(columns)) {
    const control = item.find(`[data-column="${name}"]`);
    if (column.input === 'check') row[name] = control.prop('checked') === true;
    else if (column.input === 'typed') {
      row[name] = widgetsOf(control).typedInput('value');
      row[`${name}Type`] = widgetsOf(control).typedInput('type');
    } else row[name] = String(control.val() ?? '');
  }
  return row;
}

export function readRows(list: JQuery, { columns }: RowsField): readonly Row[] {
  const items = widgetsOf(list).editableList('items').toArray();
  return items.map((item) => readRow($(item), columns));
}
