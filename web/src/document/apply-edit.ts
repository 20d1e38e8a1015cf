// An edit of the form as a new text. Each way of doing it is checked against what the edit means before it counts.
import { type Document, parseDocument, stringify } from 'yaml';
import { sameJson } from '../base/json.ts';
import { type Edit, editValue, isPossible, placeOf } from './edit.ts';
import { cutItem, insertText, itemText, type Parsed, removeText, setText } from './splice.ts';

export function parseText(text: string): Parsed {
  return { text, document: parseDocument(text, { keepSourceTokens: false }) };
}

/** What a text says; undefined when it is no YAML. Aliases that lead nowhere, or to too much, show only here. */
export function valueIn(text: string): { readonly value: unknown } | undefined {
  return readValue(parseText(text));
}

function readValue({ document }: Parsed): { readonly value: unknown } | undefined {
  if (document.errors.length > 0) return undefined;
  try {
    const value: unknown = document.toJS() ?? {};
    return { value };
  } catch {
    return undefined;
  }
}

function moved(parsed: Parsed, edit: Extract<Edit, { do: 'move' }>): string | undefined {
  const cut = cutItem(parsed, edit.from);
  return cut && insertText(parseText(cut.text), placeOf(edit), cut.block);
}

function byText(parsed: Parsed, edit: Edit): string | undefined {
  switch (edit.do) {
    case 'set':
      return edit.value === undefined
        ? removeText(parsed, edit.path)
        : setText(parsed, edit.path, edit.value);
    case 'remove':
      return removeText(parsed, edit.path);
    case 'insert':
      return insertText(parsed, edit, itemText(edit.value));
    case 'move':
      return moved(parsed, edit);
  }
}

/** Through the nodes: comments stay, some spaces and quotes may not. */
function byNodes(document: Document, value: unknown, edit: Edit): string {
  const fresh = document.clone();
  const target = edit.do === 'set' || edit.do === 'remove' ? edit.path : edit.list;
  const key = target.at(0);
  if (edit.do === 'set' && edit.value !== undefined) fresh.setIn(target, edit.value);
  else if (edit.do === 'set' || edit.do === 'remove') fresh.deleteIn(target);
  else if (key !== undefined && typeof value === 'object' && value !== null)
    fresh.set(key, fresh.createNode(Reflect.get(value, key)));
  return fresh.toString({ lineWidth: 0 });
}

function means(text: string | undefined, value: unknown): text is string {
  if (text === undefined) return false;
  const said = valueIn(text);
  return said !== undefined && sameJson(said.value, value);
}

/** Undefined when the text is no YAML or the edit means nothing. */
export function applyEdit(text: string, edit: Edit): string | undefined {
  const parsed = parseText(text);
  const said = readValue(parsed);
  if (said === undefined || !isPossible(edit)) return undefined;
  const value = editValue(said.value, edit);
  const first = byText(parsed, edit);
  if (means(first, value)) return first;
  const second = byNodes(parsed.document, value, edit);
  return means(second, value) ? second : stringify(value, { lineWidth: 0 });
}
