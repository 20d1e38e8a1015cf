// What is wrong with what was saved of a node. The same for the editor's red frame and for the start of the node.
import type { Field, Kind, Saved } from '../kinds/kind.ts';
import { findDuration } from './duration.ts';

/** A key of the labels, with the field it is about. */
export interface FieldProblem {
  readonly field: string;
  readonly problem: 'required' | 'duration' | 'number' | 'json' | 'option' | 'row';
}

function isShown({ when }: Field, saved: Saved): boolean {
  return when === undefined || when.is.includes(saved[when.field]);
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

/** `${ENV}` is filled in when the node starts. */
function isFilledLater(text: string): boolean {
  return /^\$\{.+\}$/.test(text);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    return !(error instanceof SyntaxError);
  }
}

function typedProblem(text: string, type: unknown): FieldProblem['problem'] | undefined {
  if (type === 'num' && (text.trim() === '' || !Number.isFinite(Number(text)))) return 'number';
  return type === 'json' && text !== '' && !isJson(text) ? 'json' : undefined;
}

/** Undefined when the value will do. */
export function problemOf(field: Field, value: unknown, type: unknown): FieldProblem['problem'] | undefined {
  if (isEmpty(value)) return field.isRequired ? 'required' : undefined;
  const text = String(value);
  if (isFilledLater(text)) return undefined;
  switch (field.input) {
    case 'duration':
      return findDuration(text) === undefined ? 'duration' : undefined;
    case 'number':
      return Number(value) >= field.min && Number(value) <= field.max ? undefined : 'number';
    case 'choice':
      return field.options.includes(text) ? undefined : 'option';
    case 'choices':
      return Array.isArray(value) && value.every((one) => field.options.includes(String(one)))
        ? undefined
        : 'option';
    case 'typed':
      return typedProblem(text, type);
    case 'rows':
      return Array.isArray(value) && value.every((row) => rowProblems(field, row).length === 0)
        ? undefined
        : 'row';
    default:
      return undefined;
  }
}

function rowProblems(field: Field & { readonly input: 'rows' }, row: unknown): readonly FieldProblem[] {
  if (typeof row !== 'object' || row === null) return [{ field: '', problem: 'row' }];
  return problemsOf(field.columns, { ...row });
}

export function problemsOf(fields: Kind['fields'], saved: Saved): readonly FieldProblem[] {
  return Object.entries(fields).flatMap(([name, field]): FieldProblem[] => {
    if (!isShown(field, saved)) return [];
    const problem = problemOf(field, saved[name], saved[`${name}Type`]);
    return problem === undefined ? [] : [{ field: name, problem }];
  });
}
