// Brings what was saved of a node to the present version, and fills in what is missing. Pure.
import type { Field, Kind, Saved } from '../kinds/kind.ts';
import { PaletteError } from './errors.ts';

/** What a node without any field set saves. */
export function defaultsOf(fields: Readonly<Record<string, Field>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]): [string, unknown][] =>
      field.input === 'typed'
        ? [
            [name, field.default],
            [`${name}Type`, field.type],
          ]
        : [[name, field.default]],
    ),
  );
}

/** Throws `flow-too-new` for what a later palette saved. */
export function migrate(kind: Kind, saved: Saved): Saved {
  const { version, migrations = [], fields, type } = kind;
  const from = typeof saved['version'] === 'number' ? saved['version'] : 1;
  if (from > version)
    throw new PaletteError(
      'flow-too-new',
      `this ${type} is of version ${from}, this palette knows versions up to ${version}`,
    );
  const steps = migrations.slice(from - 1, version - 1);
  const present = steps.reduce((before, step) => step(before), saved);
  return { ...defaultsOf(fields), ...present, version };
}
