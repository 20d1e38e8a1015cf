// The contract of an action kind. A new one is one file and one line in table.ts.
import { z } from 'zod';
import type { PlanBuilder } from '../compile/plan.ts';
import { field } from '../model/field.ts';

export interface ActionKind {
  readonly verb: string;
  readonly doc: { readonly en: string; readonly zh: string };
  /** One entry, as YAML. */
  readonly example: string;
  /** Of the entry; its field `meta` says what each option is about. */
  readonly schema: z.ZodObject;
  readonly keys: readonly string[];
  /** Names of run-wide variables that the entry makes. */
  variables(entry: object): readonly string[];
  /** Keys under which further actions stand. */
  readonly blocks: readonly string[];
  /** Checks the entry and emits its instructions; what is wrong becomes findings. */
  compile(entry: object, path: string, builder: PlanBuilder): void;
}

interface ActionDefinition<Shape extends z.ZodRawShape> {
  readonly verb: string;
  readonly doc: { readonly en: string; readonly zh: string };
  readonly example: string;
  readonly shape: Shape;
  readonly blocks?: readonly string[];
  variables?(entry: object): readonly string[];
  compile(document: z.output<z.ZodObject<Shape>>, path: string, builder: PlanBuilder): void;
}

/** Options that every action has; `onError` is compiled by compile/actions.ts. */
export const commonActionShape = {
  id: z.string().min(1).max(100).optional(),
  note: z.string().optional(),
  enabled: z.boolean().optional(),
  onError: field('onError', z.unknown()).optional(),
} as const;

export function actionKind<Shape extends z.ZodRawShape>(definition: ActionDefinition<Shape>): ActionKind {
  const schema = z.strictObject({ ...definition.shape, ...commonActionShape });
  const keys = Object.keys(schema.shape);
  const { verb, doc, example } = definition;
  return {
    verb,
    doc,
    example,
    schema,
    keys,
    blocks: definition.blocks ?? [],
    variables: definition.variables ?? (() => []),
    compile(entry, path, builder) {
      const document = builder.context.read(schema, entry, { path, keys });
      if (document !== undefined) definition.compile(document as z.output<z.ZodObject<Shape>>, path, builder);
    },
  };
}
