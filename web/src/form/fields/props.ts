// What every field of the form gets.
import type { KindOption } from '../../api/types.ts';
import type { Path } from '../../document/edit.ts';

export interface FieldProps {
  readonly option: KindOption;
  readonly value: unknown;
  readonly path: Path;
  readonly label: string;
  readonly onChange: (value: unknown) => void;
}
