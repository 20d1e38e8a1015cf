// What a kind of node is: its type, its fields and how older flows are brought up to date. Plain data, read by the
// runtime, the editor and the build; no behaviour.

/** Types of Node-RED's typed input that fields offer. */
export type ValueType = 'str' | 'num' | 'bool' | 'json' | 'msg' | 'flow' | 'global' | 'env' | 'jsonata';

/** What a field lets people pick; the editor asks the house for it. */
export type Choices = 'devices' | 'rooms' | 'labels' | 'properties' | 'rules' | 'topics' | 'channels';

interface Common {
  /** The field may not be left empty. */
  readonly isRequired?: true;
  /** Shown only while another field has one of these values. */
  readonly when?: { readonly field: string; readonly is: readonly unknown[] };
}

export type Field = Common &
  (
    | { readonly input: 'text'; readonly default: string; readonly pick?: Choices }
    | { readonly input: 'duration'; readonly default: string }
    | { readonly input: 'number'; readonly default: number; readonly min: number; readonly max: number }
    | { readonly input: 'check'; readonly default: boolean }
    | { readonly input: 'choice'; readonly default: string; readonly options: readonly string[] }
    | {
        readonly input: 'choices';
        readonly default: readonly string[];
        readonly options: readonly string[];
      }
    /** The type stands beside it, in `NAMEType`. */
    | {
        readonly input: 'typed';
        readonly default: string;
        readonly type: ValueType;
        readonly types: readonly ValueType[];
        readonly pick?: Choices;
      }
    | { readonly input: 'rows'; readonly default: readonly Row[]; readonly columns: Columns }
  );

export type Row = Readonly<Record<string, unknown>>;

/** The fields of one row. */
export type Columns = Readonly<Record<string, Field>>;

export type Saved = Readonly<Record<string, unknown>>;

export interface Kind {
  readonly type: string;
  /** Of what is saved of its nodes. */
  readonly version: number;
  readonly inputs: 0 | 1;
  /** `outputs` of a saved node when a function says how many. */
  readonly outputs: number | ((saved: Saved) => number);
  readonly icon: string;
  readonly fields: Readonly<Record<string, Field>>;
  /** The first brings version 1 to 2, and so on; pure. */
  readonly migrations?: readonly ((saved: Saved) => Saved)[];
}

/** How many outputs a node has as it is saved. */
export function outputsOf({ outputs }: Kind, saved: Saved): number {
  return typeof outputs === 'number' ? outputs : outputs(saved);
}
