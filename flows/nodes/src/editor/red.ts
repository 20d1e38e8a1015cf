// What the nodes use of Node-RED's editor, which is there as a global. Narrower than its types, and with what they lack.

/** A node in the editor: its saved properties beside what the editor keeps of it. */
export interface EditorNode {
  readonly [property: string]: unknown;
  _(key: string): string;
}

export interface Suggestion {
  readonly value: string;
  readonly label: string | JQuery;
}

export type Suggest = (search: string, done: (found: readonly Suggestion[]) => void) => void;

interface PropertyDefinition {
  value: unknown;
  type?: string;
  required?: boolean;
  /** Text: what is wrong. */
  validate?: (this: EditorNode, value: unknown, options?: unknown) => boolean | string;
}

export interface EditorDefinition {
  category: string;
  color?: string;
  icon?: string;
  align?: 'left' | 'right';
  defaults: Record<string, PropertyDefinition>;
  credentials?: Record<string, { type: 'text' | 'password' }>;
  inputs?: number;
  outputs?: number;
  paletteLabel?: (this: EditorNode) => string;
  label?: (this: EditorNode) => string;
  labelStyle?: (this: EditorNode) => string;
  outputLabels?: (this: EditorNode, index: number) => string | undefined;
  oneditprepare?: (this: EditorNode) => void;
  oneditsave?: (this: Record<string, unknown>) => void;
}

interface RedEditor {
  readonly nodes: { registerType(type: string, definition: EditorDefinition): void };
}

declare const RED: RedEditor;

export const red: RedEditor = RED;

interface Widgets {
  autoComplete(options: { search: Suggest; minLength: number }): void;
  typedInput(options: object): void;
  typedInput(ask: 'value' | 'type'): string;
  typedInput(set: 'value' | 'type', value: string): void;
  editableList(options: object): void;
  editableList(add: 'addItem', data: object): void;
  editableList(ask: 'items'): JQuery;
}

/** The editor's own widgets of an element. */
export function widgetsOf(element: JQuery): Widgets {
  return element as unknown as Widgets;
}
