// What every part of the form may use: the document as a tree, the one way to change it, and which rows are open.
import { createContext, type ReactNode, use } from 'react';
import type { KindOption, KindsView, ProblemView } from '../api/types.ts';
import type { Edit, Path, Tree } from '../document/edit.ts';
import type { Speaker } from '../sentence/part.ts';
import type { Role } from './kinds.ts';
import type { Presents } from './present.ts';

export interface EditOptions {
  /** Edits of one group that follow each other soon are undone together. */
  readonly group?: string;
  /** The row that has the focus afterwards. */
  readonly focus?: Path;
  /** It is opened, and its first field has the focus. */
  readonly isOpen?: boolean;
}

export interface ListPlace {
  readonly role: Role;
  readonly path: Path;
  /** Of the list, for those who do not see it. */
  readonly label?: string;
}

export interface FieldPlace {
  readonly option: KindOption;
  readonly path: Path;
  readonly label: string;
}

/** Lists hold rows, rows hold fields, and some fields hold lists: what draws them is known here only. */
export interface Drawing {
  readonly list: (place: ListPlace) => ReactNode;
  readonly field: (place: FieldPlace) => ReactNode;
}

export interface RuleForm {
  readonly draw: Drawing;
  readonly tree: Tree;
  readonly kinds: KindsView;
  readonly speaker: Speaker;
  readonly problems: readonly ProblemView[];
  readonly presents: Presents;
  /** Nothing can be changed: the text is no YAML now, or this person may not. */
  readonly isFrozen: boolean;
  readonly open: ReadonlySet<string>;
  readonly edit: (edit: Edit, options?: EditOptions) => void;
  readonly setOpen: (path: Path, isOpen: boolean) => void;
  /** Asks what shall be added. */
  readonly add: (place: AddPlace) => void;
}

export interface AddPlace {
  readonly list: Path;
  readonly index: number;
  readonly role: Role;
}

export const FormContext = createContext<RuleForm | undefined>(undefined);

export function useForm(): RuleForm {
  const form = use(FormContext);
  if (!form) throw new Error('useForm needs a FormContext above it');
  return form;
}
