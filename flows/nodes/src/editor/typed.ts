// A typed input with the types of its field, and suggestions while it holds plain text.
import type { Field, ValueType } from '../kinds/kind.ts';
import { widgetsOf } from './red.ts';
import { suggestionsOf } from './suggestions.ts';

type TypedField = Field & { readonly input: 'typed' };

/** The editor's own text type, which suggests. */
function typesOf({ types, pick }: TypedField): readonly (ValueType | object)[] {
  if (pick === undefined) return types;
  const text = { value: 'str', label: 'string', icon: 'red/images/typedInput/az.svg' };
  const suggesting = { ...text, autoComplete: suggestionsOf(pick) };
  return types.map((type) => (type === 'str' ? suggesting : type));
}

export function showTyped(input: JQuery, field: TypedField, typeField: JQuery): void {
  widgetsOf(input).typedInput({ default: field.type, types: typesOf(field), typeField });
}
